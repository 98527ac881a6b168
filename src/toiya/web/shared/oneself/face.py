"""Which face shows a page about oneself: its addresses, its tabs, its letters."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string

from toiya.domain.members.models import User
from toiya.web.shared.access import signed_in
from toiya.web.shared.reader import Request

View = Callable[..., HttpResponseBase]


def about_oneself(view: View) -> View:
    """For whoever is signed in, in their own face: a seller's people in the portal, the operator's in the office."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = "office" if request.actor.is_operator else "portal"
        if request.resolver_match.namespace != own:
            return HttpResponseRedirect(reverse(f"{own}:security"))
        return view(request, *args, **kwargs)

    return signed_in("a page about oneself")(guarded)


def address(request: Any, name: str, *args: Any) -> str:
    """An address of the same face."""
    return reverse(f"{request.resolver_match.namespace}:{name}", args=args)


def person(request: Request) -> User:
    """Whose page it is."""
    return User.objects.get(pk=int(request.actor.id))


def show(request: Any, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page with the tabs of its face."""
    face = request.resolver_match.namespace
    tabs = import_string(settings.TABS[face])(request.actor, f"{face}:{context.pop('tab', 'security')}")
    return render(request, template, {"tabs": tabs, "face": face, **context}, status=status)
