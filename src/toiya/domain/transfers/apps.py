"""The package `transfers` as a Django app."""

from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "toiya.domain.transfers"
    label = "transfers"
