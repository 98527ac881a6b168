"""The barcodes of a SKU: several, each meaning one SKU of the seller."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.events import BarcodeAdded, BarcodeRemoved
from toiya.domain.catalog.models import Barcode, Sku
from toiya.domain.catalog.rules import BarcodeFault, barcode_fault, clean_barcode, right_barcode
from toiya.domain.catalog.searching import write_search_texts

MOST_BARCODES = 20


class BarcodeWrong(Refusal):
    """The check digit is not the one the other digits ask for."""

    code = "barcode_wrong"
    message = gettext_lazy(
        "Barcode %(barcode)s: the last digit does not fit the others, it would be %(right)s. Scan it once more."
    )


class BarcodeUnreadable(Refusal):
    """Nothing, too long, or with characters nobody sees."""

    code = "barcode_unreadable"
    message = gettext_lazy("The barcode must have 1 to 40 characters that can be seen. Type or scan it once more.")


class BarcodeTaken(Refusal):
    """It means another SKU of the seller."""

    code = "barcode_taken"
    message = gettext_lazy("Barcode %(barcode)s belongs to SKU %(sku)s. Remove it there, or enter a different one.")


class TooManyBarcodes(Refusal):
    """More than anybody has on one thing."""

    code = "too_many_barcodes"
    message = gettext_lazy("SKU %(sku)s has %(most)s barcodes already. Remove one that is no longer used.")


@transaction.atomic
def add_barcode(*, sku_code: str, barcode: str, actor: Actor, at: datetime) -> str:
    """
    Let a barcode mean this SKU; the same once more changes nothing. Returns it as it is stored.

    :raises NotFound: no such SKU of this seller
    :raises BarcodeWrong, BarcodeUnreadable, BarcodeTaken, TooManyBarcodes:
    """
    sku = _locked(sku_code, actor)
    text = clean_barcode(barcode)
    if sku.barcodes.filter(barcode=text).exists():
        return text
    check_barcodes(sku.seller_id, [text], may_be_empty=False)
    if sku.barcodes.count() >= MOST_BARCODES:
        raise TooManyBarcodes(sku=sku.code, most=MOST_BARCODES)

    # Two people may give one code to two SKUs at once: the unique constraint decides, and the later one is refused.
    row, is_new = Barcode.objects.get_or_create(seller_id=sku.seller_id, barcode=text, defaults={"sku": sku})
    if row.sku_id != sku.pk:
        raise BarcodeTaken(barcode=text, sku=row.sku.code)
    write_search_texts([sku])

    if is_new:
        events.record(BarcodeAdded(seller_id=sku.seller_id, subject=sku.code, barcode=text), actor=actor, at=at)
    return text


@transaction.atomic
def remove_barcode(*, sku_code: str, barcode: str, actor: Actor, at: datetime) -> None:
    """
    Let a barcode no longer mean this SKU.

    :raises NotFound: the SKU is not this seller's, or has no such barcode
    """
    sku = _locked(sku_code, actor)
    row = sku.barcodes.filter(barcode=barcode).first()
    if row is None:
        raise NotFound(kind=str(gettext_lazy("barcode")), code=barcode)

    row.delete()
    write_search_texts([sku])

    events.record(BarcodeRemoved(seller_id=sku.seller_id, subject=sku.code, barcode=barcode), actor=actor, at=at)


def check_barcodes(seller_id: int, barcodes: Sequence[str], *, may_be_empty: bool = True) -> list[str]:
    """
    The barcodes as they are stored, one by one; an empty one stays empty. One statement for all.

    :raises BarcodeWrong, BarcodeUnreadable, BarcodeTaken:
    """
    cleaned = [clean_barcode(barcode) for barcode in barcodes]
    wanted = [barcode for barcode in cleaned if barcode or not may_be_empty]
    for barcode in wanted:
        fault = barcode_fault(barcode)
        if fault == BarcodeFault.CHECK_DIGIT:
            raise BarcodeWrong(barcode=barcode, right=right_barcode(barcode))
        if fault is not None:
            raise BarcodeUnreadable()
    known = Barcode.objects.filter(seller_id=seller_id, barcode__in=wanted).select_related("sku").order_by("pk")
    taken = known.first() if wanted else None
    if taken is not None:
        raise BarcodeTaken(barcode=taken.barcode, sku=taken.sku.code)
    twice = next((barcode for place, barcode in enumerate(wanted) if barcode in wanted[:place]), None)
    if twice is not None:
        raise BarcodeTaken(barcode=twice, sku=gettext_lazy("another line"))
    return cleaned


def _locked(sku_code: str, actor: Actor) -> Sku:
    sku: Sku | None = Sku.objects.visible_to(actor).filter(code=sku_code).lock().first()
    if sku is None:
        raise NotFound(kind=str(gettext_lazy("SKU")), code=sku_code)
    return sku
