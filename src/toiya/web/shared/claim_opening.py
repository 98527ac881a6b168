"""Opening a claim, by the seller or by the office for it: what it is about, the form, the one action."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from toiya.domain.catalog.models import Sku
from toiya.domain.claims.actions.opening import Told, open_goods_claim, open_parcel_claim
from toiya.domain.claims.models import Claim
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared.reader import Request
from toiya.web.shared.whole_numbers import number_typed, whole_number

Kind = Claim.Kind
OF_PARCELS = (Kind.CARRIER_LOSS, Kind.CARRIER_DAMAGE)
OF_GOODS = (Kind.WAREHOUSE_DAMAGE, Kind.WAREHOUSE_LOSS)


@dataclass(frozen=True, slots=True)
class About:
    """What a claim is to be about: a parcel that left, or else pieces of a SKU that lay in a warehouse."""

    parcel: Parcel | None = None
    sku: Sku | None = None

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        """What may have happened to it."""
        return [(kind.value, kind.label) for kind in (OF_PARCELS if self.parcel else OF_GOODS)]

    @property
    def houses(self) -> Sequence[Warehouse]:
        """Where its pieces may have lain."""
        if self.sku is None:
            return []
        held = Balance.objects.filter(sku=self.sku).values("warehouse_id")
        return list(Warehouse.objects.filter(pk__in=held).order_by("pk"))

    def shown(self, request: Request, trouble: Any = "") -> dict[str, Any]:
        """What the form of `toiya/claims/new.html` needs."""
        return {
            "about": self,
            "token": request.POST.get("token", "")[:40] or secrets.token_urlsafe(16),
            "typed": request.POST,
            "trouble": trouble,
        }


def open_from_form(request: Request, about: About) -> Claim:
    """
    Open it as the form says. :raises Refusal: those of `open_parcel_claim`, `open_goods_claim` and `number_typed`
    """
    told = Told(
        kind=request.POST.get("kind", "")[:20],
        note=request.POST.get("note", "")[:1200],
        token=request.POST.get("token", "")[:40],
    )
    if about.parcel is not None:
        return open_parcel_claim(parcel_code=about.parcel.code, told=told, actor=request.actor, at=request.at)
    return open_goods_claim(
        sku_code=about.sku.code if about.sku else "",
        warehouse_id=whole_number(request.POST.get("warehouse", "")) or 0,
        quantity=number_typed(request.POST.get("quantity", ""), _("Pieces")),
        told=told,
        actor=request.actor,
        at=request.at,
    )
