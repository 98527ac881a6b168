"""Pages of the sales site for a person."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Templates and views only; no tables."""

    name = "toiya.sandbox.pages"
    label = "sandbox_pages"
