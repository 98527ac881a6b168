"""Differences of a delivery become one conversation, in the seller's language, told once."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.floor_world import a_coded_sku, a_person, acting_as
from tests.receiving_world import a_delivery, arrived, counted
from tests.world import NOON, WORLD, a_seller, a_warehouse
from toiya.domain.conversations.actions.telling_differences import tell_differences
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.models import CargoBundle

pytestmark = pytest.mark.django_db


def a_completed_one(told: int, came: int) -> CargoBundle:
    seller, house = a_seller(), a_warehouse()
    seller.language = "en"
    seller.save()
    sku = a_coded_sku(seller, "TOTE")
    bundle = arrived(a_delivery(seller, house, {sku: told}))
    if came:
        counted(bundle, sku, came)
    picker = a_person(house, name="Sato")
    complete_delivery(bundle_id=bundle.pk, actor=acting_as(picker), at=NOON)
    return bundle


@pytest.mark.seed("A119")
def test_the_seller_is_told_once_by_who_counted() -> None:
    bundle = a_completed_one(told=10, came=8)
    with translation.override("ko"):
        for _ in range(2):
            tell_differences(bundle_id=bundle.pk, actor=WORLD, at=NOON)
    conversation = Conversation.objects.get()
    assert (conversation.about_kind, conversation.about_code, conversation.status) == (
        "bundle",
        bundle.code,
        "waiting_for_seller",
    )
    assert conversation.assigned_to_id is None
    entry = Entry.objects.get()
    assert entry.author_name == "Sato"
    assert "option TOTE: 2 fewer than told" in entry.text


def test_a_delivery_as_told_begins_no_conversation() -> None:
    bundle = a_completed_one(told=3, came=3)
    tell_differences(bundle_id=bundle.pk, actor=WORLD, at=NOON)
    assert not Conversation.objects.exists()
