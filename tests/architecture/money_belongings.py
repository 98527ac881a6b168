"""What one seller owns of money, and of goods that came back: one object of each kind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.billing_world import NOVEMBER, a_closed_bill, an_issuer, fee
from tests.claims_world import a_picture, goods_claimed
from tests.dues_world import asked, signed
from tests.money_world import ScriptedGateway, announced, with_gateway
from tests.returns_world import a_scan, graded
from tests.world import (
    NOON,
    WORLD,
    acting_for,
)
from toiya.core import clock, papers
from toiya.core.money import Money
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.models import Invoice
from toiya.domain.catalog.models import Sku
from toiya.domain.claims.actions.evidence import add_evidence
from toiya.domain.contracts.models import Agreement
from toiya.domain.dues.actions.disputing import Objection, dispute_line
from toiya.domain.dues.models import ReturnPlan
from toiya.domain.members.models import Seller
from toiya.domain.returns.actions.addresses import Where, set_returns_address
from toiya.domain.returns.actions.arriving import AtTheDoor, note_unknown, place_parcel
from toiya.domain.returns.actions.preparing import prepare_return
from toiya.domain.wallet.actions.cards import want_card_payment
from toiya.domain.warehouses.models import Warehouse


def money_of(seller: Seller, house: Warehouse) -> dict[str, Any]:
    """A bill with its invoice, a claim, money on its way, debts, a return."""
    return {
        "invoice": _invoice(seller, house),
        **a_claim(seller, house),
        **_money(seller),
        **_back(seller, house),
        **_debts(seller, house),
    }


def _invoice(seller: Seller, house: Warehouse) -> Invoice:
    """The invoice over a closed bill."""
    fee(seller, house, f"PCL-OLD-{seller.pk}", 385, NOON)
    an_issuer()
    bill = a_closed_bill(seller, NOVEMBER)
    return issue_invoice(code=bill.code, actor=WORLD, at=NOON + timedelta(days=30))


def _money(seller: Seller) -> dict[str, Any]:
    """Money on its way."""
    amount, actor = Money(500, seller.currency), acting_for(seller)
    with with_gateway(ScriptedGateway()):
        card = want_card_payment(seller=seller, amount=amount, token="form", actor=actor, at=NOON)
    return {"transfer": announced(seller, 500).reference, "card": card.code}


def a_claim(seller: Seller, house: Warehouse) -> dict[str, Any]:
    """A claim about a piece of the SKU, with a picture."""
    claim = goods_claimed(Sku.objects.get(seller=seller), house)
    file = add_evidence(claim_code=claim.code, paper=a_picture(), actor=acting_for(seller), at=NOON)
    return {"claim": claim.code, "claim_file": file.pk}


def _debts(seller: Seller, house: Warehouse) -> dict[str, Any]:
    """A request with a disputed line and its paper, a return that was listed, and a signed agreement."""
    request = asked(seller, 100, at=clock.now())
    paper = papers.keep(papers.Paper("paper.pdf", papers.PDF, b"%PDF-1.4"), at=NOON)
    objection = Objection("Not ours", paper)
    dispute = dispute_line(code=request.code, position=1, objection=objection, actor=acting_for(seller), at=clock.now())
    plan = ReturnPlan.objects.create(
        seller=seller, request=request, code=f"RTP-{seller.pk}", prepared_at=NOON, status="dropped", ended_at=NOON
    )
    signed(seller, house)
    agreement = Agreement.objects.get(seller=seller)
    return {
        "payment": request.code,
        "dispute": dispute.code,
        "return_plan": plan.code,
        "agreement": agreement.code,
    }


def _back(seller: Seller, house: Warehouse) -> dict[str, Any]:
    """A return with a damaged piece that waits for its seller, and a removal to be confirmed."""
    sku = Sku.objects.get(seller=seller)
    noted = note_unknown(warehouse_id=house.pk, came=AtTheDoor("?", a_scan()), actor=WORLD, at=NOON)
    found = place_parcel(code=noted.code, order_code="", seller_code=seller.code, actor=WORLD, at=NOON)
    grading = graded(found, sku, "C")
    graded(found, sku, "A", bin_code="A01-01-1")
    (removal,) = prepare_return(seller_id=seller.pk, reason="停止", actor=WORLD, at=NOON)
    set_returns_address(
        warehouse_code=house.code, where=Where("返品", "273-0012", "船橋市", "北口", "047"), actor=WORLD, at=NOON
    )
    return {"sent_back": found.code, "aside": grading.aside.pk, "grading": grading.pk, "removal": removal.code}
