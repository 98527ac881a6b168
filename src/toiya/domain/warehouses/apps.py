"""The package `warehouses` as a Django app."""

from django.apps import AppConfig


class WarehousesConfig(AppConfig):
    name = "toiya.domain.warehouses"
    label = "warehouses"
