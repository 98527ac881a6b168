"""Orders that are to arrive on a day, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tests.floor_world import packed, released, walked
from tests.orders_in_world import an_entered_order
from tests.world import NOON, WORLD, a_draft, judged
from toiya.domain.carriers.actions.abroad import Abroad, offer_abroad
from toiya.domain.carriers.actions.contracts import NewService
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel
from toiya.domain.warehouses.models import Warehouse

SATURDAY = date(2026, 11, 21)


def a_wished_order(seller: Seller, day: date | None = SATURDAY, slot: str = "AM", shop_code: str = "") -> Order:
    """An order of a site whose buyer asked for a day and hours."""
    draft = replace(a_draft("7012", {"LT-NVM": 1}, shop_code=shop_code), deliver_on=day, slot=slot)
    placed = place_orders(seller_id=seller.pk, drafts=[draft], actor=WORLD, at=NOON)
    return Order.objects.get(code=placed.codes[draft.key])


def sealed(order: Order, picker: Staff, service: Service, at: datetime = NOON) -> Parcel:
    """The order's parcel, picked and packed; its stock must be there."""
    in_a_tote(order, picker)
    return packed("T-001", picker, service, at=at)


def in_a_tote(order: Order, picker: Staff) -> None:
    """The order, picked into T-001."""
    warehouse = Warehouse.objects.get(pk=picker.warehouse_id or 0)
    walked(released(warehouse, *judged(order)).pick_lists[0].code, picker)


def entered_and_sealed(
    seller: Seller, picker: Staff, service: Service, wish: Mapping[str, Any], at: datetime = NOON
) -> Parcel:
    """The parcel of an order that its seller entered with this wish."""
    return sealed(an_entered_order(seller, **wish), picker, service, at)


KOREA = {
    "country": "Korea",
    "phone": "010-2345-6789",
    "postal_code": "04524",
    "address": "서울특별시 중구 세종대로 110",
    "receiver": "김민수",
}


def a_service_abroad(*countries: str, code: str = "EMS") -> Service:
    """EMS to these countries, to Korea unless told otherwise; the number is typed."""
    new = NewService(code, "by_form", code, code, max_weight_g=30_000, price_minor=2_000)
    return offer_abroad(offer=Abroad(new, countries or ("KR",)), actor=WORLD, at=NOON)


def complete_for_customs(order: Order) -> None:
    """What customs want to know of the seller's SKUs."""
    order.seller.sku_set.update(hs_code="420222", customs_text="Cotton bag", origin_country="JP")
