"""Error pages in the reader's language, with a reference people can name; the root address table points here."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def layout_of(request: HttpRequest) -> str:
    """The frame of an error page: the reader's own, for strangers the door."""
    return "toiya/shell.html" if getattr(request, "actor", None) else "toiya/door.html"


def back_address(request: HttpRequest) -> str:
    """The page the reader came from when it is ours, else Home."""
    address = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if address and is_ours else "/"


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: the reader's role does not include the page."""
    return render(request, "toiya/errors/403.html", {"layout": layout_of(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: the same words whether the object exists for somebody else or not."""
    context = {"layout": layout_of(request), "elsewhere": _elsewhere(request)}
    return render(request, "toiya/errors/404.html", context, status=404)


def _elsewhere(request: HttpRequest) -> Any:
    """Another shop of the reader's own that has what was asked for."""
    name = getattr(settings, "ELSEWHERE", "")
    return import_string(name)(request) if name and getattr(request, "actor", None) else None


def broken(request: HttpRequest) -> HttpResponse:
    """500: drawn without the database, which may be what is broken; the reference is in the log."""
    reference = secrets.token_hex(4).upper()
    logger.error("reference %s: %s %s", reference, request.method, request.path)
    request.actor = None  # type: ignore[attr-defined]
    return render(request, "toiya/errors/500.html", {"reference": reference}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was open too long."""
    logger.warning("form refused: %s %s", request.path, reason)
    context = {"layout": layout_of(request), "back": back_address(request)}
    return render(request, "toiya/errors/csrf.html", context, status=403)
