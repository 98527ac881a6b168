"""The package `stock` as a Django app."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "toiya.domain.stock"
    label = "stock"
