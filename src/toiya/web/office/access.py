"""Who may sit at an office desk, and for which building."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext_lazy

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request

BY_BADGE = "by_badge"  # set by the floor's sign-in
View = Callable[..., HttpResponseBase]


class NoWarehouse(Refusal):
    """The operator has no building yet."""

    code = "no_warehouse"
    message = gettext_lazy("There is no warehouse yet. Open one first: ./toiya demo makes one to look at.")


def desk(*permissions: Permission) -> Callable[[View], View]:
    """`needs`, and two things more: sellers are led home, and a badge with a PIN opens the floor only."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.actor.is_operator:
                return HttpResponseRedirect("/")
            if request.session.get(BY_BADGE):
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)

        return needs(*permissions)(guarded)

    return declare


def building(request: Request) -> Warehouse:
    """The warehouse of this desk: the person's own, else the first. :raises NoWarehouse:"""
    own = request.actor.warehouse_id
    found = Warehouse.objects.filter(**({"pk": own} if own else {})).order_by("pk").first()
    if found is None:
        raise NoWarehouse()
    return found
