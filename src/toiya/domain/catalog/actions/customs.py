"""What customs want to know of a SKU."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import folded
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.events import HsCodeSet
from toiya.domain.catalog.models import Sku

FEWEST_DIGITS, MOST_DIGITS = 6, 10


class NotAnHsCode(Refusal):
    """An HS code is 6 to 10 digits."""

    code = "not_an_hs_code"
    message = gettext_lazy("%(hs_code)s is no HS code. Enter 6 to 10 digits, such as 610910.")


@transaction.atomic
def set_hs_code(*, sku_code: str, hs_code: str, actor: Actor, at: datetime) -> Sku:
    """
    Give a SKU its HS code (A098, A099), or take it away with an empty one; dots and spaces do not count.

    :raises NotFound: no such SKU of this seller
    :raises NotAnHsCode: not 6 to 10 digits
    """
    sku: Sku | None = Sku.objects.visible_to(actor).filter(code=sku_code).lock().first()
    if sku is None:
        raise NotFound(kind="SKU", code=sku_code)
    digits = folded(hs_code).replace(".", "").replace(" ", "")
    if digits and not (digits.isascii() and digits.isdigit() and FEWEST_DIGITS <= len(digits) <= MOST_DIGITS):
        raise NotAnHsCode(hs_code=hs_code)

    if digits == sku.hs_code:
        return sku
    sku.hs_code = digits
    sku.version = F("version") + 1
    sku.save(update_fields=["hs_code", "version"])
    sku.refresh_from_db()

    coded = HsCodeSet(seller_id=sku.seller_id, subject=sku.code, hs_code=digits)
    events.record(coded, actor=actor, at=at)
    return sku
