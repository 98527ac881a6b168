"""The package `pricing` as a Django app."""

from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "toiya.domain.pricing"
    label = "pricing"
