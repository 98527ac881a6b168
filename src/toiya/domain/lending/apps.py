"""The package `lending` as a Django app."""

from django.apps import AppConfig


class LendingConfig(AppConfig):
    name = "toiya.domain.lending"
    label = "lending"
