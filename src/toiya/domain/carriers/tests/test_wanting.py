"""Wanting labels and drawing their numbers; each refusal leaves everything as it was."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from toiya.core.actor import Actor, system_actor
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.core.states import NoSuchStep
from toiya.domain.carriers import plugs
from toiya.domain.carriers.actions import contracts
from toiya.domain.carriers.actions.contracts import NewNumberRange, NewService
from toiya.domain.carriers.actions.labels import LabelWantedOtherwise, ask_again, want_label
from toiya.domain.carriers.models import Label, NumberRange, Service
from toiya.domain.carriers.port import LabelRequest
from toiya.domain.carriers.queries import request_of
from toiya.domain.carriers.tests.scripted_carrier import ScriptedCarrier
from toiya.domain.members.models import Seller

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("numbers")]

LATER = timedelta(hours=1)


def everything() -> list[Any]:
    """All rows an action of carriers could have changed."""
    return [
        list(Label.objects.order_by("pk").values()),
        list(NumberRange.objects.order_by("pk").values()),
        list(Service.objects.order_by("pk").values()),
        EventRow.objects.count(),
    ]


def want(seller: Seller, service: Service, wish: LabelRequest, at: datetime, **changes: Any) -> Label:
    return want_label(seller_id=seller.pk, service=service, request=replace(wish, **changes), at=at)


def test_a_wish_keeps_the_parcels_data_and_draws_the_next_number(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime
) -> None:
    label = want(seller, service, wish, at)
    label.refresh_from_db()
    assert (label.status, label.tracking_number, label.attempt) == ("wanted", "999000000014", 0)
    assert (label.wanted_at, label.next_try_at, label.bought_at) == (at, at, None)
    assert request_of(label) == replace(
        wish, service_code="swift", service_name="Swift Letter", tracking_number="999000000014"
    )


def test_wanting_the_same_twice_is_one_label_with_one_number(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime
) -> None:
    first = want(seller, service, wish, at)
    before = everything()
    assert want(seller, service, wish, at + LATER).pk == first.pk
    assert everything() == before


def test_the_next_parcel_gets_the_next_body_with_its_own_check_digit(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime
) -> None:
    want(seller, service, wish, at)
    assert want(seller, service, wish, at, reference="PCL-2").tracking_number == "999000000025"


def test_a_carrier_that_gives_its_own_numbers_draws_none(
    seller: Seller, service: Service, carrier: ScriptedCarrier, wish: LabelRequest, at: datetime
) -> None:
    carrier.needs_number = False
    assert want(seller, service, wish, at).tracking_number == ""


def test_a_wanted_label_is_not_replaced_by_other_data(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime
) -> None:
    want(seller, service, wish, at)
    before = everything()
    with pytest.raises(LabelWantedOtherwise) as refused:
        want(seller, service, wish, at, weight_g=999)
    assert refused.value.details["parcel"] == "PCL-7K2M4Q-9"
    assert everything() == before


def test_a_rejected_label_is_wanted_again_with_new_data_and_the_same_number(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime
) -> None:
    label = want(seller, service, wish, at)
    Label.objects.filter(pk=label.pk).update(status="rejected", problem="weight", next_try_at=None, attempt=1)
    again = want(seller, service, wish, at + LATER, weight_g=900)
    again.refresh_from_db()
    assert (again.pk, again.status, again.tracking_number) == (label.pk, "wanted", "999000000014")
    assert (again.shipment["weight_g"], again.problem, again.next_try_at) == (900, "", at + LATER)
    assert again.attempt == 1


def test_a_rejected_label_wanted_from_another_carrier_draws_a_number_of_that_carrier(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime
) -> None:
    label = want(seller, service, wish, at)
    Label.objects.filter(pk=label.pk).update(status="rejected")
    other = ScriptedCarrier("other", needs_number=False)
    plugs.install({**plugs._carriers, "other": other})
    actor = system_actor("tests")
    slow = contracts.add_service(service=NewService("slow", "other", "Slow", "Slow", 1000, 100), actor=actor, at=at)
    again = want(seller, slow, wish, at)
    assert (again.carrier, again.tracking_number, again.service_id) == ("other", "", slow.pk)


def test_a_range_that_is_used_up_refuses_and_changes_nothing(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime
) -> None:
    for number in range(3):
        want(seller, service, wish, at, reference=f"PCL-{number}")
    before = everything()
    with pytest.raises(contracts.NumberRangeUsedUp) as refused:
        want(seller, service, wish, at)
    assert str(refused.value) == (
        "The tracking numbers of Scripted Express are used up: 999000000036 was the last one. "
        "Order a new range from the carrier and enter it in the office."
    )
    assert everything() == before


def test_a_carrier_without_a_range_refuses_and_changes_nothing(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime
) -> None:
    NumberRange.objects.all().delete()
    before = everything()
    with pytest.raises(contracts.NoNumberRange):
        want(seller, service, wish, at)
    assert everything() == before


def test_test_numbers_are_never_given_to_a_real_carrier(
    seller: Seller,
    service: Service,
    carrier: ScriptedCarrier,
    wish: LabelRequest,
    at: datetime,
) -> None:
    carrier.is_test = False
    before = everything()
    with pytest.raises(contracts.NumberRangeOfOtherKind):
        want(seller, service, wish, at)
    assert everything() == before


@pytest.mark.parametrize("status", ["rejected", "in_doubt"])
def test_a_person_has_the_carrier_asked_again(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime, status: str
) -> None:
    label = want(seller, service, wish, at)
    Label.objects.filter(pk=label.pk).update(status=status, next_try_at=None, problem="silent")
    ask_again(reference=wish.reference, actor=system_actor("tests"), at=at + LATER)
    label.refresh_from_db()
    assert (label.status, label.problem, label.next_try_at) == ("wanted", "", at + LATER)
    event = EventRow.objects.order_by("pk").last()
    assert event is not None
    assert (event.name, event.subject, event.seller_id) == ("label.asked_again", "ORD-7K2M4Q-9", seller.pk)


@pytest.mark.parametrize("status", ["wanted", "bought"])
def test_a_label_that_is_wanted_or_made_is_not_asked_for_again(
    seller: Seller, service: Service, wish: LabelRequest, at: datetime, status: str
) -> None:
    label = want(seller, service, wish, at)
    Label.objects.filter(pk=label.pk).update(status=status)
    before = everything()
    with pytest.raises(NoSuchStep):
        ask_again(reference=wish.reference, actor=system_actor("tests"), at=at)
    assert everything() == before


def test_another_sellers_label_is_not_found(seller: Seller, service: Service, wish: LabelRequest, at: datetime) -> None:
    label = want(seller, service, wish, at)
    Label.objects.filter(pk=label.pk).update(status="rejected")
    before = everything()
    stranger = replace(system_actor("stranger"), seller_id=seller.pk + 1)
    with pytest.raises(NotFound):
        ask_again(reference=wish.reference, actor=stranger, at=at)
    assert everything() == before


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (99_900_000_004, 99_900_000_009, contracts.NumberRangeInUse),
        (99_900_000_009, 99_900_000_004, contracts.NumberRangeBackwards),
        (123, 456, contracts.NumberRangeBackwards),
    ],
)
def test_a_range_in_use_or_a_wrong_one_is_refused(
    actor: Actor, at: datetime, first: int, last: int, refusal: type[Exception]
) -> None:
    before = everything()
    new = NewNumberRange("scripted", first, last, is_test=True)
    with pytest.raises(refusal):
        contracts.open_number_range(numbers=new, actor=actor, at=at)
    assert everything() == before


def test_a_range_that_is_used_up_is_followed_by_one_behind_it(
    seller: Seller, service: Service, wish: LabelRequest, actor: Actor, at: datetime
) -> None:
    for number in range(3):
        want(seller, service, wish, at, reference=f"PCL-{number}")
    new = NewNumberRange("scripted", 99_900_000_010, 99_900_000_020, is_test=True)
    contracts.open_number_range(numbers=new, actor=actor, at=at)
    assert want(seller, service, wish, at).tracking_number == f"99900000010{99_900_000_010 % 7}"


def test_a_services_code_is_there_once(service: Service, actor: Actor, at: datetime) -> None:
    before = everything()
    with pytest.raises(contracts.ServiceExists):
        contracts.add_service(service=NewService("swift", "scripted", "x", "x", 1, 1), actor=actor, at=at)
    assert everything() == before
