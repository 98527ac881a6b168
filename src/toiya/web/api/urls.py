"""The addresses of the API. Its operations are guarded by keys and scopes, not by sessions and roles."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, re_path

from toiya.web.api.answers import nothing_here
from toiya.web.api.views import api
from toiya.web.shared.access import MARK, Access, open_to_all


def _declared(patterns: list[Any]) -> list[Any]:
    """Ninja makes the views; what they need is said here: a key, checked by ninja before the operation runs."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            setattr(pattern.callback, MARK, Access(open_because="a key in the header, with its scopes"))
            pattern.callback.__module__ = "toiya.web.api.views"
    return patterns


_patterns, _app, _namespace = api.urls
urlpatterns = [
    path("v1/", (_declared(_patterns), _app, _namespace)),
    re_path(r"^.*$", open_to_all("says that there is nothing")(nothing_here)),
]
