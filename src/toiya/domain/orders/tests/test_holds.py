"""Holds: each reason stands once, and is lifted alone."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.books import fingerprint
from tests.world import NOON, a_seller, acting_for, an_order, held
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.orders.actions.holds import lift_hold
from toiya.domain.orders.models import Hold, Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(db: None) -> Order:
    return an_order(a_seller())


def open_holds(order: Order) -> list[tuple[str, dict[str, object]]]:
    return list(order.holds.filter(lifted_at=None).order_by("pk").values_list("code", "details"))


def test_two_reasons_stand_beside_each_other_and_are_told(order: Order) -> None:
    held(order, "wallet_too_low", missing=385)
    held(order, "address_unclear")
    assert open_holds(order) == [("wallet_too_low", {"missing": 385}), ("address_unclear", {})]
    told = EventRow.objects.filter(name="order.hold_placed").order_by("pk")
    assert [row.data["code"] for row in told] == ["wallet_too_low", "address_unclear"]


def test_the_same_reason_again_is_the_same_hold_with_newer_details(order: Order) -> None:
    first, second = held(order, missing=385), held(order, missing=100)
    assert first.pk == second.pk
    assert open_holds(order) == [("wallet_too_low", {"missing": 100})]
    assert EventRow.objects.filter(name="order.hold_placed").count() == 1


def test_a_lifted_hold_leaves_the_others_and_may_come_back(order: Order) -> None:
    held(order, "wallet_too_low")
    held(order, "address_unclear")
    lift_hold(order_code=order.code, code="wallet_too_low", actor=acting_for(order.seller), at=NOON)
    assert open_holds(order) == [("address_unclear", {})]
    held(order, "wallet_too_low")
    assert Hold.objects.filter(order=order, code="wallet_too_low").count() == 2
    row = EventRow.objects.get(name="order.hold_lifted")
    assert (row.subject, row.data) == (order.code, {"code": "wallet_too_low"})


def test_what_is_not_held_or_not_the_readers_is_not_found(order: Order) -> None:
    held(order)
    owner, stranger = acting_for(order.seller), acting_for(a_seller("Kaede"))
    before = fingerprint()
    for actor, code, reason in [
        (owner, order.code, "address_unclear"),
        (owner, "ORD-NOWHERE", "wallet_too_low"),
        (stranger, order.code, "wallet_too_low"),
    ]:
        with pytest.raises(NotFound):
            lift_hold(order_code=code, code=reason, actor=actor, at=NOON)
    assert fingerprint() == before


def test_the_database_itself_holds_one_open_hold_for_each_reason(order: Order) -> None:
    held(order)
    with pytest.raises(IntegrityError, match="one_open_hold_per_code"), transaction.atomic():
        Hold.objects.create(seller=order.seller, order=order, code="wallet_too_low", placed_at=NOON)
