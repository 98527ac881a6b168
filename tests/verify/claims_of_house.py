"""Claims in every state, what was paid for them, and an order that was late by our fault."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.claims_world import (
    JUDGE,
    a_credit_rule,
    a_picture,
    accepted,
    claimed,
    filed,
    goods_claimed,
    late,
)
from tests.world import NOON, WORLD, acting_for
from toiya.domain.claims.actions.crediting import credit_delays
from toiya.domain.claims.actions.deciding import decline_claim, pay_claim
from toiya.domain.claims.actions.drafting import follow_note
from toiya.domain.claims.actions.evidence import add_evidence, correct_value
from toiya.domain.claims.actions.terms import Deadline, set_filing_terms
from toiya.domain.orders.models import Order
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import StockNote

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def claimed_in_house(side: Side) -> None:
    """A claim of each state and kind, and a credit; run once per seller, the terms are everybody's."""
    house_terms = Deadline(12, "House rules, clause 3", is_confirmed=True)
    set_filing_terms(carrier="", starts_on=date(2026, 1, 1), deadline=house_terms, actor=WORLD, at=NOON)
    mug = side.seller.sku_set.get(seller_code="MUG")
    drafted = claimed(Parcel.objects.get(pk=side.parcels["shipped"].pk))
    add_evidence(claim_code=drafted.code, paper=a_picture(), actor=acting_for(side.seller), at=NOON)
    for line in drafted.lines.select_related("sku"):
        _worth(drafted.code, line.sku.code, 500)
    for step in ("filed", "accepted", "paid", "declined"):
        claim = goods_claimed(mug, side.warehouse)
        _worth(claim.code, mug.code, 800)
        if step == "declined":
            decline_claim(claim_code=claim.code, ground="no_proof", reason="No photo.", actor=JUDGE, at=NOON)
            continue
        filed(claim)
        if step != "filed":
            accepted(claim, 700)
        if step == "paid":
            pay_claim(claim_code=claim.code, actor=JUDGE, at=NOON)
    for note in StockNote.objects.filter(seller=side.seller).order_by("pk"):
        follow_note(note_id=note.pk, actor=WORLD, at=NOON)
    _late(side)


def misses_its_day(order: Order) -> None:
    """By our fault, which `claimed_in_house` credits once it left."""
    late(order)


def _worth(claim: str, sku: str, minor: int) -> None:
    correct_value(claim_code=claim, sku_code=sku, unit_value_minor=minor, reason="Invoice", actor=JUDGE, at=NOON)


def _late(side: Side) -> None:
    """The shipped order missed its day by our fault; it is credited within the cap of the seller's own rule."""
    a_credit_rule(amount=100, cap=900)
    a_credit_rule(amount=120, cap=900, seller=side.seller)
    order = side.orders["shipped"]
    assert credit_delays(seller_id=side.seller.pk, order_ids=[order.pk], actor=WORLD, at=NOON) == 1
