"""The package `allocation` as a Django app."""

from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "toiya.domain.allocation"
    label = "allocation"
