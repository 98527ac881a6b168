"""The package `conversations` as a Django app."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "toiya.domain.conversations"
    label = "conversations"
