"""A partner's own SKUs for a shared item: its own codes, the same barcodes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.actions.barcodes import BarcodeTaken, BarcodeWrong, TooManyBarcodes, add_barcode
from toiya.domain.catalog.actions.editing import SkuFacts, edit_sku, set_tracking
from toiya.domain.catalog.actions.registering import NewItem, NewSku, add_options, register_new_item
from toiya.domain.catalog.models import ItemShare, Sku
from toiya.domain.lending.events import LendLimitSet, SkuMirrored
from toiya.domain.lending.models import LendLimit, Mirror


class LimitOff(Refusal):
    """A number of pieces that cannot be."""

    code = "limit_off"
    message = gettext_lazy("%(most)s pieces: enter a whole number up to 1,000,000, or leave it empty for no limit.")


@transaction.atomic
def mirror_skus(*, share_id: int, actor: Actor, at: datetime) -> list[Mirror]:
    """
    Give the partner of an accepted share an own SKU for each of the item's; those that it has stay, and get the
    barcodes they lack. The owner's SKU code is one of them: that is what the label on the pieces says.

    Left out are virtual bundles, which have no pieces, mirrors of a third seller's SKU, and barcodes that mean another
    SKU of the partner.
    """
    share: ItemShare = ItemShare.objects.filter(pk=share_id).lock().get()
    if share.status != ItemShare.Status.ACCEPTED:
        return []
    lendable = share.item.skus.filter(is_active=True, mirror_of=None).exclude(bundle_kind=Sku.BundleKind.VIRTUAL)
    sources = list(lendable.order_by("pk"))
    known = {each.source_id: each for each in Mirror.objects.filter(seller_id=share.partner_id, source__in=sources)}
    Mirror.objects.filter(seller_id=share.partner_id, source__in=sources).exclude(share=share).update(share=share)

    missing = [source for source in sources if source.pk not in known]
    made = _make(share, missing, next(iter(known.values()), None), actor, at)
    for source, sku in made:
        known[source.pk] = Mirror.objects.create(seller_id=share.partner_id, share=share, source=source, sku=sku)
    for source in sources:
        _copy_barcodes(source, known[source.pk].sku, actor, at)

    mirrored = [
        SkuMirrored(seller_id=share.partner_id, subject=sku.code, partner=share.seller.code, source=source.code)
        for source, sku in made
    ]
    events.record_all(mirrored, actor=actor, at=at)
    return [known[source.pk] for source in sources]


@transaction.atomic
def set_lend_limit(*, share_code: str, most_pieces: int | None, actor: Actor, at: datetime) -> None:
    """
    How many pieces the partner may take in all; None is any number.

    :raises NotFound: no such share of this seller's items :raises LimitOff:
    """
    share: ItemShare | None = ItemShare.objects.visible_to(actor).filter(code=share_code).lock().first()

    if share is None:
        raise NotFound(kind=gettext_lazy("share"), code=share_code[:20])
    if most_pieces is not None and not 0 <= most_pieces <= 1_000_000:
        raise LimitOff(most=most_pieces)

    if most_pieces is None:
        LendLimit.objects.filter(share=share).delete()
    else:
        defaults = {"seller_id": share.seller_id, "most_pieces": most_pieces}
        LendLimit.objects.update_or_create(share=share, defaults=defaults)

    limit = "∞" if most_pieces is None else str(most_pieces)
    limited = LendLimitSet(seller_id=share.seller_id, subject=share.item.code, partner=share.partner.code, most=limit)
    events.record(limited, actor=actor, at=at)


def _make(
    share: ItemShare, sources: Sequence[Sku], neighbour: Mirror | None, actor: Actor, at: datetime
) -> list[tuple[Sku, Sku]]:
    """New SKUs of the partner, one per source, in the item it has for this share or in a new one."""
    if not sources:
        return []
    item = share.item
    options = [
        NewSku(source.option, "", weight_g=source.weight_g, values=tuple(source.option_values)) for source in sources
    ]
    if neighbour is None:
        new = NewItem(item.name, tuple(item.option_names), price_minor=item.price_minor, currency=item.currency)
        made = register_new_item(seller_id=share.partner_id, new=new, options=options, actor=actor, at=at)
        skus = list(made.skus.order_by("pk"))
    else:
        skus = add_options(item_code=neighbour.sku.item.code, options=options, actor=actor, at=at)
    for source, sku in zip(sources, skus, strict=True):
        _copy_facts(source, sku, actor, at)
    return list(zip(sources, skus, strict=True))


def _copy_facts(source: Sku, sku: Sku, actor: Actor, at: datetime) -> None:
    facts = SkuFacts(
        sku.name,
        sku.option,
        weight_g=source.weight_g,
        length_mm=source.length_mm,
        width_mm=source.width_mm,
        height_mm=source.height_mm,
        hs_code=source.hs_code,
        customs_text=source.customs_text,
        origin_country=source.origin_country,
        packing_note=source.packing_note,
    )
    edit_sku(sku_code=sku.code, facts=facts, actor=actor, at=at)
    if source.tracks_lots or source.tracks_expiry or source.tracks_serials:
        set_tracking(
            sku_code=sku.code,
            tracks_lots=source.tracks_lots,
            tracks_expiry=source.tracks_expiry,
            tracks_serials=source.tracks_serials,
            actor=actor,
            at=at,
        )


def _copy_barcodes(source: Sku, sku: Sku, actor: Actor, at: datetime) -> None:
    had = set(sku.barcodes.values_list("barcode", flat=True))
    for barcode in (source.code, *source.barcodes.order_by("pk").values_list("barcode", flat=True)):
        if barcode in had:
            continue
        try:
            with transaction.atomic():
                add_barcode(sku_code=sku.code, barcode=barcode, actor=actor, at=at)
        except (BarcodeTaken, BarcodeWrong, TooManyBarcodes):
            continue
