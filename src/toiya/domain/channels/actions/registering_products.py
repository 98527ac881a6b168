"""Registering an item from a product on a sales site: its options become SKUs, its listings are tied to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.actions.registering import NewItem, NewSku, register_new_item
from toiya.domain.catalog.models import InventoryItem, Sku
from toiya.domain.channels.actions.linking import LinkWish, link_listings
from toiya.domain.channels.models import Connection, Listing
from toiya.domain.channels.products import Choice, choices, listings_of


class ProductTied(Refusal):
    """Every option means a SKU already."""

    code = "product_tied"
    message = gettext_lazy("All options of %(product)s are linked to SKUs already. Open Links to change them.")


@dataclass(frozen=True, slots=True)
class Product:
    """One product of one shop, by the code of the connection and the site's product number."""

    connection_code: str
    external_id: str
    follows_reference: bool = False  # A080


@transaction.atomic
def register_from_product(*, product: Product, actor: Actor, at: datetime) -> InventoryItem:
    """
    Make an item of a product's options that mean no SKU yet, and tie each listing to its new SKU (A087, A088, L13).

    Options keep the code they have at the site as seller code where no other SKU has it.

    :raises NotFound: the seller has no such product
    :raises ProductTied: nothing is left to register
    """
    shop: Connection | None = Connection.objects.visible_to(actor).filter(code=product.connection_code).lock().first()
    rows = listings_of(actor, product.connection_code, product.external_id).select_for_update(no_key=True, of=("self",))
    listings = list(rows) if shop else []
    if shop is None or not listings:
        raise NotFound(kind=str(gettext_lazy("product")), code=product.external_id)
    untied = [listing for listing in listings if listing.sku_id is None]
    if not untied:
        raise ProductTied(product=product.external_id)

    headings, found = choices(untied)
    item = register_new_item(
        seller_id=shop.seller_id,
        new=_item(product, untied[0], headings, shop.seller.currency),
        options=_options(shop.seller_id, headings, found),
        actor=actor,
        at=at,
    )
    skus = list(item.skus.order_by("pk"))
    wishes = [LinkWish(listing.pk, sku.code) for listing, sku in zip(untied, skus, strict=True)]
    link_listings(wishes=wishes, actor=actor, at=at)
    return item


def _item(product: Product, listing: Listing, headings: Sequence[str], currency: str) -> NewItem:
    return NewItem(
        name=listing.title[:200],
        option_names=tuple(headings),
        seller_code=listing.item_code,
        reference_code=product.external_id,
        follows_reference=product.follows_reference,
        currency=currency,
    )


def _options(seller_id: int, headings: Sequence[str], found: Sequence[Choice]) -> list[NewSku]:
    wanted = [choice.listing.option_code or choice.listing.item_code for choice in found]
    known = Sku.objects.filter(seller_id=seller_id, seller_code__in=[code for code in wanted if code])
    taken = set(known.values_list("seller_code", flat=True))
    texts: set[str] = set()
    options: list[NewSku] = []
    for choice, code in zip(found, wanted, strict=True):
        values = tuple(choice.values.get(heading, "") for heading in headings)
        text = NewSku("", "", values=values).text
        if text.casefold() in texts or (not text and len(found) > 1):
            text = f"{text[:80]} ({choice.listing.option_code or len(options) + 1})".strip()[:100]
        options.append(
            NewSku(
                option=text,
                seller_code="" if code in taken else code,
                values=values,
                own_quantity=choice.listing.site_quantity,
            )
        )
        texts.add(text.casefold())
        taken.add(code)
    return options
