"""An order in several boxes: each with its own pieces, label and fee; the order leaves with the last one."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from tests.floor_world import a_coded_sku, bins_agree, in_bin, labelled, on_the_floor, released, walked
from tests.packing_world import a_box_of, problems
from tests.split_world import split
from tests.world import NOON, WORLD, an_order, judged, stock_of
from toiya.core.models import EventRow
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Address, OpenOrder, Order
from toiya.domain.outbound.actions.evidence import print_slip
from toiya.domain.outbound.actions.packing import EmptyTote, open_tote
from toiya.domain.outbound.actions.sealing import PiecesMissing
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.models import Content, Parcel
from toiya.domain.stock.models import Balance
from toiya.domain.wallet.models import Account
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def tote(seller: Seller, warehouse: Warehouse, picker: Staff, service: Service) -> str:
    """Three pieces of A and one of B, 300 g each, picked into T-001."""
    stock_of(a_coded_sku(seller, "A"), warehouse, 5, bin_code="A01-01-1")
    stock_of(a_coded_sku(seller, "B"), warehouse, 5, bin_code="A01-02-1")
    release, _ = on_the_floor(seller, warehouse, {"A": 3, "B": 1})
    walked(release.pick_lists[0].code, picker)
    return "T-001"


def shipped(*parcels: Parcel) -> None:
    codes = [parcel.code for parcel in parcels]
    ship_parcels(seller_id=parcels[0].seller_id, parcel_codes=codes, actor=WORLD, at=NOON)


def told(order: Order) -> list[str]:
    rows = EventRow.objects.filter(subject=order.code, name__in=["parcel.shipped", "order.shipped"])
    return list(rows.order_by("pk").values_list("name", flat=True))


def test_a_box_is_closed_and_the_rest_goes_into_the_next(tote: str, picker: Staff, warehouse: Warehouse) -> None:
    first = a_box_of(tote, picker, "A", "A", weight_g=620, has_more=True)
    assert (in_bin(warehouse, "T-001"), in_bin(warehouse, "OUT-1")) == (2, 2)
    assert Order.objects.get().status == "packing"

    second = a_box_of(tote, picker, "A", "B", weight_g=640)

    assert second.pk != first.pk
    assert (in_bin(warehouse, "T-001"), in_bin(warehouse, "OUT-1")) == (0, 4)
    contents = Content.objects.order_by("pk").values_list("parcel_id", "quantity")
    assert list(contents) == [(first.pk, 2), (second.pk, 1), (second.pk, 1)]
    with pytest.raises(EmptyTote):
        open_tote(warehouse_id=warehouse.pk, scan=tote, actor=WORLD, at=NOON)
    assert problems() == []


def test_an_empty_box_is_not_closed(tote: str, picker: Staff) -> None:
    with pytest.raises(PiecesMissing):
        a_box_of(tote, picker, weight_g=100, has_more=True)
    assert Parcel.objects.get().status == "open"


def test_the_slip_says_which_parcel_it_is_and_how_many_there_are_once_that_is_sure(
    tote: str, picker: Staff, seller: Seller, warehouse: Warehouse
) -> None:
    first = a_box_of(tote, picker, "A", "A", weight_g=620, has_more=True)
    assert "Parcel 1. The rest comes in other parcels." in slip(first)
    second = a_box_of(tote, picker, "A", "B", weight_g=640)
    assert "Parcel 2 of 2" in slip(second)
    assert "Parcel 1. The rest" in slip(first)

    stays, _part = split(judged(an_order(seller, {"B": 2}))[0], 1)
    walked(released(warehouse, stays).pick_lists[0].code, picker, ["T-002"])
    half = open_tote(warehouse_id=warehouse.pk, scan="T-002", actor=WORLD, at=NOON)
    assert "Parcel 1 of 2" in slip(half)

    whole = judged(an_order(seller, {"A": 1}))[0]
    walked(released(warehouse, whole).pick_lists[0].code, picker, ["T-001"])
    alone = open_tote(warehouse_id=warehouse.pk, scan="T-001", actor=WORLD, at=NOON)
    assert "Parcel 1" not in slip(alone)


def slip(parcel: Parcel) -> str:
    """In English, which buyers elsewhere read."""
    Address.objects.update(country="US")
    document = PdfDocument(print_slip(parcel_code=parcel.code, actor=WORLD, at=NOON))
    Address.objects.update(country="JP")
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_order_is_ready_and_leaves_with_its_last_box(tote: str, picker: Staff, seller: Seller) -> None:
    first = labelled(a_box_of(tote, picker, "A", "A", weight_g=620, has_more=True))
    assert (first.status, first.order.status) == ("labelled", "packing")
    second = labelled(a_box_of(tote, picker, "A", "B", weight_g=640))
    assert second.order.status == "ready"
    assert first.label is not None
    assert second.label is not None
    assert first.label.tracking_number != second.label.tracking_number

    shipped(first)
    assert Order.objects.get().status == "ready"
    assert OpenOrder.objects.count() == 1
    assert problems() == []
    shipped(second)

    order = Order.objects.get()
    assert (order.status, OpenOrder.objects.count()) == ("shipped", 0)
    assert told(order) == ["parcel.shipped", "order.shipped"]
    assert Account.objects.get(seller=seller, kind="fees").balance_minor == 2 * 385
    assert sum(Balance.objects.values_list("allocated", flat=True)) == 0
    assert bins_agree()
    assert problems() == []


def test_a_box_may_leave_while_the_rest_is_packed(tote: str, picker: Staff) -> None:
    first = labelled(a_box_of(tote, picker, "A", "A", weight_g=620, has_more=True))
    shipped(first)
    assert Order.objects.get().status == "packing"
    assert problems() == []

    second = labelled(a_box_of(tote, picker, "A", "B", weight_g=640))
    assert second.order.status == "ready"
    shipped(second)
    assert told(Order.objects.get()) == ["parcel.shipped", "order.shipped"]
    assert problems() == []


def test_all_boxes_of_an_order_handed_over_at_once(tote: str, picker: Staff) -> None:
    first = labelled(a_box_of(tote, picker, "A", "A", weight_g=620, has_more=True))
    second = labelled(a_box_of(tote, picker, "A", "B", weight_g=640))
    shipped(first, second)
    shipped(first, second)
    assert told(Order.objects.get()) == ["parcel.shipped", "order.shipped"]
    assert problems() == []
