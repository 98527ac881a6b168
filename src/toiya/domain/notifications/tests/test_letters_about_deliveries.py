"""The warehouse's yes or no is mailed to owners and managers, once."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.inbound_world import a_bundle, approved
from tests.world import NOON, WORLD, a_member, a_seller, a_sku, a_warehouse
from toiya.domain.inbound.actions.approving import reject_bundle
from toiya.domain.notifications import rendering
from toiya.domain.notifications.actions.telling_bundles import tell_of_bundle
from toiya.domain.notifications.models import Message

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A127")
def test_yes_and_no_are_told_once_to_those_who_may_act(settings: Settings) -> None:
    settings.TOIYA_URL = "https://toiya.example"
    seller, house = a_seller(), a_warehouse()
    owner, _clerk = a_member(seller), a_member(seller, "clerk")
    sku = a_sku(seller)
    yes, no, open_one = (a_bundle(seller, house, {sku: 5}) for _ in range(3))
    approved(yes)
    reject_bundle(bundle_code=no.code, reason="No space until December.", actor=WORLD, at=NOON)

    for bundle in (yes, no, open_one, yes):
        tell_of_bundle(bundle_id=bundle.pk, actor=WORLD, at=NOON)

    told = list(Message.objects.order_by("pk"))
    assert [(message.kind, message.recipient) for message in told] == [
        ("bundle_confirmed", owner.email),
        ("bundle_rejected", owner.email),
    ]
    letters = [rendering.written(Message(kind=each.kind, language="en", words=each.words), "") for each in told]
    assert f"https://toiya.example/inbound/{yes.code}/" in letters[0].text
    assert "No space until December." in letters[1].text
