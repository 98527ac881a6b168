"""The package `billing` as a Django app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "toiya.domain.billing"
    label = "billing"
