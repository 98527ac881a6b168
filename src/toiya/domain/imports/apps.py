"""The package `imports` as a Django app."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "toiya.domain.imports"
    label = "imports"
