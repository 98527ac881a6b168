"""Wires the house together when Django starts: plugs, sheets, wishes and reactions."""

from importlib import import_module

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "toiya.config"
    label = "house"

    def ready(self) -> None:
        """Install plugs, sheets, wishes and reactions; they need the models, which exist only from here on."""
        import_module("toiya.config.plugs").install_plugs()
        import_module("toiya.config.sheets").install_sheets()
        import_module("toiya.config.wishes").install_wishes()
        import_module("toiya.config.reactions").install()
