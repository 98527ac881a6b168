"""The package `notifications` as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "toiya.domain.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Declare the jobs that stand beside `jobs.py`."""
        import_module("toiya.domain.notifications.approval_jobs")
