"""
Who reads and at what instant (ReaderMiddleware); how a refusal looks at the edge (RefusalMiddleware); where to go
when the days to verify the e-mail have passed (KeptOutMiddleware).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from toiya.core import clock
from toiya.core.errors import Refusal
from toiya.domain.members.queries import actor_of, is_kept_out
from toiya.web.shared import refusals
from toiya.web.shared.access import declared
from toiya.web.shared.errors import not_found
from toiya.web.shared.reader import Reader

SELLER_KEY = "seller_code"

Answer = Callable[[HttpRequest], HttpResponse]


class ReaderMiddleware:
    """Sets `request.at` (one instant per request), `request.reader` and `request.actor` (None for strangers)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.at = clock.shown_at(timezone.now())
        request.reader = Reader.of(request)
        request.actor = None
        if request.user.is_authenticated:
            request.actor = actor_of(request.user, request.session.get(SELLER_KEY, ""), at=request.at)
        # No code holds a NUL, and the database does not even take the question.
        response = not_found(request) if "\x00" in request.path else self.get_response(request)
        if request.actor is not None and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


class RefusalMiddleware:
    """Turns a Refusal that a view lets through into 409 in the reader's language: page, toast or red screen."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for a page, a toast for HTMX, a stop screen for the floor; other exceptions go on."""
        return refusals.answer(request, exception) if isinstance(exception, Refusal) else None


class KeptOutMiddleware:
    """
    Leads whoever did not verify their e-mail in time to the page where they can, from wherever they went (A022).

    What is open to all stays open: leaving, the language, and that page itself.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """A page or a fragment, read or posted: nothing behind a permission is done."""
        access = declared(view)
        if request.actor is None or access is None or access.open_because or not is_kept_out(request.user, request.at):
            return None
        address = reverse("door:verify")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)
