"""By when a claim is to be told, and who may decide one that the office opened for a seller."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.claims_world import JUDGE, a_gone_parcel, claimed, filed, refused
from tests.world import NOON, WORLD, a_seller, a_warehouse
from toiya.core.actor import Actor
from toiya.core.texts import NothingWritten
from toiya.domain.claims.actions.deciding import ClaimNeedsSecondPerson, accept_claim, decline_claim, pay_claim
from toiya.domain.claims.actions.opening import Told, open_parcel_claim
from toiya.domain.claims.actions.terms import ClaimTermsStand, ClaimTermsWrong, Deadline, set_filing_terms
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.mark.seed("L24")
def test_deadlines_are_data_by_carrier_and_day(seller: Seller, house: Warehouse) -> None:
    def set_days(days: int, day: date, source: str = "Clause 25") -> None:
        deadline = Deadline(days, source, is_confirmed=True)
        set_filing_terms(carrier="test_carrier", starts_on=day, deadline=deadline, actor=WORLD, at=NOON)

    for _ in range(2):
        set_days(5, date(2026, 11, 1))
    refused(ClaimTermsStand, lambda: set_days(6, date(2026, 11, 1)))
    refused(ClaimTermsWrong, lambda: set_days(0, date(2026, 11, 2)))
    refused(NothingWritten, lambda: set_days(4, date(2026, 11, 2), " "))
    set_days(3, date(2026, 12, 1))
    claim = claimed(a_gone_parcel(seller, house))
    assert claim.due_on == (NOON + timedelta(days=5)).date()
    assert claim.filing_terms is not None
    assert (claim.filing_terms.source, claim.filing_terms.starts_on) == ("Clause 25", date(2026, 11, 1))


def test_who_opened_a_claim_for_a_seller_does_not_decide_it(seller: Seller, house: Warehouse) -> None:
    parcel = a_gone_parcel(seller, house, cap=3_000)
    claim = open_parcel_claim(parcel_code=parcel.code, told=Told("carrier_loss"), actor=JUDGE, at=NOON)
    assert (claim.desk_opener, claim.opened_by, claim.is_by_machine) == ("900", "Judge", False)
    assert claimed(a_gone_parcel(seller, house)).desk_opener == ""
    filed(claim)

    def accept(actor: Actor) -> None:
        accept_claim(claim_code=claim.code, amount_minor=1_500, reason="As told.", actor=actor, at=NOON)

    told = refused(ClaimNeedsSecondPerson, lambda: accept(JUDGE))
    assert told == f"You opened claim {claim.code} yourself. Ask another person to decide it."
    refused(
        ClaimNeedsSecondPerson,
        lambda: decline_claim(claim_code=claim.code, ground="other", reason="No.", actor=JUDGE, at=NOON),
    )
    accept(replace(JUDGE, id="901", name="Second"))
    pay_claim(claim_code=claim.code, actor=JUDGE, at=NOON)
    claim.refresh_from_db()
    assert (claim.status, claim.decided_by) == ("paid", "Second")
