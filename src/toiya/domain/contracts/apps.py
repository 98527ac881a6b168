"""The package `contracts` as a Django app."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "toiya.domain.contracts"
    label = "contracts"
