"""How the API says no: always `{"code", "message", "details"}`, with the status programs expect."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from toiya.core.errors import NotFound, Refusal
from toiya.core.limits import TooManyTries
from toiya.web.api.security import PER_KEY, ScopeMissing

STATUSES: dict[type[Refusal], int] = {ScopeMissing: 403, NotFound: 404, TooManyTries: 429}


def trouble(status: int, code: str, message: str, details: dict[str, Any] | None = None) -> HttpResponse:
    """A no, in the one shape."""
    answer = JsonResponse({"code": code, "message": message, "details": details or {}}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def install(api: NinjaAPI) -> None:
    """Every way a call can fail, as one shape."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(AuthenticationError, _no_key)
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(HttpError, _other)


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001
    """An address the API does not have."""
    return trouble(404, "not_found", _("The API has no such address. Look at the documentation."))


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:  # noqa: ARG001
    status = STATUSES.get(type(refusal), 409)
    details = {name: value if isinstance(value, int | str) else str(value) for name, value in refusal.facts.items()}
    answer = trouble(status, refusal.code, str(refusal), details)
    if status == 429:
        answer["Retry-After"] = str(int(PER_KEY.window.total_seconds() / PER_KEY.most) + 1)
        answer["RateLimit-Limit"], answer["RateLimit-Remaining"] = str(PER_KEY.most), "0"
    return answer


def _no_key(request: HttpRequest, problem: Any) -> HttpResponse:  # noqa: ARG001
    answer = trouble(401, "no_key", _("No key, or one that works no more. Send Authorization: Bearer and your key."))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _not_understood(request: HttpRequest, problem: Any) -> HttpResponse:  # noqa: ARG001
    fields = {".".join(str(part) for part in each["loc"][1:]): str(each["msg"]) for each in problem.errors}
    return trouble(422, "not_understood", _("A value is not what it must be. Mend the fields named."), fields)


def _other(request: HttpRequest, problem: Any) -> HttpResponse:  # noqa: ARG001
    return trouble(problem.status_code, "not_possible", str(problem))
