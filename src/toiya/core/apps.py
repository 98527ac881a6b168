"""The words without business, as a Django app for its one table of events."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "toiya.core"
    label = "core"
