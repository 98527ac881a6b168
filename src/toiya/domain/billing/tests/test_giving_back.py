"""Fees given back before their bill is closed, months that only give back, and money paid out for damage and delay."""

from __future__ import annotations

import json

import pypdfium2
import pytest

from tests.billing_world import BEFORE, MIDDLE, NOVEMBER, a_closed_bill, an_issuer, fee, on_day
from tests.books import findings, fingerprint
from tests.world import WORLD, a_seller, a_warehouse, money_in
from toiya.core.money import Money
from toiya.domain.billing import books, check_bill, download, queries
from toiya.domain.billing.actions.invoicing import MoreBackThanFees, NothingToInvoice, issue_invoice
from toiya.domain.billing.actions.refunding import FeeIsBilled, RefundTooHigh, refund_fee
from toiya.domain.billing.models import Invoice, LineCredit, Statement
from toiya.domain.billing.papers import invoice_paper
from toiya.domain.billing.replaying import replay
from toiya.domain.billing.rules.giving_back import spread
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    """A parcel's fee of 385 was taken in November."""
    made = a_seller()
    money_in(made, 10_000, at=BEFORE)
    fee(made, a_warehouse(), "PCL-1", 385, on_day(11, 10))
    return made


def refunded(seller: Seller, minor: int, at_day: int = 13, *, month: int = 11, reference: str = "PCL-1") -> None:
    amount, at = Money(minor, "JPY"), on_day(month, at_day)
    refund_fee(seller=seller, amount=amount, reference=reference, actor=WORLD, at=at)


def paid_out(seller: Seller) -> Statement:
    """A claim of 700 and a delay credit of 50, paid in November; the bill."""
    purse = Purse(seller.pk, "JPY", WORLD.name, on_day(11, 20))
    ledger.compensate(purse, 700, "CLM-222222-2")
    ledger.compensate(purse, 50, "ORD-222222-2")
    return a_closed_bill(seller)


def test_an_amount_is_taken_from_lines_in_their_order_and_never_more_than_they_have() -> None:
    assert spread(500, {1: 385, 2: 0, 3: 600}) == {1: 385, 3: 115}
    assert spread(2000, {1: 385, 3: 600}) == {1: 385, 3: 600}
    assert spread(0, {1: 385}) == {}


def test_a_fee_given_back_after_its_month_stands_on_the_bill_of_the_fee(seller: Seller) -> None:
    refunded(seller, 100)
    refunded(seller, 285, 3, month=12)
    bill = a_closed_bill(seller)
    assert [(line.origin, line.amount_minor) for line in bill.lines.order_by("number")] == [
        ("taken", 385),
        ("credited", -100),
        ("credited", -285),
    ]
    assert [(row.kind, row.amount_minor) for row in LineCredit.objects.order_by("pk")] == [
        ("refund", 100),
        ("refund", 285),
    ]
    assert [line.left for line in queries.lines_left(bill.pk)] == [0]
    later = a_closed_bill(seller, NOVEMBER.replace(month=12), on_day(12, 31, 16))
    assert (later.line_count, replay(bill), findings("I08")) == (0, [], [])


def test_no_more_goes_back_than_was_charged_and_a_billed_fee_by_note_only(seller: Seller) -> None:
    refunded(seller, 300)
    before = fingerprint()
    with pytest.raises(RefundTooHigh) as refused:
        refunded(seller, 86)
    assert (refused.value.facts["left"], fingerprint()) == (85, before)
    bill = a_closed_bill(seller)
    before = fingerprint()
    with pytest.raises(FeeIsBilled) as billed:
        refunded(seller, 85, 20, month=12)
    assert (billed.value.details["bill"], fingerprint()) == (bill.code, before)


def test_a_month_that_gives_more_back_than_it_charges_has_no_invoice(seller: Seller) -> None:
    refunded(seller, 400, reference="OF LAST YEAR")  # money without a charge of ours: nothing bounds it
    an_issuer()
    bill = a_closed_bill(seller)
    before = fingerprint()
    assert (bill.total_minor, queries.to_invoice()) == (-15, [])
    with pytest.raises(MoreBackThanFees):
        issue_invoice(code=bill.code, actor=WORLD, at=MIDDLE)
    assert fingerprint() == before
    assert findings("I08") == []


def test_damage_and_delay_made_good_are_lines_of_the_month_that_change_nothing_of_its_sum(seller: Seller) -> None:
    bill = paid_out(seller)
    told = [(line.origin, line.kind, line.source, line.amount_minor, line.tax_percent) for line in bill.lines.all()]
    assert told == [
        ("taken", "shipping", "PCL-1", 385, 10),
        ("paid_out", "compensation", "CLM-222222-2", -700, 0),
        ("paid_out", "delay_credit", "ORD-222222-2", -50, 0),
    ]
    assert (bill.paid_out_minor, bill.taken_minor, bill.credited_minor, bill.total_minor) == (750, 385, 0, 385)
    assert (bill.status, replay(bill), findings("I06", "I08")) == ("paid", [], [])


def test_they_are_in_the_checkers_sums_the_file_and_the_paper_and_on_no_invoice(seller: Seller) -> None:
    seller.language = "en"
    seller.save()
    an_issuer()
    bill = paid_out(seller)
    invoice = issue_invoice(code=bill.code, actor=WORLD, at=MIDDLE)
    assert (invoice.total_minor, invoice.rates) == (385, [[10, 385, 35]])
    content = json.loads(download.inputs(bill))
    assert [*check_bill.check_lines(content), *check_bill.check_sums(content, bill.inputs_hash)] == []
    content["paid_out_minor"] = 700
    assert list(check_bill.check_sums(content)) == ["paid_out_minor: the bill says 700, its lines sum to 750."]
    rows = books.lines_file(bill.lines.order_by("number"), "JPY", "utf-8").decode("utf-8-sig").splitlines()
    assert rows[2].endswith("0,-700,JPY,Paid into the wallet")
    text = pypdfium2.PdfDocument(invoice_paper(invoice))[0].get_textpage().get_text_range()
    assert "Paid into the wallet for damage and delay, no part of this invoice: JPY 750" in text
    assert "Compensation" not in text


def test_a_month_with_nothing_but_damage_made_good_has_no_invoice(seller: Seller) -> None:
    other = a_seller("Kumo")
    money_in(other, 100, at=BEFORE)
    ledger.compensate(Purse(other.pk, "JPY", WORLD.name, on_day(11, 20)), 700, "CLM-222222-2")
    bill = a_closed_bill(other)
    an_issuer()
    assert (bill.total_minor, bill.paid_out_minor, queries.to_invoice()) == (0, 700, [])
    with pytest.raises(NothingToInvoice):
        issue_invoice(code=bill.code, actor=WORLD, at=MIDDLE)
    assert not Invoice.objects.exists()
