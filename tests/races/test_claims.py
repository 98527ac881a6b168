"""Two deciders, two payers and a job beside itself: a claim is decided once, and money is given once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from tests.books import findings
from tests.claims_world import (
    JUDGE,
    a_credit_rule,
    a_gone_parcel,
    accepted,
    booked,
    claimed,
    filed,
    gone,
    late,
    ready,
)
from tests.races.together import together
from tests.world import NOON, WORLD, a_seller, a_warehouse
from toiya.core.rows import LockableRows
from toiya.core.states import NoSuchStep
from toiya.domain.carriers.actions.journeys import suspect_loss
from toiya.domain.claims.actions.crediting import credit_delays
from toiya.domain.claims.actions.deciding import accept_claim, decline_claim, pay_claim
from toiya.domain.claims.actions.drafting import follow_parcel
from toiya.domain.claims.models import Claim, DelayCredit, Payout

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(days=1, hours=1)


@pytest.mark.seed("L24")
@pytest.mark.usefixtures("transactional_db")
def test_of_two_deciders_one_decides_and_a_claim_is_paid_once() -> None:
    seller, house = a_seller(), a_warehouse()
    claim = filed(claimed(a_gone_parcel(seller, house)))

    ends = together(
        [
            lambda: accept_claim(claim_code=claim.code, amount_minor=1_500, reason="yes", actor=JUDGE, at=NOON),
            lambda: decline_claim(claim_code=claim.code, ground="other", reason="no", actor=JUDGE, at=NOON),
        ]
    )
    assert (ends.troubles, [type(each) for each in ends.refusals]) == ([], [NoSuchStep])

    other = accepted(filed(claimed(a_gone_parcel(seller, house))), 1_500)
    ends = together([lambda: pay_claim(claim_code=other.code, actor=JUDGE, at=NOON) for _ in range(4)])
    assert (ends.troubles, len(ends.refusals)) == ([], 3)
    assert (booked(other.code), Payout.objects.count()) == ([1_500], 1)
    assert findings() == []


@pytest.mark.usefixtures("transactional_db")
def test_without_the_lock_two_would_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: rows read without a lock let both deciders through."""
    seller, house = a_seller(), a_warehouse()
    claim = filed(claimed(a_gone_parcel(seller, house)))

    def unlocked(rows: QuerySet[Claim]) -> QuerySet[Claim]:
        return rows.order_by("pk")

    with monkeypatch.context() as patch:
        patch.setattr(LockableRows, "lock", unlocked)
        for _ in range(20):
            ends = together(
                [
                    lambda: decline_claim(claim_code=claim.code, ground="other", reason="no", actor=JUDGE, at=NOON)
                    for _ in range(4)
                ]
            )
            if len(ends.answers) > 1:
                break
            Claim.objects.filter(pk=claim.pk).update(
                status="filed", ground="", reason="", decided_at=None, decided_by=""
            )
    assert len(ends.answers) > 1


@pytest.mark.seed("L24", "L47")
@pytest.mark.usefixtures("transactional_db")
def test_a_job_beside_itself_drafts_once_and_credits_once() -> None:
    seller, house = a_seller(), a_warehouse()
    a_credit_rule(amount=100, cap=150)
    parcel = a_gone_parcel(seller, house)
    suspect_loss(label_id=parcel.label_id or 0, days=5, actor=WORLD, at=NOON + timedelta(days=6))
    orders = []
    for _ in range(2):
        packed = ready(seller, house)
        late(packed.order)
        orders.append(gone(packed, at=LATER).order.pk)

    def draft() -> None:
        follow_parcel(parcel_id=parcel.pk, actor=WORLD, at=LATER)

    def credit(*ids: int) -> None:
        credit_delays(seller_id=seller.pk, order_ids=ids, actor=WORLD, at=LATER)

    ends = together(
        [draft, draft, draft, lambda: credit(*orders), lambda: credit(*orders), lambda: credit(*reversed(orders))]
    )
    assert (ends.troubles, ends.refusals) == ([], [])
    assert Claim.objects.count() == 1
    assert sorted(DelayCredit.objects.values_list("amount_minor", flat=True)) == [50, 100]
    assert findings() == []
