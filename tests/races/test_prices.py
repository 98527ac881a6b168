"""Six people change one rate card at once, begin cards of one name, and charge the same cause."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError

from tests.books import findings
from tests.pricing_world import SECOND, TODAY, WRITER, a_card, a_rate
from tests.races.together import together
from tests.world import NOON, a_seller
from toiya.domain.pricing.actions import cards
from toiya.domain.pricing.actions.cards import CardNameTaken, approve_version, change_rates, draft_card
from toiya.domain.pricing.actions.charging import quoted, write_charges
from toiya.domain.pricing.card_rules import RateChange
from toiya.domain.pricing.models import CardApproval, CardVersion, Charge, RateCard
from toiya.domain.pricing.rules import Card, Entry, Kind

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6


@pytest.fixture
def card(transactional_db: None) -> RateCard:
    return a_card(a_rate(Kind.INSERT, "3"))


def changes(card: RateCard) -> list[Callable[[], object]]:
    def change(price: int) -> object:
        wanted = [RateChange(Kind.INSERT, Decimal(price), {})]
        return change_rates(card_code=card.code, changes=wanted, from_on=TODAY, actor=WRITER, at=NOON)

    return [lambda price=price: change(price) for price in range(10, 10 + PEOPLE)]  # type: ignore[misc]


def test_each_change_is_a_version_of_its_own(card: RateCard) -> None:
    ends = together(changes(card))
    assert (ends.troubles, ends.refusals) == ([], [])
    numbers = CardVersion.objects.filter(card=card).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, PEOPLE + 2))


def test_control_without_the_lock_two_changes_want_one_number(card: RateCard, monkeypatch: pytest.MonkeyPatch) -> None:
    everybody_has_read = Barrier(PEOPLE)

    def unlocked(code: str) -> RateCard:
        found = RateCard.objects.get(code=code)
        with suppress(BrokenBarrierError):
            everybody_has_read.wait(timeout=10)
        return found

    monkeypatch.setattr(cards, "locked_card", unlocked)
    ends = together(changes(card))
    assert {type(trouble) for trouble in ends.troubles} == {IntegrityError}


def test_a_version_approved_six_times_at_once_is_approved_once(card: RateCard) -> None:
    changes(card)[0]()
    approve = [lambda: approve_version(card_code=card.code, number=2, actor=SECOND, at=NOON)] * PEOPLE
    ends = together(approve)
    assert (ends.troubles, ends.refusals) == ([], [])
    assert CardApproval.objects.filter(version__card=card).count() == 2


def test_one_name_is_one_card(transactional_db: None) -> None:
    begin = [lambda: draft_card(name="Standard", rates=[], from_on=TODAY, actor=WRITER, at=NOON)] * PEOPLE
    ends = together(begin)
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [CardNameTaken] * (PEOPLE - 1)
    assert RateCard.objects.count() == CardVersion.objects.count() == 1


def test_a_cause_charged_six_times_at_once_is_charged_once(transactional_db: None) -> None:
    seller = a_seller()
    entries = [Entry(Kind.SHIPPING, TODAY, "PCL-1", 1, {}, 310), Entry(Kind.PICK_FIRST, TODAY, "PCL-1", 1)]
    quote = quoted(Card("", 0, "JPY"), entries)
    charge = [lambda: write_charges(seller_id=seller.pk, source="PCL-1", quote=quote, at=NOON)] * PEOPLE
    ends = together(charge)
    assert (ends.troubles, ends.refusals) == ([], [])
    assert list(Charge.objects.order_by("number").values_list("kind", "amount_minor")) == [
        ("shipping", 310),
        ("pick_first", 0),
    ]
    assert findings("I08") == []
