"""What was decided about a claim, and what was credited, is mailed once to those who may act, in their language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from tests.claims_world import JUDGE, a_credit_rule, a_gone_parcel, accepted, claimed, filed, gone, late, ready
from tests.letters import work_off
from tests.world import NOON, WORLD, a_member, a_seller, a_warehouse
from toiya.domain.claims.actions.crediting import credit_delays
from toiya.domain.claims.actions.deciding import decline_claim, pay_claim
from toiya.domain.claims.actions.opening import Told, open_parcel_claim
from toiya.domain.notifications import rendering
from toiya.domain.notifications.actions.telling_claims import tell_of_claim, tell_of_credits, tell_of_opening
from toiya.domain.notifications.models import Message

pytestmark = pytest.mark.django_db


def _letters() -> list[rendering.Written]:
    told = Message.objects.order_by("pk")
    return [rendering.written(Message(kind=each.kind, language="en", words=each.words), "") for each in told]


@pytest.mark.seed("L24")
def test_a_decision_is_told_once_with_amount_and_reason(settings: Settings) -> None:
    settings.TOIYA_URL = "https://toiya.example"
    seller, house = a_seller(), a_warehouse()
    owner, _clerk = a_member(seller), a_member(seller, "clerk")
    owner.language = "ja"
    owner.save()
    yes, no = (filed(claimed(a_gone_parcel(seller, house))) for _ in range(2))
    accepted(yes, 1_800)
    decline_claim(claim_code=no.code, ground="no_proof", reason="No photo of it.", actor=JUDGE, at=NOON)
    for claim in (yes, no, yes):
        tell_of_claim(claim_id=claim.pk, actor=WORLD, at=NOON)
    pay_claim(claim_code=yes.code, actor=JUDGE, at=NOON)
    for _ in range(2):
        tell_of_claim(claim_id=yes.pk, actor=WORLD, at=NOON)

    kinds = Message.objects.order_by("pk").values_list("kind", "recipient", "language")
    assert list(kinds) == [
        ("claim_accepted", owner.email, "ja"),
        ("claim_declined", owner.email, "ja"),
        ("claim_paid", owner.email, "ja"),
    ]
    letters = _letters()
    assert "JPY 1,800" in letters[0].text
    assert "No photo of it." in letters[1].text
    assert f"https://toiya.example/claims/{yes.code}/" in letters[2].text


@pytest.mark.seed("L24")
def test_a_claim_that_the_office_opened_is_told_at_once_and_one_of_the_sellers_own_is_not() -> None:
    seller, house = a_seller(), a_warehouse()
    owner = a_member(seller)
    claimed(a_gone_parcel(seller, house))
    work_off()
    assert not Message.objects.filter(kind="claim_opened").exists()
    parcel = a_gone_parcel(seller, house)
    made = open_parcel_claim(parcel_code=parcel.code, told=Told("carrier_loss"), actor=JUDGE, at=NOON)
    work_off()
    tell_of_opening(claim_id=made.pk, actor=WORLD, at=NOON)
    told = Message.objects.get(kind="claim_opened")
    letter = rendering.written(told, "")
    assert told.recipient == owner.email
    assert letter.subject == f"We opened claim {made.code} for you"
    assert "file it by 2026-12-04" in letter.text


@pytest.mark.seed("L47")
def test_credits_booked_together_are_one_letter() -> None:
    seller, house = a_seller(), a_warehouse()
    owner = a_member(seller)
    a_credit_rule(amount=100)
    later, orders = NOON + timedelta(days=1, hours=1), []
    for _ in range(2):
        parcel = ready(seller, house)
        late(parcel.order)
        orders.append(gone(parcel, at=later).order)
    credit_delays(seller_id=seller.pk, order_ids=[order.pk for order in orders], actor=WORLD, at=later)
    for _ in range(2):
        tell_of_credits(last_order_id=orders[-1].pk, actor=WORLD, at=later)
    assert Message.objects.get().recipient == owner.email
    (letter,) = _letters()
    assert letter.subject == "JPY 200 is credited for late orders"
    assert all(order.code in letter.text for order in orders)
