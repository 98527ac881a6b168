"""Bills of the whole house: October closed with a line of each origin, its invoice and a credit note; November runs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tests.billing_world import a_bill, a_card, a_closed_bill, an_issuer, fee
from tests.bundles_world import own_sku
from tests.world import NOON, WORLD, stock_of
from toiya.core.money import Money
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.actions.noting import Giving
from toiya.domain.billing.actions.refunding import refund_fee
from toiya.domain.billing.models import Issuer
from toiya.domain.dues.actions.crediting import issue_credit_note
from toiya.domain.pricing.models import CardAssignment
from toiya.domain.pricing.rules import Kind

if TYPE_CHECKING:
    from tests.verify.whole_house import Side

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def billed(side: Side) -> None:
    """Goods that did not sell, two fees, one of them given back; the invoice, and a part of it back by note."""
    seller, house = side.seller, side.warehouse
    early = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
    if not CardAssignment.objects.filter(from_on=SEPTEMBER).exists():
        a_card(from_on=SEPTEMBER, at=early)
    if not Issuer.objects.exists():
        an_issuer()
    slow = own_sku(seller, "SLOW")
    stock_of(slow, house, 25, at=early)
    during = datetime(2026, 10, 10, 3, 0, tzinfo=UTC)
    fee(seller, house, f"PCL-OLD-{seller.pk}", 385, during)
    fee(seller, house, f"CB-OLD-{seller.pk}", 250, during, kind=Kind.INBOUND_PIECE)
    refund_fee(seller=seller, amount=Money(40, "JPY"), reference=f"CB-OLD-{seller.pk}", actor=WORLD, at=during)
    bill = a_closed_bill(seller, OCTOBER, datetime(2026, 11, 15, 3, 0, tzinfo=UTC))
    invoice = issue_invoice(code=bill.code, actor=WORLD, at=NOON)
    giving = Giving(invoice.number, 10, 110, "charged twice")
    issue_credit_note(giving=giving, actor=WORLD, at=NOON)
    a_bill(seller, date(2026, 11, 1), NOON)
