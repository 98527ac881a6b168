"""The package `orders` as a Django app."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "toiya.domain.orders"
    label = "orders"
