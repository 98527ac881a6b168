"""The package `channels` as a Django app."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "toiya.domain.channels"
    label = "channels"
