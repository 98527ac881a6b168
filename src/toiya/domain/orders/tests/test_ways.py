"""Which service serves an order, and which a person may choose for a shop."""

from __future__ import annotations

import pytest

from tests.books import fingerprint
from tests.smart_world import serves
from tests.world import NOON, a_seller, acting_for
from toiya.core.models import EventRow
from toiya.domain.orders.actions.ways import ServiceNotUsed, choose_shop_way
from toiya.domain.orders.models import ShopWay
from toiya.domain.orders.ways import Services, Way, way_of

ONLY_FULFILMENT, ONLY_SMART, BOTH = Services(True, False), Services(False, True), Services(True, True)


@pytest.mark.parametrize(
    ("services", "chosen", "of_shop", "expected"),
    [
        (ONLY_FULFILMENT, "", "", Way.FULFILMENT),
        (ONLY_FULFILMENT, "smart_delivery", "smart_delivery", Way.FULFILMENT),
        (ONLY_SMART, "", "", Way.SMART_DELIVERY),
        (ONLY_SMART, "fulfilment", "fulfilment", Way.SMART_DELIVERY),
        (BOTH, "", "", Way.FULFILMENT),
        (BOTH, "", "smart_delivery", Way.SMART_DELIVERY),
        (BOTH, "fulfilment", "smart_delivery", Way.FULFILMENT),
        (BOTH, "smart_delivery", "fulfilment", Way.SMART_DELIVERY),
        (Services(False, False), "", "", Way.FULFILMENT),
    ],
)
@pytest.mark.seed("A025")
def test_an_order_is_served_by_what_its_seller_has_and_chose(
    services: Services, chosen: str, of_shop: str, expected: Way
) -> None:
    assert way_of(services, chosen=chosen, of_shop=of_shop) is expected


@pytest.mark.django_db
def test_a_shop_is_set_to_a_service_once() -> None:
    seller = serves(a_seller(), fulfilment=True, smart_delivery=True)
    for _ in range(2):
        choose_shop_way(
            seller_id=seller.pk, shop_code="CON-1", way=Way.SMART_DELIVERY, actor=acting_for(seller), at=NOON
        )

    assert list(ShopWay.objects.values_list("shop_code", "way")) == [("CON-1", "smart_delivery")]
    assert EventRow.objects.filter(name="shop.service_chosen").count() == 1


@pytest.mark.django_db
def test_a_service_the_seller_does_not_have_is_not_set() -> None:
    seller = a_seller()
    before = fingerprint()
    with pytest.raises(ServiceNotUsed):
        choose_shop_way(
            seller_id=seller.pk, shop_code="CON-1", way=Way.SMART_DELIVERY, actor=acting_for(seller), at=NOON
        )
    assert fingerprint() == before
