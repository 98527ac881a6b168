"""The package `outbound` as a Django app."""

from django.apps import AppConfig


class OutboundConfig(AppConfig):
    name = "toiya.domain.outbound"
    label = "outbound"
