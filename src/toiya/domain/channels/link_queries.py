"""What the page of links asks: listings by view, proposals, counts, acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from toiya.core.actor import Actor
from toiya.domain.catalog.models import Barcode, Sku
from toiya.domain.channels import link_rules
from toiya.domain.channels.link_rules import Offer, Proposal, Thing
from toiya.domain.channels.models import LinkAct, Listing

MOST_COMPARED = 3000  # SKUs whose words are compared, those without a link first; codes and barcodes know no limit
VIEWS = ("open", "linked", "gone", "all")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many listings there are of each view."""

    open: int
    linked: int
    gone: int
    all: int


def listings(actor: Actor, view: str) -> QuerySet[Listing]:
    """The actor's listings of a view: not linked, linked, or no longer at the site."""
    found: QuerySet[Listing] = Listing.objects.visible_to(actor).select_related("connection", "sku__item")
    if view == "open":
        return found.filter(sku=None, is_gone=False)
    if view == "linked":
        return found.filter(sku__isnull=False, is_gone=False)
    return found.filter(is_gone=True) if view == "gone" else found


def counts(actor: Actor) -> Counts:
    """All views' sizes in one statement."""
    is_here = Q(is_gone=False)
    found = Listing.objects.visible_to(actor).aggregate(
        open=Count("pk", filter=is_here & Q(sku=None)),
        linked=Count("pk", filter=is_here & Q(sku__isnull=False)),
        gone=Count("pk", filter=Q(is_gone=True)),
        all=Count("pk"),
    )
    return Counts(**found)


def linked_counts(sku_ids: Sequence[int]) -> dict[int, int]:
    """How many listings are linked to each of these SKUs (A103); those with none are left out."""
    linked = Listing.objects.filter(sku_id__in=sku_ids, is_gone=False).order_by()
    return dict(linked.values_list("sku_id").annotate(count=Count("pk")))


def proposals(seller_id: int, rows: Sequence[Listing]) -> dict[int, Proposal]:
    """The likeliest SKU for each of these listings that is not linked, in four statements."""
    offers = [_offer(row) for row in rows if row.sku_id is None]
    if not offers:
        return {}
    shelf = link_rules.shelf_of(_things(seller_id, offers))
    found = {offer.listing_id: link_rules.propose(offer, shelf) for offer in offers}
    return {listing_id: proposal for listing_id, proposal in found.items() if proposal is not None}


def _offer(row: Listing) -> Offer:
    codes = (row.item_code, row.option_code)
    return Offer(row.pk, row.title, row.option, row.option_code or row.item_code, codes)


def _things(seller_id: int, offers: Sequence[Offer]) -> list[Thing]:
    codes = {offer.code for offer in offers} - {""}
    numbers = {number for offer in offers for number in link_rules.barcodes_in(offer)}
    own = Sku.objects.filter(seller_id=seller_id)
    certain = own.filter(Q(seller_code__in=codes) | Q(barcodes__barcode__in=numbers)).distinct()
    likely = own.filter(is_active=True).annotate(links=Count("listings")).order_by("links", "-pk")[:MOST_COMPARED]
    skus = {sku.pk: sku for sku in (*certain, *likely)}
    barcodes: dict[int, list[str]] = {}
    for sku_id, barcode in Barcode.objects.filter(seller_id=seller_id, barcode__in=numbers).values_list(
        "sku_id", "barcode"
    ):
        barcodes.setdefault(sku_id, []).append(barcode)
    return [
        Thing(sku.pk, sku.name, sku.option, sku.seller_code, tuple(barcodes.get(sku.pk, ()))) for sku in skus.values()
    ]


def same_code(actor: Actor) -> Mapping[int, str]:
    """Every listing not linked whose code is a SKU's own to the letter: listing -> SKU code."""
    rows = listings(actor, "open").values_list("pk", "seller_id", "option_code", "item_code")
    wanted = {pk: (seller_id, option or item) for pk, seller_id, option, item in rows if option or item}
    found = {
        (seller_id, seller_code): code
        for seller_id, seller_code, code in Sku.objects.visible_to(actor)
        .filter(seller_code__in={code for _seller, code in wanted.values()})
        .values_list("seller_id", "seller_code", "code")
    }
    return {pk: found[key] for pk, key in wanted.items() if key in found}


def acts(actor: Actor, limit: int = 5) -> list[LinkAct]:
    """The last acts of linking, newest first."""
    made = LinkAct.objects.visible_to(actor).annotate(listings=Count("changes"))
    return list(made.order_by("-pk")[:limit])
