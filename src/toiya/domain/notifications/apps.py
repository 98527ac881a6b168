"""The package `notifications` as a Django app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "toiya.domain.notifications"
    label = "notifications"
