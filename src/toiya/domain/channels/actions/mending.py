"""A wrong link found on an order: the order's line and the listing are mended together (L03)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.linking import LinkWish, link_listings
from toiya.domain.channels.models import Listing
from toiya.domain.channels.sql.ties import listing_of_line
from toiya.domain.orders.models import Line
from toiya.domain.outbound.actions.remapping import change_sku
from toiya.domain.outbound.models import Stop


class NoListingOfLine(Refusal):
    """The line was bought by no listing that we know."""

    code = "no_listing_of_line"
    message = gettext_lazy("We know no listing of “%(title)s”. Change the SKU of this order only.")


@transaction.atomic
def mend_link(*, line_id: int, sku_code: str, actor: Actor, at: datetime) -> Stop | None:
    """
    Give a line another SKU and link its listing to that SKU too: orders that wait are matched anew, and new ones come
    right. The pieces in one listing stay what they were. Returns the answer for this order, as `change_sku` does.

    :raises NotFound: no such line or SKU of this seller
    :raises NoListingOfLine: the site gave no number that we know
    :raises LineStays: the line or its order is over
    """
    line = Line.objects.visible_to(actor).filter(pk=line_id).first()
    sku = Sku.objects.filter(seller_id=line.seller_id, code=sku_code).first() if line else None
    listing_id = listing_of_line(line.seller_id, line.pk) if line else None
    listing = Listing.objects.filter(pk=listing_id or 0).first()

    if line is None:
        raise NotFound(kind="line", code=str(line_id))
    if sku is None:
        raise NotFound(kind="SKU", code=sku_code)
    if listing is None:
        raise NoListingOfLine(title=line.title)

    # The shop before the order, as a pull locks them.
    if (listing.sku_id, listing.is_tied_by_hand) != (sku.pk, True):
        link_listings(wishes=[LinkWish(listing.pk, sku.code, listing.pieces)], actor=actor, at=at)
    return change_sku(line_id=line.pk, sku_code=sku.code, pieces=listing.pieces, actor=actor, at=at)
