"""The design system: base templates, parts, stylesheet, scripts and what every face shares."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "toiya.web.shared"
    label = "web_shared"
