"""Finding SKUs and items: by what a scanner reads, and by what a person types."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.folding import folded_for_search
from toiya.domain.catalog.models import InventoryItem, ItemShare, Photo, Sku

MOST_WORDS = 8


def skus_scanned(scan: str, sku_ids: list[int]) -> list[Sku]:
    """Which of these SKUs a scanned text stands for: a SKU's code, a seller code or a barcode, without case."""
    text = folded(scan)
    match = Q(code__iexact=text) | Q(seller_code__iexact=text) | Q(barcodes__barcode__iexact=text)
    return list(Sku.objects.filter(match, pk__in=sku_ids).distinct().order_by("pk"))


def with_words(skus: QuerySet[Any], words: str) -> QuerySet[Any]:
    """
    The SKUs that have every word in a name, option, code or barcode, in any width, case and kind of kana.

    A SKU's code may be written with a colon, as on some papers (A083).
    """
    for word in folded_for_search(words).split()[:MOST_WORDS]:
        match = Q(search_text__contains=word)
        if ":" in word:
            match |= Q(search_text__contains=word.replace(":", "-"))
        skus = skus.filter(match)
    return skus


def first_photo(sku_column: str) -> Subquery:
    """The code of a SKU's first photo, for rows that name the SKU in this column."""
    return Subquery(Photo.objects.filter(sku_id=OuterRef(sku_column)).order_by("pk").values("code")[:1])


def items_with_words(items: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The items of which one SKU has every word."""
    if not folded_for_search(words):
        return items
    found = with_words(Sku.objects.filter(item=OuterRef("pk"), seller_id=OuterRef("seller_id")), words)
    return items.filter(Exists(found))


def items_listed(actor: Actor) -> QuerySet[Any]:
    """The actor's items with `options` and `own_total`, counted for the rows that are shown only (A074)."""
    skus = Sku.objects.filter(item=OuterRef("pk")).order_by().values("item")
    listed: QuerySet[Any] = InventoryItem.objects.visible_to(actor).annotate(
        options=Coalesce(Subquery(skus.annotate(each=Count("pk")).values("each")), 0),
        own_total=Coalesce(Subquery(skus.annotate(each=Sum("own_quantity")).values("each")), 0),
    )
    return listed


def shares_with(actor: Actor) -> QuerySet[ItemShare]:
    """What other sellers share with this one, or offer to: the newest first."""
    open_ones = ItemShare.objects.filter(
        partner_id=actor.seller_id, status__in=[ItemShare.Status.OFFERED, ItemShare.Status.ACCEPTED]
    )
    return open_ones.select_related("item", "seller").order_by("-pk")


def skus_shared(actor: Actor) -> QuerySet[Any]:
    """The SKUs of other sellers' items that this one may see (A079)."""
    items = ItemShare.objects.filter(partner_id=actor.seller_id, status=ItemShare.Status.ACCEPTED).values("item_id")
    return Sku.objects.filter(item_id__in=items, is_active=True).order_by("item_id", "pk")
