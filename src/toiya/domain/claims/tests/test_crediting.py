"""Late by our fault: a credit by contract, once per order, within the month's cap (D-04, L47)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.books import findings, fingerprint
from tests.claims_world import a_credit_rule, a_priced_sku, booked, free, gone, late, packed_up, ready
from tests.world import NOON, WORLD, a_seller, a_warehouse, an_order, judged, money_in, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.claims.actions.crediting import credit_delays
from toiya.domain.claims.actions.terms import ClaimTermsStand, ClaimTermsWrong, CreditDraft, set_credit_rule
from toiya.domain.claims.late import waiting
from toiya.domain.claims.models import CreditRule, DelayCredit
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1, hours=1)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


def a_late_order(seller: Seller, house: Warehouse) -> Order:
    """Packed in time, left a day late because nobody loaded it."""
    parcel = ready(seller, house)
    late(parcel.order)
    return gone(parcel, at=LATER).order


def credited(seller: Seller, *orders: Order) -> int:
    ids = [order.pk for order in orders]
    return credit_delays(seller_id=seller.pk, order_ids=ids, actor=WORLD, at=LATER)


@pytest.mark.seed("L47")
def test_an_order_late_by_our_fault_is_credited_once_without_asking(seller: Seller, house: Warehouse) -> None:
    a_credit_rule(amount=100, percent=50)
    order = a_late_order(seller, house)
    assert waiting(LATER) == [(seller.pk, order.pk)]
    before = free(seller)

    assert [credited(seller, order) for _ in range(3)] == [1, 0, 0]

    row = DelayCredit.objects.get()
    assert (row.cause, row.fees_minor, row.amount_minor, row.month) == ("not_loaded", 385, 293, date(2026, 11, 1))
    assert (free(seller) - before, booked(order.code)) == (293, [293])
    assert waiting(LATER) == []
    told = EventRow.objects.get(name="order.delay_credited")
    assert (told.subject, told.data) == (order.code, {"amount_minor": 293, "currency": "JPY", "cause": "not_loaded"})
    assert findings() == []
    for change in (lambda: DelayCredit.objects.update(amount_minor=1), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.seed("L47")
def test_a_delay_of_somebody_else_is_not_credited(seller: Seller, house: Warehouse) -> None:
    a_credit_rule()
    sku = a_priced_sku(seller, 2_000)
    money_in(seller, 5_000)
    order = late(judged(an_order(seller))[0])  # it waited for pieces
    stock_of(sku, house, 1, at=LATER)
    order = gone(packed_up(judged(order, at=LATER)[0], house, at=LATER), at=LATER).order
    assert waiting(LATER) == []
    assert credited(seller, order) == 0
    assert DelayCredit.objects.count() == 0


def test_an_order_that_has_not_left_or_had_no_contract_waits(seller: Seller, house: Warehouse) -> None:
    rule = a_credit_rule(starts_on=date(2026, 11, 21))  # the day missed was the 20th
    parcel = ready(seller, house)
    late(parcel.order)
    assert waiting(LATER) == []
    order = gone(parcel, at=LATER).order
    assert credited(seller, order) == 0
    assert CreditRule.objects.get() == rule


@pytest.mark.seed("L47")
def test_the_cap_of_the_month_ends_credits_and_the_sellers_own_rule_goes_first(
    seller: Seller, house: Warehouse
) -> None:
    a_priced_sku(seller, 2_000)
    orders = [a_late_order(seller, house) for _ in range(3)]
    a_credit_rule(amount=9_000)
    a_credit_rule(amount=100, cap=150, seller=seller)

    assert credited(seller, orders[0]) == 1
    assert credited(seller, *orders) == 1

    rows = DelayCredit.objects.order_by("order_id").values_list("amount_minor", flat=True)
    assert list(rows) == [100, 50, 0]
    assert waiting(LATER) == []
    assert findings() == []


def test_rules_stand_and_are_sane(seller: Seller) -> None:
    def refused(refusal: type[Refusal], act: Callable[[], object]) -> None:
        before = fingerprint()
        with pytest.raises(refusal), transaction.atomic():
            act()
        assert fingerprint() == before

    first = a_credit_rule(amount=100)
    assert a_credit_rule(amount=100) == first
    refused(ClaimTermsStand, lambda: a_credit_rule(amount=101))
    refused(ClaimTermsWrong, lambda: a_credit_rule(percent=101, starts_on=date(2026, 2, 1)))
    draft = CreditDraft(date(2026, 2, 1), seller_code="SEL-NOBODY")
    refused(NotFound, lambda: set_credit_rule(rule=draft, actor=WORLD, at=NOON))
