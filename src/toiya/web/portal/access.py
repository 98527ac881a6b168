"""The portal belongs to sellers: what belongs to no shop has no place here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from toiya.core.actor import Actor, Permission
from toiya.domain.members.models import Seller
from toiya.domain.members.queries import seller_of

View = Callable[..., HttpResponseBase]


def for_sellers(view: View) -> View:
    """People of the operator are led to their own face; `needs` stands above and has checked the permission."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor: Actor = request.actor
        if actor.is_operator:
            return HttpResponseRedirect("/office/" if actor.may(Permission.SEE_OFFICE) else "/floor/")
        return view(request, *args, **kwargs)

    return guarded


def shop_of(request: HttpRequest) -> Seller:
    """The seller of this request; read once."""
    found: Seller | None = getattr(request, "_seller", None)
    if found is None:
        found = seller_of(request.actor)  # type: ignore[attr-defined]
        assert found is not None, "for_sellers lets only people of a seller in"
        request._seller = found  # type: ignore[attr-defined]
    return found
