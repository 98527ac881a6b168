"""Asking for lots, expiry dates and serial numbers of a SKU, as far as what lies in the bins allows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.catalog.actions.editing import locked_sku, set_tracking
from toiya.domain.stock.models import BinStock


class StockWithoutLots(Refusal):
    """Pieces lie there of which nobody knows the lot."""

    code = "stock_without_lots"
    message = gettext_lazy(
        "%(pieces)s pieces of %(sku)s lie in the bins without a lot. Send them out, or have the warehouse count them "
        "into lots, then switch lots on."
    )


class StockWithoutExpiry(Refusal):
    """Pieces lie there of which nobody knows the date."""

    code = "stock_without_expiry"
    message = gettext_lazy(
        "%(pieces)s pieces of %(sku)s lie in the bins without a use-by date. Send them out, or have the warehouse "
        "count them with their dates, then switch dates on."
    )


@transaction.atomic
def track_sku(
    *, sku_code: str, tracks_lots: bool, tracks_expiry: bool, tracks_serials: bool, actor: Actor, at: datetime
) -> None:
    """
    Ask for lots, expiry dates and serial numbers of a SKU from now on, or no more. Off is always possible: what is
    known stays known. Serial numbers are asked for when a piece is packed, so what lies in the bins needs none.

    :raises NotFound: no such SKU of this seller
    :raises StockWithoutLots, StockWithoutExpiry: pieces lie there that were booked without
    """
    sku = locked_sku(sku_code, actor)
    lying = BinStock.objects.filter(seller_id=sku.seller_id, sku=sku, quantity__gt=0)
    if tracks_lots and not sku.tracks_lots:
        pieces = lying.filter(lot="").aggregate(sum=Sum("quantity"))["sum"]
        if pieces:
            raise StockWithoutLots(pieces=pieces, sku=sku.code)
    if tracks_expiry and not sku.tracks_expiry:
        pieces = lying.filter(expires_on=None).aggregate(sum=Sum("quantity"))["sum"]
        if pieces:
            raise StockWithoutExpiry(pieces=pieces, sku=sku.code)
    wanted = {"tracks_lots": tracks_lots, "tracks_expiry": tracks_expiry, "tracks_serials": tracks_serials}
    if all(getattr(sku, name) == value for name, value in wanted.items()):
        return

    set_tracking(sku_code=sku_code, **wanted, actor=actor, at=at)
