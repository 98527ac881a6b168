"""The package `catalog` as a Django app."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "toiya.domain.catalog"
    label = "catalog"
