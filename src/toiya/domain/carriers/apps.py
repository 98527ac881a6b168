"""The package `carriers` as a Django app."""

from django.apps import AppConfig


class CarriersConfig(AppConfig):
    name = "toiya.domain.carriers"
    label = "carriers"
