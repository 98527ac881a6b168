"""Listings seen as products with options: what a seller registers an item from (A087, A088)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from toiya.core.actor import Actor
from toiya.domain.channels.models import Listing

AXES = "||*"  # between the names, and between the values, of several options in one (channels.md 1.9)
SEARCHED = {"seller-code": "item_code", "product-code": "external_id", "name": "title"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One listing of a product: what a buyer chooses, by heading."""

    listing: Listing
    values: dict[str, str]


def products(actor: Actor, by: str, words: str) -> QuerySet[Any]:
    """
    One row per product on sale: shop, numbers, title, how many options, how many of them are tied.

    :param by: a key of SEARCHED; anything else looks in all three
    """
    rows = Listing.objects.visible_to(actor).filter(is_gone=False)
    text = words.strip()
    if text:
        columns = [SEARCHED[by]] if by in SEARCHED else list(SEARCHED.values())
        match = Q()
        for column in columns:
            match |= Q(**{f"{column}__icontains": text})
        rows = rows.filter(match)
    grouped: QuerySet[Any] = (
        rows.values("connection__code", "connection__name", "external_id")
        .annotate(title=Min("title"), item_code=Min("item_code"), options=Count("pk"), tied=Count("sku"))
        .order_by("tied", "connection__code", "external_id")
    )
    return grouped


def listings_of(actor: Actor, connection_code: str, external_id: str) -> QuerySet[Listing]:
    """The options of one product of a shop, in the order they were read."""
    rows: QuerySet[Listing] = Listing.objects.visible_to(actor).filter(
        connection__code=connection_code, external_id=external_id, is_gone=False
    )
    return rows.order_by("pk")


def choices(listings: Sequence[Listing]) -> tuple[list[str], list[Choice]]:
    """
    The headings of a product, and what each listing stands for under them.

    Combination options have a value under each heading, single ones under their own heading only; both are read, at
    any depth (L13). A plug says them in `site_fields` as `option_name` and `option_value`; where it does not, the
    option's own text is the value.
    """
    headings: list[str] = []
    found = []
    for listing in listings:
        values = _values(listing)
        headings += [heading for heading in values if heading not in headings]
        found.append(Choice(listing, values))
    return headings, found


def _values(listing: Listing) -> dict[str, str]:
    names = str(listing.site_fields.get("option_name", "")).split(AXES)
    values = str(listing.site_fields.get("option_value", "")).split(AXES)
    pairs = {name.strip(): value.strip() for name, value in zip(names, values, strict=False) if value.strip()}
    if pairs:
        return pairs
    written = dict(part.split(":", 1) for part in listing.fingerprint.split(" / ") if part.count(":") == 1)
    return {name.strip(): value.strip() for name, value in written.items() if not name.startswith("sha256")}
