"""Rate cards: versions by day, a second person, copies, and whom they are for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.books import findings
from tests.pricing_world import SECOND, TODAY, WRITER, a_card, a_rate, in_force
from tests.world import NOON, a_seller, a_warehouse
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.pricing import card_rules, queries
from toiya.domain.pricing.actions.cards import (
    CardNameTaken,
    For,
    NoSuchCurrency,
    NotApproved,
    SamePerson,
    approve_version,
    assign_card,
    change_rates,
    copy_card,
    draft_card,
)
from toiya.domain.pricing.card_rules import Difference, RateChange
from toiya.domain.pricing.models import CardApproval, CardAssignment, CardVersion, RateCard
from toiya.domain.pricing.rules import Card, Kind, Rate
from toiya.domain.pricing.steps import CardDayOver, NothingChanged, RateOff, VersionOrder
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
PICK = RateChange(Kind.PICK_FIRST, Decimal(25), {})


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


def prices(card: Card) -> dict[str, str]:
    return {f"{rule.kind} {dict(rule.conditions)}": f"{rule.price}" for rule in card.rates}


def everything() -> list[int]:
    """How many rows there are of each kind."""
    return [model.objects.count() for model in (RateCard, CardVersion, CardApproval, CardAssignment, EventRow)]


def refused(refusal: type[Refusal], call: Callable[[], Any]) -> None:
    before = everything()
    with pytest.raises(refusal), transaction.atomic():
        call()
    assert everything() == before


def test_a_card_holds_from_its_day_on_for_everybody(house: Warehouse) -> None:
    in_force(a_rate(Kind.PICK_FIRST, "20"), from_on=TOMORROW)
    seller = a_seller()
    assert prices(queries.card_for(seller, house, TODAY)) == {}
    assert prices(queries.card_for(seller, house, TOMORROW)) == {"pick_first {}": "20"}


def test_the_closest_assignment_wins_and_the_rest_falls_through(
    house: Warehouse, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seller, other = a_seller(), a_seller("Kaede")
    standard = in_force(a_rate(Kind.PICK_FIRST, "20"), a_rate(Kind.PICK_MORE, "5"))
    in_force(a_rate(Kind.PICK_FIRST, "22"), warehouse=house, name="Funabashi")
    in_force(a_rate(Kind.PICK_FIRST, "18"), seller=seller, name="Hanataba")
    both = in_force(a_rate(Kind.PICK_FIRST, "17"), seller=seller, warehouse=house, name="Hanataba in Funabashi")

    with django_assert_num_queries(1):
        card = queries.card_for(seller, house, TODAY)

    assert (card.rates[0].card, f"{card.rates[0].price}") == (both.code, "17")
    assert [rule.level for rule in card.rates] == [4, 3, 2, 1, 1]
    assert [rule.card for rule in card.rates if rule.kind == Kind.PICK_MORE] == [standard.code]
    assert [f"{rule.price}" for rule in queries.card_for(other, house, TODAY).rates] == ["22", "20", "5"]
    assert [f"{rule.price}" for rule in queries.card_for(other, None, TODAY).rates] == ["20", "5"]


def test_a_change_is_a_new_version_and_the_past_stays(house: Warehouse) -> None:
    card = in_force(a_rate(Kind.PICK_FIRST, "20"), a_rate(Kind.INSERT, "3"))
    changes = [PICK, RateChange(Kind.INSERT, None, {}), RateChange(Kind.SHIPPING, Decimal("310"), {"service": "post"})]

    version = change_rates(card_code=card.code, changes=changes, from_on=TOMORROW, note="winter", actor=WRITER, at=NOON)

    assert prices(queries.card_for(None, house, TOMORROW)) == {"pick_first {}": "20", "insert {}": "3"}  # not approved
    approve_version(card_code=card.code, number=2, actor=SECOND, at=NOON)
    assert prices(queries.card_for(None, house, TODAY)) == {"pick_first {}": "20", "insert {}": "3"}
    now = queries.card_for(None, house, TOMORROW)
    assert prices(now) == {"pick_first {}": "25", "shipping {'service': 'post'}": "310"}
    assert (now.code, now.version, version.note) == (card.code, 2, "winter")
    old, new = queries.version_of(card.code, 1), queries.version_of(card.code, 2)
    assert [(each.kind, each.before and f"{each.before.price}", each.after and f"{each.after.price}")
            for each in card_rules.difference(old.rates, new.rates)] == [
        (Kind.PICK_FIRST, "20", "25"), (Kind.INSERT, "3", None), (Kind.SHIPPING, None, "310")
    ]  # fmt: skip
    assert findings() == []


def test_the_same_approval_twice_is_one() -> None:
    card = a_card(a_rate(Kind.PICK_FIRST, "20"))
    before = everything()
    approve_version(card_code=card.code, number=1, actor=SECOND, at=NOON)
    assert everything() == before


def test_an_end_lets_the_next_card_hold(house: Warehouse) -> None:
    seller = a_seller()
    in_force(a_rate(Kind.PICK_FIRST, "20"))
    in_force(a_rate(Kind.PICK_FIRST, "18"), seller=seller, name="Hanataba")
    assign_card(card_code="", to=For(seller.pk), from_on=TOMORROW, actor=WRITER, at=NOON)
    assert prices(queries.card_for(seller, house, TOMORROW)) == {"pick_first {}": "20"}


def test_a_copy_begins_with_the_newest_approved_prices() -> None:
    card = in_force(a_rate(Kind.PICK_FIRST, "20"))
    change_rates(card_code=card.code, changes=[PICK], from_on=TODAY, actor=WRITER, at=NOON)
    copied = copy_card(card_code=card.code, name="Copy", from_on=TOMORROW, actor=WRITER, at=NOON)
    assert prices(queries.version_of(copied.code, 1)) == {"pick_first {}": "20"}
    assert not CardApproval.objects.filter(version__card=copied).exists()


def test_two_people_put_prices_in_force() -> None:
    """S11: the one who wrote them may not."""
    card = draft_card(name="Own", rates=[a_rate(Kind.INSERT, "3")], from_on=TODAY, actor=WRITER, at=NOON)
    refused(SamePerson, lambda: approve_version(card_code=card.code, number=1, actor=WRITER, at=NOON))
    refused(NotApproved, lambda: assign_card(card_code=card.code, to=For(), from_on=TODAY, actor=WRITER, at=NOON))


def test_prices_of_days_that_are_over_stay(house: Warehouse) -> None:
    rates = [a_rate(Kind.INSERT, "3")]
    card = in_force(*rates)
    refused(CardDayOver, lambda: draft_card(name="X", rates=rates, from_on=YESTERDAY, actor=WRITER, at=NOON))
    refused(
        CardDayOver,
        lambda: change_rates(card_code=card.code, changes=[PICK], from_on=YESTERDAY, actor=WRITER, at=NOON),
    )
    refused(CardDayOver, lambda: assign_card(card_code=card.code, to=For(), from_on=YESTERDAY, actor=WRITER, at=NOON))
    change_rates(card_code=card.code, changes=[PICK], from_on=TODAY, actor=WRITER, at=NOON)
    later = NOON + timedelta(days=2)
    refused(CardDayOver, lambda: approve_version(card_code=card.code, number=2, actor=SECOND, at=later))


def test_a_version_does_not_come_before_the_one_in_force() -> None:
    card = a_card(a_rate(Kind.INSERT, "3"), from_on=TOMORROW)
    refused(
        VersionOrder, lambda: change_rates(card_code=card.code, changes=[PICK], from_on=TODAY, actor=WRITER, at=NOON)
    )
    for day in (TOMORROW, TOMORROW + timedelta(days=2)):
        change_rates(card_code=card.code, changes=[PICK], from_on=day, actor=WRITER, at=NOON)
    approve_version(card_code=card.code, number=3, actor=SECOND, at=NOON)
    refused(VersionOrder, lambda: approve_version(card_code=card.code, number=2, actor=SECOND, at=NOON))


@pytest.mark.parametrize(
    ("price", "per", "conditions"),
    [
        ("-1", 1, {}),
        ("1000001", 1, {}),
        ("0.00001", 1, {}),
        ("5", 0, {}),
        ("5", 1, {"moon": "full"}),
        ("5", 1, {"weight_g_from": "heavy"}),
        ("5", 1, {"service": ""}),
    ],
)
def test_a_rule_that_cannot_be_is_refused(price: str, per: int, conditions: dict[str, str | int]) -> None:
    for kind in (Kind.INSERT, Kind.SHIPPING):
        refuse_rule(a_rate(kind, price, per, **conditions))


def test_shipping_always_costs_something() -> None:
    """Only a parcel for which money is set aside goes on the truck."""
    refuse_rule(a_rate(Kind.SHIPPING, "0.99"))


def refuse_rule(rule: Rate) -> None:
    refused(RateOff, lambda: draft_card(name="X", rates=[rule], from_on=TODAY, actor=WRITER, at=NOON))


def test_other_refusals_change_nothing() -> None:
    card = a_card(a_rate(Kind.INSERT, "3"))
    same = [RateChange(Kind.INSERT, Decimal("3.00"), {})]
    refused(
        NothingChanged, lambda: change_rates(card_code=card.code, changes=same, from_on=TODAY, actor=WRITER, at=NOON)
    )
    refused(CardNameTaken, lambda: draft_card(name="Standard", rates=[], from_on=TODAY, actor=WRITER, at=NOON))
    refused(
        NoSuchCurrency,
        lambda: draft_card(name="X", rates=[], from_on=TODAY, currency="XXX", actor=WRITER, at=NOON),
    )
    refused(NotFound, lambda: approve_version(card_code="RC-NONE", number=1, actor=SECOND, at=NOON))
    refused(NotFound, lambda: approve_version(card_code=card.code, number=9, actor=SECOND, at=NOON))
    refused(
        NotFound, lambda: assign_card(card_code=card.code, to=For(seller_id=0), from_on=TODAY, actor=WRITER, at=NOON)
    )
    refused(
        NotFound, lambda: assign_card(card_code=card.code, to=For(warehouse_id=0), from_on=TODAY, actor=WRITER, at=NOON)
    )


def test_what_was_written_is_never_changed() -> None:
    a_card(a_rate(Kind.INSERT, "3"))
    for table in ("pricing_cardversion", "pricing_cardapproval"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def test_a_card_tells_what_happened() -> None:
    seller = a_seller()
    card = in_force(a_rate(Kind.INSERT, "3"), seller=seller)
    told = EventRow.objects.filter(name__startswith="rate_card.").order_by("pk")
    assert [(row.name, row.subject, row.seller_id) for row in told] == [
        ("rate_card.drafted", card.code, None),
        ("rate_card.approved", card.code, None),
        ("rate_card.assigned", seller.code, seller.pk),
    ]


def test_a_difference_names_what_was_and_what_is() -> None:
    old, new = a_rate(Kind.INSERT, "3"), a_rate(Kind.INSERT, "4")
    assert card_rules.difference([old], [new]) == [Difference(Kind.INSERT, {}, old, new)]
    assert card_rules.difference([old], [a_rate(Kind.INSERT, "3.00")]) == []
    assert date(2026, 11, 20) == TODAY
