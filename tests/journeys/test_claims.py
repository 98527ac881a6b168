"""A parcel nobody scans, a damaged piece and a late order: drafted, decided, paid and told by jobs and pages alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.billing_world import a_closed_bill
from tests.books import findings
from tests.browser.walker import all_jobs_done
from tests.claims_world import a_credit_rule, a_gone_parcel, booked, damaged, free, gone, late, ready
from tests.floor_world import a_person
from tests.world import NOON, WORLD, a_member, a_seller, a_warehouse, stock_of
from toiya.core import clock
from toiya.domain.billing.replaying import replay
from toiya.domain.billing.rules import months
from toiya.domain.carriers.actions.terms import ContractDraft, set_contract
from toiya.domain.claims.jobs import credit_all, sweep
from toiya.domain.claims.models import Claim
from toiya.domain.members.models import Seller
from toiya.domain.notifications.models import Message
from toiya.domain.outbound.jobs import watch_journeys

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1, hours=1)
WEEK_LATER = NOON + timedelta(days=6)


@pytest.mark.seed("L24", "L47")
def test_money_for_loss_damage_and_delay_comes_without_a_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    seller, house = a_seller(), a_warehouse()
    owner = a_member(seller)
    set_contract(contract=ContractDraft("test_carrier", lost_after_days=3), actor=WORLD, at=NOON)
    a_credit_rule(amount=100)
    lost = a_gone_parcel(seller, house, cap=1_500)
    delayed = ready(seller, house)
    late(delayed.order)
    delayed = gone(delayed, at=LATER)
    stock_of(sku := seller.sku_set.get(), house, 2)
    damaged(sku, house)
    all_jobs_done()
    before = free(seller)

    monkeypatch.setattr(clock, "now", lambda: WEEK_LATER)
    for _ in range(2):
        watch_journeys(0)
        credit_all(0)
        sweep(0)
        all_jobs_done()

    found = {claim.kind: claim for claim in Claim.objects.filter(parcel=lost) | Claim.objects.exclude(sku=None)}
    assert {claim.status for claim in found.values()} == {"drafted"}
    assert sorted(found) == ["carrier_loss", "warehouse_damage"]
    assert booked(delayed.order.code) == [100]

    desk = Client()
    desk.force_login(a_person(house, "accountant").user)
    _decided(desk, found["carrier_loss"], 1_500)
    _decided(desk, found["warehouse_damage"], 2_000)
    assert free(seller) - before == 1_500 + 2_000 + 100
    kinds = Message.objects.filter(recipient=owner.email).order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["claim_accepted", "claim_accepted", "claim_paid", "claim_paid", "delays_credited"]
    assert findings() == []
    assert _paid_out_on_the_bill(seller) == [
        ("compensation", found["warehouse_damage"].code, -2_000),
        ("compensation", found["carrier_loss"].code, -1_500),
        ("delay_credit", delayed.order.code, -100),
    ]


def _paid_out_on_the_bill(seller: Seller) -> list[tuple[str, str, int]]:
    """The lines of what was paid out, on the month's bill, which replays and costs no less for them."""
    bill = a_closed_bill(seller, months.month_at(WEEK_LATER))
    assert (bill.paid_out_minor, bill.credited_minor, replay(bill)) == (3_600, 0, [])
    rows = bill.lines.filter(origin="paid_out").order_by("amount_minor")
    return [(line.kind, line.source, line.amount_minor) for line in rows]


def _decided(desk: Client, claim: Claim, minor: int) -> None:
    """Filed, accepted and paid at the desk; pressing once more is refused."""
    address = reverse("office:claim-decision", args=[claim.code])
    for form in ({"decision": "file"}, {"decision": "accept", "amount": str(minor), "reason": "Seen."}):
        assert desk.post(address, form).status_code == 302
    all_jobs_done()
    assert [desk.post(address, {"decision": "pay"}).status_code for _ in range(2)] == [302, 422]
    all_jobs_done()
