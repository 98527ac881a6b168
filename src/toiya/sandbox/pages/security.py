"""A strict Content-Security-Policy on every answer: no scripts at all, forms only to this site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLICY = "default-src 'none'; style-src 'self'; form-action 'self'{targets}; base-uri 'none'; frame-ancestors 'none'"


def content_security_policy(
    next_step: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Add the policy unless the view has set a wider one itself."""

    def step(request: HttpRequest) -> HttpResponseBase:
        response = next_step(request)
        response.headers.setdefault("Content-Security-Policy", POLICY.format(targets=""))
        return response

    return step


def allow_return_to(response: HttpResponseBase, origin: str) -> None:
    """Let a form on this page end at another origin: browsers check redirects against form-action."""
    response.headers["Content-Security-Policy"] = POLICY.format(targets=f" {origin}")
