"""The package `members` as a Django app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "toiya.domain.members"
    label = "members"
