"""The package `claims` as a Django app."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "toiya.domain.claims"
    label = "claims"
