"""A link to an object of another shop of the reader's own: the page that is not there offers to change to that shop."""

from __future__ import annotations

from typing import Any

from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Connection
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Seller
from toiya.domain.members.queries import shops_of
from toiya.domain.orders.models import Order

KINDS: dict[str, Any] = {"orders/": Order, "skus/": Sku, "connections/": Connection, "inbound/": CargoBundle}


def shop_with(request: Any) -> Seller | None:
    """The own shop, other than the present one, that has what was asked for; None for what is others' or nowhere."""
    actor, match = getattr(request, "actor", None), request.resolver_match
    if actor is None or actor.is_operator or match is None or match.app_name != "portal" or request.method != "GET":
        return None
    model = next((KINDS[start] for start in KINDS if match.route.startswith(start)), None)
    code = match.kwargs.get("code", "")
    if model is None or not code:
        return None
    others = {each.seller_id: each.seller for each in shops_of(request.user) if each.seller_id != actor.seller_id}
    if not others:
        return None
    found = model.objects.filter(seller_id__in=list(others), code=code).values_list("seller_id", flat=True).first()
    return others.get(found)
