"""The package `inbound` as a Django app."""

from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "toiya.domain.inbound"
    label = "inbound"
