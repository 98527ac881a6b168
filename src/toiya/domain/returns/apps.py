"""The package `returns` as a Django app."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "toiya.domain.returns"
    label = "returns"
