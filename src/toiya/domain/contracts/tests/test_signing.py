"""Applying for centres: what is signed is what was shown, and it is what the house then does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.books import fingerprint
from tests.dues_world import on, signed
from tests.pricing_world import a_rate, in_force
from tests.receiving_world import a_delivery, arrived
from tests.world import NOON, WORLD, a_member, a_seller, a_sku, a_warehouse, actor_for
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.contracts import queries, text
from toiya.domain.contracts.actions.signing import (
    Application,
    ConsentMissing,
    NoCentreChosen,
    TextChanged,
    apply_for_centres,
)
from toiya.domain.contracts.actions.terms import (
    AnnouncedTooLate,
    AnotherVersionComing,
    FigureOutOfRange,
    announce_terms,
    set_variation,
)
from toiya.domain.contracts.models import Agreement
from toiya.domain.contracts.rules import storage_fee
from toiya.domain.members.models import Seller
from toiya.domain.pricing.queries import card_for
from toiya.domain.pricing.rules import Entry, Kind, Period, rate
from toiya.domain.warehouses.models import CentreUse, Warehouse

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.mark.seed("A018", "A063", "A072")
def test_a_signature_keeps_who_when_what_and_the_text(seller: Seller, house: Warehouse) -> None:
    seoul = a_warehouse("SEL", "Seoul")
    Warehouse.objects.filter(pk=seoul.pk).update(time_zone="Asia/Seoul")
    seller.uses_fulfilment, seller.uses_smart_delivery = False, True
    seller.save()
    owner = a_member(seller)

    made = signed(seller, house, seoul, language="zh-hans", actor=actor_for(owner, seller))

    assert [(each.country, each.version, each.language) for each in made] == [
        ("JP", 1, "zh-hans"),
        ("KR", 1, "zh-hans"),
    ]
    first = made[0]
    assert (first.signed_by_id, first.signed_by, first.signed_at) == (owner.pk, owner.name, NOON)
    assert first.pays_fees_automatically
    assert first.text_sha256 == text.hash_of(first.text)
    assert first.figures["due_day"] == 20
    assert {use.warehouse_id for use in CentreUse.objects.filter(ended_at=None)} == {house.pk, seoul.pk}
    seller.refresh_from_db()
    assert (seller.uses_fulfilment, seller.uses_smart_delivery) == (True, True)
    assert not queries.is_to_sign(seller.pk, "JP", NOON)


def test_the_governing_text_stands_first_and_the_readers_own_beside_it(seller: Seller) -> None:
    terms = queries.terms_offered(seller.pk, "JP", TODAY)
    own, both = text.whole(terms, "ja"), text.whole(terms, "ko")
    assert both.startswith(own)
    assert both[len(own) :].count("\n1. ") == 1


def test_the_same_form_twice_signs_once_and_other_centres_are_used(seller: Seller, house: Warehouse) -> None:
    second = a_warehouse("KWG", "Kawaguchi")
    signed(seller, house)
    assert signed(seller, house) == []
    assert signed(seller, second) == []
    assert Agreement.objects.count() == 1
    assert list(CentreUse.objects.filter(ended_at=None).values_list("warehouse_id", flat=True)) == [second.pk]
    signed(seller, house, second)
    assert CentreUse.objects.filter(ended_at=None).count() == 2
    assert EventRow.objects.filter(name="seller.centres_chosen").count() == 4


@pytest.mark.seed("A018", "A062")
def test_without_ticks_centres_or_the_text_that_was_read_nothing_is_signed(seller: Seller, house: Warehouse) -> None:
    read = [text.hash_of(text.whole(queries.terms_offered(seller.pk, "JP", TODAY), "ja"))]
    right = Application([house.code], "ja", True, True, read)
    before = fingerprint()
    for wrong, refusal in (
        (replace(right, agrees=False), ConsentMissing),
        (replace(right, pays_automatically=False), ConsentMissing),
        (replace(right, centres=[]), NoCentreChosen),
        (replace(right, centres=["NOWHERE"]), NotFound),
        (replace(right, read=["another text"]), TextChanged),
    ):
        with pytest.raises(refusal):
            apply_for_centres(seller_id=seller.pk, application=wrong, actor=WORLD, at=NOON)
        assert fingerprint() == before
    assert len(apply_for_centres(seller_id=seller.pk, application=right, actor=WORLD, at=NOON)) == 1


@pytest.mark.seed("A072")
def test_new_terms_are_announced_ahead_and_hold_when_they_are_signed(seller: Seller, house: Warehouse) -> None:
    signed(seller, house)
    starts = date(2026, 12, 20)
    announce_terms(country="JP", changes={"due_day": 25}, holds_from=starts, actor=WORLD, at=NOON)
    assert queries.is_to_sign(seller.pk, "JP", NOON)
    assert queries.terms_in_force(seller.pk, "JP", on(2026, 12, 25)).due_day == 20
    (second,) = signed(seller, house)
    assert second.version == 2
    assert queries.terms_in_force(seller.pk, "JP", on(2026, 12, 19)).due_day == 20
    assert queries.terms_in_force(seller.pk, "JP", on(2026, 12, 20)).due_day == 25
    other = a_seller("Kaede")
    assert queries.terms_in_force(other.pk, "JP", on(2026, 12, 19)).due_day == 20
    assert queries.terms_in_force(other.pk, "JP", on(2026, 12, 20)).due_day == 25


def test_terms_that_come_too_soon_or_cannot_be_are_refused(seller: Seller) -> None:
    soon, later = date(2026, 12, 1), date(2026, 12, 20)
    before = fingerprint()
    with pytest.raises(AnnouncedTooLate):
        announce_terms(country="JP", changes={}, holds_from=soon, actor=WORLD, at=NOON)
    with pytest.raises(FigureOutOfRange):
        announce_terms(country="JP", changes={"due_day": 31}, holds_from=later, actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        announce_terms(country="XX", changes={}, holds_from=later, actor=WORLD, at=NOON)
    assert fingerprint() == before
    announce_terms(country="JP", changes={}, holds_from=later, actor=WORLD, at=NOON)
    with pytest.raises(AnotherVersionComing):
        announce_terms(country="JP", changes={}, holds_from=later + timedelta(days=9), actor=WORLD, at=NOON)


def test_a_sellers_own_numbers_hold_when_it_has_signed_them(seller: Seller, house: Warehouse) -> None:
    signed(seller, house)
    given = {"storage_below_pieces": 5, "grace_days": 10}
    set_variation(seller_code=seller.code, country="JP", changes=given, note="volume", actor=WORLD, at=NOON)
    assert queries.terms_in_force(seller.pk, "JP", NOON).grace_days == 0
    (own,) = signed(seller, house, language="en")
    assert "fewer than 5 pieces" in own.text
    assert queries.terms_in_force(seller.pk, "JP", NOON).grace_days == 10
    assert queries.terms_offered(a_seller("Kaede").pk, "JP", TODAY).grace_days == 0
    with pytest.raises(FigureOutOfRange):
        set_variation(seller_code=seller.code, country="JP", changes={"due_day": 99}, note="", actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        set_variation(seller_code="SLR-NONE", country="JP", changes={}, note="", actor=WORLD, at=NOON)


@pytest.mark.seed("A068")
def test_a_delivery_that_arrived_is_booked_within_the_days_of_the_agreement(seller: Seller, house: Warehouse) -> None:
    sku = a_sku(seller)
    bundle = a_delivery(seller, house, {sku: 4})
    assert queries.booked_by(bundle, NOON) is None
    bundle = arrived(bundle)
    assert bundle.arrived_at is not None
    day = bundle.arrived_at.astimezone(ZoneInfo("Asia/Tokyo")).date()
    assert queries.booked_by(bundle, NOON) == day + timedelta(days=3)
    set_variation(seller_code=seller.code, country="JP", changes={"booking_days": 1}, note="", actor=WORLD, at=NOON)
    signed(seller, house)
    assert queries.booked_by(bundle, NOON) == day + timedelta(days=1)


def test_the_storage_fee_of_the_text_is_the_one_the_rate_card_charges(seller: Seller, house: Warehouse) -> None:
    rule = a_rate(Kind.STORAGE_MONTH, "45", shipped_under=6, is_first_month=0)
    in_force(rule, seller=seller)
    day = date(2026, 12, 20)
    terms = queries.terms_offered(seller.pk, "JP", day)
    month = Entry(Kind.STORAGE_MONTH, day, "SKU", 20, {"shipped": 5, "is_first_month": 0, "sku": "SKU"})
    (line,) = rate(card_for(seller, None, day), [month], Period.day(day))

    assert (terms.storage_below_pieces, terms.storage_price_minor, terms.storage_free_months) == (6, 45, 1)
    assert storage_fee(terms, shipped=5, left=20) == line.amount_minor == 900
    assert "20 × 45 JPY = 900 JPY" in text.whole(terms, "en")
    assert queries.terms_offered(a_seller("Kaede").pk, "JP", day).storage_price_minor == 30
