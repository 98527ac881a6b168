"""Sellers are told apart by their freight marks; badges are locked after five wrong PINs."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.floor_world import PIN, a_person
from tests.world import NOON, PASSWORD, a_member, a_seller, a_warehouse
from toiya.core.actor import Permission
from toiya.core.models import EventRow
from toiya.domain.members.actions.joining import FRAMES, MOST_WRONG_PINS, WrongBadgeOrPin, reset_pin, sign_in_on_floor
from toiya.domain.members.models import Staff
from toiya.domain.members.queries import actor_of, seller_of
from toiya.domain.members.rules import OPERATOR_ROLES, SELLER_ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def picker(db: None) -> Staff:
    return a_person(a_warehouse())


def test_eight_sellers_of_one_character_have_eight_frames() -> None:
    sellers = [a_seller(f"Hanataba {number}") for number in range(len(FRAMES))]
    assert {seller.mark_character for seller in sellers} == {"H"}
    assert {seller.mark_frame for seller in sellers} == set(FRAMES)
    assert a_seller("Hanataba 9").mark_frame in FRAMES
    assert findings() == []


def test_a_seller_that_joined_is_told() -> None:
    seller = a_seller(" 花束")
    row = EventRow.objects.get(name="seller.joined")
    assert (row.seller_id, row.subject, seller.mark_character) == (seller.pk, seller.code, "花")


def sign_in(badge: str, pin: str) -> Staff | None:
    try:
        return sign_in_on_floor(badge=badge, pin=pin)
    except WrongBadgeOrPin:
        return None


def test_badge_and_pin_say_who_stands_there(picker: Staff) -> None:
    assert sign_in(picker.badge, PIN) == picker
    assert sign_in(picker.badge, "0000") is None
    assert sign_in("BADGE-NONE", PIN) is None
    assert sign_in(picker.badge, PIN) == picker


def test_five_wrong_pins_lock_the_badge_until_it_is_reset(picker: Staff) -> None:
    for _ in range(MOST_WRONG_PINS):
        assert sign_in(picker.badge, "0000") is None
    assert sign_in(picker.badge, PIN) is None
    reset_pin(badge=picker.badge, pin="1234")
    assert sign_in(picker.badge, PIN) is None
    assert sign_in(picker.badge, "1234") == picker


def test_a_right_pin_forgives_the_wrong_ones_before(picker: Staff) -> None:
    for _ in range(3):
        for _ in range(MOST_WRONG_PINS - 1):
            sign_in(picker.badge, "0000")
        assert sign_in(picker.badge, PIN) == picker


def test_who_was_switched_off_does_not_get_in(picker: Staff) -> None:
    picker.user.is_active = False
    picker.user.save()
    assert sign_in(picker.badge, PIN) is None
    assert actor_of(picker.user, at=NOON) is None


def test_a_member_acts_for_the_chosen_shop_with_the_role_there() -> None:
    first, second = a_seller("Aoi"), a_seller("Kaede")
    user = a_member(first, "clerk")
    second.memberships.create(user=user, role="owner")
    here, there = actor_of(user, at=NOON), actor_of(user, second.code, at=NOON)
    assert here is not None
    assert there is not None
    assert (here.seller_id, here.permissions) == (first.pk, SELLER_ROLES["clerk"])
    assert (there.seller_id, there.permissions) == (second.pk, SELLER_ROLES["owner"])
    assert (seller_of(there), there.is_operator) == (second, False)
    assert actor_of(user, "SLR-NOWHERE", at=NOON) == here


def test_staff_act_for_the_operator_in_their_warehouse(picker: Staff) -> None:
    actor = actor_of(picker.user, at=NOON)
    assert actor is not None
    assert (actor.is_operator, actor.warehouse_id, actor.permissions) == (
        True,
        picker.warehouse_id,
        OPERATOR_ROLES["picker"],
    )
    assert not actor.may(Permission.SEE_OFFICE)
    assert seller_of(actor) is None


def test_an_e_mail_is_one_person_however_it_is_written() -> None:
    user = a_member(a_seller(), email="Minami@Example.COM")
    assert user.email == "minami@example.com"
    assert user.check_password(PASSWORD)


def test_a_person_without_any_role_is_nobody() -> None:
    user = a_member(a_seller())
    user.memberships.all().delete()
    assert actor_of(user, at=NOON) is None
