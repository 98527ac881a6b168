"""The sales site itself: shops, listings, carts, claims and the QAPI in front of them."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Installed under its own label, so that it never meets an app called ``site`` elsewhere."""

    name = "toiya.sandbox.site"
    label = "sandbox_site"
