"""What a person types into a search box, as filters: codes, names, numbers, barcodes in any width and case."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db.models import Q, QuerySet

from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.domain.carriers.models import Label
from toiya.domain.catalog.queries import with_words
from toiya.domain.orders.models import Address, Line, Order
from toiya.domain.outbound.models import Parcel, SerialNumber


def clean(words: str) -> str:
    """Half-width, trimmed, at most 100 characters."""
    return unicodedata.normalize("NFKC", words).replace("\x00", "").strip()[:100]


def orders_matching(orders: QuerySet[Order], words: str, actor: Actor) -> QuerySet[Order]:
    """Orders by code, number at the site (cart or line), receiver, phone, tracking, serial number or parcel."""
    text, code = clean(words), folded(clean(words))
    if not text:
        return orders
    digits = text.replace("-", "").replace(" ", "")
    people = Address.objects.visible_to(actor).filter(Q(name__icontains=text) | Q(phone__contains=text))
    lines = Line.objects.visible_to(actor).filter(external_id=text)
    labels = Label.objects.visible_to(actor).filter(tracking_number=digits)
    parcels = Parcel.objects.visible_to(actor).filter(Q(code=code) | Q(label__in=labels))
    serials = SerialNumber.objects.visible_to(actor).filter(number=code)
    return orders.filter(
        Q(code__startswith=code)
        | Q(external_id=text)
        | Q(pk__in=people.values("order_id"))
        | Q(pk__in=lines.values("order_id"))
        | Q(pk__in=parcels.values("order_id"))
        | Q(pk__in=serials.values("parcel__order_id"))
    )


def skus_matching(skus: Any, words: str, actor: Actor) -> QuerySet[Any]:
    """The actor's SKUs by any code, barcode or words of names and options, in any width, case and kind of kana."""
    return with_words(skus.visible_to(actor), clean(words))
