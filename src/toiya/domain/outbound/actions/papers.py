"""The papers of parcels that leave the country (L32)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.models import Allocation
from toiya.domain.carriers.abroad import HOME
from toiya.domain.carriers.port import Party
from toiya.domain.catalog.models import Sku
from toiya.domain.orders.models import Address, Line
from toiya.domain.outbound import customs_paper, customs_rules
from toiya.domain.outbound.customs_rules import Goods
from toiya.domain.outbound.events import PapersMade
from toiya.domain.outbound.models import Content, CustomsPaper, Parcel


class StaysInTheCountry(Refusal):
    """A parcel within Japan needs no papers."""

    code = "stays_in_the_country"
    message = gettext_lazy("%(parcel)s stays in Japan and needs no papers. Stick its label on.")


class NotPackedYet(Refusal):
    """Papers are made of what is in a closed box."""

    code = "papers_before_packing"
    message = gettext_lazy("%(parcel)s is not closed yet. Weigh it first, then print its papers.")


class PapersLack(Refusal):
    """Customs would send the parcel back."""

    code = "papers_lack"
    message = gettext_lazy(
        "Customs want more to know of %(name)s. Enter its HS code, customs text and origin, and the price in the order."
    )


@transaction.atomic
def print_papers(*, parcel_code: str, actor: Actor, at: datetime) -> bytes:
    """
    Invoice and customs declaration of a closed parcel: made at the first print, the same bytes at every other.

    :raises NotFound: no such parcel here
    :raises StaysInTheCountry: :raises NotPackedYet: :raises PapersLack:
    """
    known = Parcel.objects.visible_to(actor).filter(code=folded(parcel_code)).lock()
    parcel: Parcel | None = known.select_related("order__address", "seller", "warehouse").first()
    if parcel is None or actor.warehouse_id not in (None, parcel.warehouse_id):
        raise NotFound(kind=gettext_lazy("parcel"), code=parcel_code)
    paper = CustomsPaper.objects.filter(parcel=parcel).first()
    to: Address = parcel.order.address

    if paper is not None:
        return bytes(paper.document)
    if to.country == HOME:
        raise StaysInTheCountry(parcel=parcel.code)
    if parcel.status in (Parcel.Status.OPEN, Parcel.Status.CANCELLED):
        raise NotPackedYet(parcel=parcel.code)
    goods = _goods(parcel)
    if lacking := next((each for each in goods if each.lacks), None):
        raise PapersLack(name=lacking.text or parcel.order.code)

    form = customs_rules.form_of(goods, parcel.order.currency)
    document = customs_paper.draw(_papers(parcel, to, goods, form, at))
    CustomsPaper.objects.create(
        parcel=parcel,
        seller_id=parcel.seller_id,
        country=to.country,
        form=form,
        document=document,
        sha256=hashlib.sha256(document).hexdigest(),
        made_at=at,
    )

    events.record(_made(parcel, form, to.country), actor=actor, at=at)
    return document


def _made(parcel: Parcel, form: str, country: str) -> PapersMade:
    return PapersMade(
        seller_id=parcel.seller_id, subject=parcel.order.code, parcel=parcel.code, form=form, country=country
    )


def _goods(parcel: Parcel) -> list[Goods]:
    """What lies in the box, by SKU and price; a part of a bundle is worth its share of the bundle's price, upwards."""
    contents = list(Content.objects.filter(parcel=parcel).order_by("pk"))
    skus = Sku.objects.in_bulk({content.sku_id for content in contents})
    lines = Line.objects.in_bulk({content.line_id for content in contents})
    pieces: dict[int, int] = {}
    for line_id, quantity in Allocation.objects.filter(line_id__in=lines).values_list("line_id", "quantity"):
        pieces[line_id] = pieces.get(line_id, 0) + quantity
    rows: dict[tuple[int, int], int] = {}
    for content in contents:
        line = lines[content.line_id]
        key = content.sku_id, -(-line.unit_price_minor * line.quantity // pieces.get(line.pk, line.pieces))
        rows[key] = rows.get(key, 0) + content.quantity
    return [_told(skus[sku_id], quantity, value) for (sku_id, value), quantity in rows.items()]


def _told(sku: Sku, quantity: int, value_minor: int) -> Goods:
    return Goods(sku.customs_text, quantity, sku.weight_g or 0, value_minor, sku.hs_code, sku.origin_country)


def _papers(parcel: Parcel, to: Address, goods: list[Goods], form: str, at: datetime) -> customs_paper.Papers:
    house = parcel.warehouse
    return customs_paper.Papers(
        reference=parcel.code,
        order=parcel.order.code,
        seller=parcel.seller.name,
        sender=Party(house.name, house.postal_code, house.address, "", house.phone),
        receiver=Party(to.name, to.postal_code, to.first_line, to.second_line, to.phone),
        country=to.country,
        goods=goods,
        currency=parcel.order.currency,
        weight_g=parcel.weight_g,
        form=form,
        made_on=at.astimezone(ZoneInfo(house.time_zone)).date(),
    )
