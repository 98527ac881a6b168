"""The package `dues` as a Django app."""

from django.apps import AppConfig


class DuesConfig(AppConfig):
    name = "toiya.domain.dues"
    label = "dues"
