"""Invoices: numbers without a gap, tax once for each rate, papers that say the six items, and credit notes."""

from __future__ import annotations

from decimal import Decimal

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction

from tests.billing_world import BEFORE, MIDDLE, NOVEMBER, T_NUMBER, a_bill, a_closed_bill, an_issuer, fee, noted, on_day
from tests.books import fingerprint
from tests.world import WORLD, a_seller, a_warehouse, acting_for, money_in
from toiya.core.errors import NotFound
from toiya.domain.billing import books, queries
from toiya.domain.billing.actions.invoicing import BillStillRuns, NothingToInvoice, issue_invoice
from toiya.domain.billing.actions.issuing import IssuerNumberOff
from toiya.domain.billing.actions.noting import CreditTooHigh, NoIssuer, NoteAgainstNote
from toiya.domain.billing.models import Invoice, Issuer, Statement
from toiya.domain.billing.papers import invoice_paper
from toiya.domain.billing.queries import Wanted
from toiya.domain.billing.replaying import replay
from toiya.domain.billing.rules.taxes import RateTotal, needs_note, tax_in, totals_by_rate
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.ledger import AmountNotPositive
from toiya.domain.wallet.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    made = a_seller("Hanataba")
    money_in(made, 50_000, at=BEFORE)
    return made


@pytest.fixture
def bill(seller: Seller) -> Statement:
    """November: three fees of 105 yen, closed."""
    house = a_warehouse()
    for number in range(3):
        fee(seller, house, f"PCL-{number}", 105, on_day(11, 10))
    return a_closed_bill(seller)


def invoiced(bill: Statement) -> Invoice:
    return issue_invoice(code=bill.code, actor=WORLD, at=MIDDLE)


def words(pdf: bytes) -> list[str]:
    text: str = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def free(seller: Seller) -> int:
    return Account.objects.get(seller=seller, kind="free").balance_minor


def test_tax_is_rounded_once_for_each_rate_and_not_for_each_line() -> None:
    """Three lines of 105 with tax at 10 %: in 315 there are 28 of tax; line by line it would be 9 + 9 + 9 = 27."""
    assert totals_by_rate([(10, 105), (10, 105), (10, 105), (8, 1080)]) == [
        RateTotal(10, 315, 28),
        RateTotal(8, 1080, 80),
    ]
    assert 3 * tax_in(105, 10) == 27
    assert (tax_in(-315, 10), tax_in(0, 10), tax_in(500, 0)) == (-28, 0, 0)
    assert totals_by_rate([(8, 1080)])[0].is_reduced


def test_a_note_is_required_from_ten_thousand_yen_on() -> None:
    assert [needs_note(amount, "JPY") for amount in (9_999, 10_000)] == [False, True]


@pytest.mark.parametrize(
    ("number", "is_sole_trader"),
    [("T7000012050003", False), ("7000012050002", False), ("T700001205000", True), ("", False)],
)
def test_a_registration_number_that_cannot_be_is_refused(number: str, is_sole_trader: bool) -> None:
    with pytest.raises(IssuerNumberOff):
        an_issuer(registration_number=number, is_sole_trader=is_sole_trader)
    assert not Issuer.objects.exists()


def test_a_sole_traders_number_has_no_check_digit() -> None:
    assert an_issuer(registration_number="T7000012050003", is_sole_trader=True).registration_number == "T7000012050003"


def test_an_invoice_has_the_next_number_and_both_sides_as_they_are_now(bill: Statement) -> None:
    an_issuer()
    invoice = invoiced(bill)
    assert (invoice.number, invoice.total_minor, invoice.tax_minor, invoice.rates) == (
        "2026-000001",
        315,
        28,
        [[10, 315, 28]],
    )
    assert invoice.issuer["registration_number"] == T_NUMBER
    assert invoice.recipient["name"] == "Hanataba"
    an_issuer(name="問屋ホールディングス")
    assert invoiced(bill).issuer["name"] == "株式会社問屋"  # the same invoice, as it was
    assert Invoice.objects.count() == 1


def test_numbers_of_all_sellers_and_both_kinds_are_one_row_without_a_gap(bill: Statement, seller: Seller) -> None:
    an_issuer()
    first = invoiced(bill)
    with pytest.raises(CreditTooHigh):
        noted(first, 316)
    note = noted(first, 300)
    other = a_seller("Kaede")
    money_in(other, 1000, at=BEFORE)
    fee(other, a_warehouse("KWG"), "PCL-9", 100, on_day(11, 3))
    last = invoiced(a_closed_bill(other))
    assert [first.number, note.number, last.number] == ["2026-000001", "2026-000002", "2026-000003"]


def test_without_an_issuer_no_number_is_drawn(bill: Statement) -> None:
    before = fingerprint("billing_")
    with pytest.raises(NoIssuer):
        invoiced(bill)
    assert fingerprint("billing_") == before
    assert queries.to_invoice() == []


def test_a_bill_that_runs_or_has_no_fee_has_no_invoice(seller: Seller) -> None:
    an_issuer()
    running = a_bill(seller)
    with pytest.raises(BillStillRuns):
        invoiced(running)
    empty = a_closed_bill(seller)
    with pytest.raises(NothingToInvoice):
        invoiced(empty)
    assert queries.to_invoice() == []
    assert not Invoice.objects.exists()


def test_an_invoice_cannot_be_changed_or_removed(bill: Statement) -> None:
    an_issuer()
    invoiced(bill)
    before = fingerprint("billing_")
    for statement in ("UPDATE billing_invoice SET total_minor = 1", "DELETE FROM billing_invoice"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)
    assert fingerprint("billing_") == before


def test_a_credit_note_refers_to_its_invoice_and_puts_the_money_back_once(bill: Statement, seller: Seller) -> None:
    an_issuer()
    invoice, before = invoiced(bill), free(seller)
    notes = {noted(invoice, 110, token="form 1") for _ in range(2)}
    (note,) = notes
    assert (note.kind, note.refers_to, note.total_minor, note.tax_minor) == ("credit_note", invoice, 110, 10)
    assert free(seller) == before + 110
    later = a_closed_bill(seller, NOVEMBER.replace(month=12), on_day(12, 31, 16))
    assert [(line.origin, line.amount_minor) for line in later.lines.all()] == [("noted", -110)]
    assert replay(later) == []
    with pytest.raises(NothingToInvoice):  # it is on its own paper
        invoiced(later)


def test_no_more_goes_back_than_was_invoiced(bill: Statement, seller: Seller) -> None:
    an_issuer()
    invoice = invoiced(bill)
    note, other = noted(invoice, 300), a_seller("Kumo")
    before = fingerprint("billing_", "wallet_")
    with pytest.raises(CreditTooHigh) as refused:
        noted(invoice, 16)
    assert refused.value.facts["left"] == 15
    with pytest.raises(NoteAgainstNote):
        noted(note, 1)
    with pytest.raises(AmountNotPositive):
        noted(invoice, 0)
    with pytest.raises(NotFound):
        noted(invoice, 1, actor=acting_for(other))
    assert fingerprint("billing_", "wallet_") == before


def test_the_japanese_paper_says_the_six_items(bill: Statement, seller: Seller) -> None:
    an_issuer()
    seller.language = "en"
    seller.save()
    told = words(invoice_paper(invoiced(Statement.objects.get(pk=bill.pk))))
    assert told == [
        "Qualified invoice Number 2026-000001",
        "Date 2026-12-15",
        "Supplied from 2026-11-01 to 2026-11-30",
        "Page 1 of 1",
        "To Hanataba",
        seller.code,
        "株式会社問屋",
        "千葉県船橋市浜町2-1-1",
        f"Registration number: {T_NUMBER}",
        "Amount with tax: JPY 315",
        "What was supplied Lines Tax Amount with tax",
        "Shipping 3 10 % JPY 315",
        "At 10 %: JPY 315, of that tax JPY 28",
        "※ reduced tax rate",
        f"Bill {bill.code}",
        f"Digest of its lines: {bill.inputs_hash}",
    ]


def test_the_paper_of_a_credit_note_names_the_first_number(bill: Statement, seller: Seller) -> None:
    an_issuer()
    seller.language = "en"
    seller.save()
    note = noted(invoiced(Statement.objects.get(pk=bill.pk)), 110)
    told = words(invoice_paper(Invoice.objects.get(pk=note.pk)))
    assert told[:2] == ["Credit note (qualified) Number 2026-000002", "For invoice 2026-000001"]
    assert "Given back, with tax: JPY 110" in told
    assert "charged twice 1 10 % JPY 110" in told


@pytest.mark.parametrize("language", ["ja", "ko", "zh-hans"])
def test_the_paper_is_drawn_in_every_language_and_the_same_each_time(
    bill: Statement, seller: Seller, language: str
) -> None:
    an_issuer()
    seller.language = language
    seller.save()
    invoice = invoiced(Statement.objects.get(pk=bill.pk))
    assert invoice_paper(invoice) == invoice_paper(invoice)
    assert "2026-000001" in " ".join(words(invoice_paper(invoice)))


def test_papers_are_found_by_date_amount_and_partner(bill: Statement, seller: Seller) -> None:
    an_issuer()
    invoice = invoiced(bill)
    note = noted(invoice, 110)

    def found(**wanted: object) -> list[Invoice]:
        return list(queries.invoices(WORLD, Wanted(**wanted)).order_by("pk"))  # type: ignore[arg-type]

    assert found() == [invoice, note]
    assert found(since=note.issued_on) == [note]
    assert found(until=invoice.issued_on) == [invoice]
    assert found(least=Decimal(200)) == [invoice]
    assert found(most=Decimal("200.5")) == [note]
    assert found(partner="hanat") == found(partner=seller.code) == [invoice, note]
    assert found(partner="Kaede") == []
    assert list(queries.invoices(acting_for(a_seller("Kumo")), Wanted())) == []


@pytest.mark.parametrize(("encoding", "codec"), [("utf-8", "utf-8-sig"), ("cp932", "cp932")])
def test_accounting_reads_one_row_for_each_rate(bill: Statement, seller: Seller, encoding: str, codec: str) -> None:
    an_issuer()
    invoice = invoiced(bill)
    noted(invoice, 110)
    content = books.accounting_file(queries.invoices(WORLD, Wanted()).order_by("pk"), encoding)
    assert content.startswith(b"\xef\xbb\xbf") is (encoding == "utf-8")
    rows = [line.split(",") for line in content.decode(codec).splitlines()]
    first = ["2026-12-15", "2026-000001", "Invoice", seller.code, "Hanataba", "2026-11", "JPY", "10", "315", "28", ""]
    assert rows[1] == [*first, T_NUMBER]
    assert rows[2][1:3] + rows[2][8:11] == ["2026-000002", "Credit note", "-110", "-10", "2026-000001"]
    assert len(rows) == 3
