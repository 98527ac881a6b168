"""The package `wallet` as a Django app."""

from django.apps import AppConfig


class WalletConfig(AppConfig):
    name = "toiya.domain.wallet"
    label = "wallet"
