"""The package `assembly` as a Django app."""

from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    name = "toiya.domain.assembly"
    label = "assembly"
