"""What goes back of a bill: told in one place, with a credit note, and never more than the line (D-01)."""

from __future__ import annotations

import pytest

from tests.billing_world import BEFORE, MIDDLE, NOVEMBER, a_card, a_closed_bill, an_issuer, fee, noted, on_day
from tests.books import findings, fingerprint
from tests.dues_world import asked, paid
from tests.world import WORLD, a_seller, a_sku, a_warehouse, acting_for, money_in, stock_of
from toiya.core.errors import NotFound
from toiya.domain.billing import queries as billing
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.actions.noting import CreditTooHigh
from toiya.domain.billing.models import Invoice, LineCredit, Statement
from toiya.domain.dues import queries
from toiya.domain.dues.actions.bills import BillNotWithdrawn, ask_again, ask_for_bill, settle_bills
from toiya.domain.dues.actions.disputing import CreditOutOfRange, Decision, Objection, decide_dispute, dispute_line
from toiya.domain.dues.actions.requesting import withdraw_request
from toiya.domain.dues.models import Dispute, PaymentRequest
from toiya.domain.members.models import Seller
from toiya.domain.wallet.models import Account

pytestmark = pytest.mark.django_db
AT = on_day(12, 20)
DECEMBER = NOVEMBER.replace(month=12)
STORAGE = 2  # the number of the bill's line that is to be paid; line 1 is a fee that the wallet paid


@pytest.fixture
def seller() -> Seller:
    made = a_seller()
    money_in(made, 10_000, at=BEFORE)
    return made


@pytest.fixture
def bill(seller: Seller) -> Statement:
    """November: a fee of 385 that was taken, and 600 of storage to be paid."""
    a_card()
    house = a_warehouse()
    stock_of(a_sku(seller), house, 20, at=on_day(10, 5))
    fee(seller, house, "PCL-1", 385, on_day(11, 10))
    return a_closed_bill(seller)


@pytest.fixture
def request_(bill: Statement) -> PaymentRequest:
    """What is asked for the bill, which has its invoice."""
    an_issuer()
    issue_invoice(code=bill.code, actor=WORLD, at=MIDDLE)
    return the_request(bill)


def the_request(bill: Statement) -> PaymentRequest:
    made = ask_for_bill(statement_id=bill.pk, actor=WORLD, at=MIDDLE)
    assert made is not None
    return made


def invoice() -> Invoice:
    return Invoice.objects.get(kind="invoice")


def disputed(request: PaymentRequest) -> Dispute:
    objection, actor = Objection("We had none"), acting_for(request.seller)
    return dispute_line(code=request.code, position=1, objection=objection, actor=actor, at=AT)


def credited(request: PaymentRequest, minor: int) -> Dispute:
    """The storage disputed and so much of it credited."""
    decision = Decision(minor, "You are\nright.")
    return decide_dispute(code=disputed(request).code, decision=decision, actor=WORLD, at=AT)


def notes() -> list[tuple[int, str, str]]:
    rows = Invoice.objects.filter(kind="credit_note").order_by("sequence")
    return [(note.total_minor, note.token[:4], note.reason) for note in rows]


def free(seller: Seller) -> int:
    return Account.objects.get(seller=seller, kind="free").balance_minor


def is_sound() -> bool:
    return findings("I06", "I07", "I08", "I41", "I42") == []


@pytest.mark.seed("L21")
def test_a_credit_before_payment_has_its_note_and_lowers_what_is_to_be_paid(
    seller: Seller, bill: Statement, request_: PaymentRequest
) -> None:
    before = free(seller)
    credited(request_, 200)
    request_.refresh_from_db()
    assert (request_.owed_minor, free(seller)) == (400, before)
    assert (invoice().total_minor, notes()) == (985, [(200, "DSP-", "You are right.")])
    assert list(Invoice.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2]
    assert billing.left_to_give(invoice()) == {10: 785}
    paid(request_, at=AT)
    assert settle_bills(seller_id=seller.pk, actor=WORLD, at=AT) == 1
    again = fingerprint()
    with pytest.raises(CreditTooHigh) as refused:
        noted(invoice(), 401, line=STORAGE)
    assert (refused.value.facts["left"], fingerprint()) == (400, again)
    noted(invoice(), 400, line=STORAGE)
    assert free(seller) == before
    assert billing.left_to_give(invoice()) == {10: 385}
    assert is_sound()


def test_a_credit_after_payment_goes_back_once_and_stands_on_the_next_bill_as_noted(
    seller: Seller, bill: Statement, request_: PaymentRequest
) -> None:
    before = free(seller)
    paid(request_, at=AT)
    credited(request_, 600)
    assert (free(seller), notes()) == (before, [(600, "DSP-", "You are right.")])
    with pytest.raises(CreditTooHigh):
        noted(invoice(), 1, line=STORAGE)
    stock = Statement.objects.get(pk=bill.pk)
    assert (stock.total_minor, stock.due_minor) == (985, 600)
    later = a_closed_bill(seller, DECEMBER, on_day(12, 31, 16))
    assert [line.amount_minor for line in later.lines.filter(origin="noted")] == [-600]
    assert not later.lines.filter(origin="credited").exists()
    assert is_sound()


def test_a_credit_of_a_part_paid_request_gives_back_what_is_too_much(
    seller: Seller, bill: Statement, request_: PaymentRequest
) -> None:
    before = free(seller)
    paid(request_, 500, at=AT)
    credited(request_, 300)
    request_.refresh_from_db()
    assert (request_.status, request_.refunded_minor, free(seller)) == ("paid", 200, before - 300)
    assert [total for total, _token, _reason in notes()] == [300]
    assert is_sound()


def test_a_note_first_lowers_what_is_asked_for_and_leaves_a_dispute_the_rest(
    seller: Seller, bill: Statement, request_: PaymentRequest
) -> None:
    before = free(seller)
    for _ in range(2):
        noted(invoice(), 250, line=STORAGE, token="form 1")
    request_.refresh_from_db()
    assert (request_.credited_minor, request_.owed_minor, free(seller)) == (250, 350, before)
    dispute = disputed(request_)
    assert queries.disputed_minor([request_.pk]) == {request_.pk: 350}
    assert queries.left_of_lines(request_) == {dispute.line_id: 350}
    again = fingerprint()
    with pytest.raises(CreditOutOfRange) as refused:
        decide_dispute(code=dispute.code, decision=Decision(351, "All"), actor=WORLD, at=AT)
    assert (refused.value.facts["most"], fingerprint()) == (350, again)
    decide_dispute(code=dispute.code, decision=Decision(350, "All"), actor=WORLD, at=AT)
    request_.refresh_from_db()
    assert (request_.status, request_.paid_minor, free(seller)) == ("paid", 0, before)
    assert settle_bills(seller_id=seller.pk, actor=WORLD, at=AT) == 1
    assert is_sound()


def test_a_note_over_a_whole_rate_takes_the_lines_in_their_order(
    seller: Seller, bill: Statement, request_: PaymentRequest
) -> None:
    before = free(seller)
    noted(invoice(), 500)
    request_.refresh_from_db()
    parts = LineCredit.objects.order_by("line__number").values_list("line__number", "amount_minor")
    assert list(parts) == [(1, 385), (2, 115)]
    assert (free(seller), request_.owed_minor) == (before + 385, 485)
    assert is_sound()


def test_a_dispute_credited_before_the_invoice_has_its_note_with_the_invoice(seller: Seller, bill: Statement) -> None:
    credited(the_request(bill), 200)
    assert not Invoice.objects.exists()
    an_issuer()
    assert billing.to_invoice() == [bill.pk]
    for _ in range(2):
        issue_invoice(code=bill.code, actor=WORLD, at=AT)
    assert (invoice().total_minor, [total for total, _token, _reason in notes()]) == (985, [200])
    assert billing.to_invoice() == []
    assert is_sound()


def test_a_withdrawn_bill_is_asked_for_again_with_the_same_lines_and_by_a_person_only(
    seller: Seller, bill: Statement, request_: PaymentRequest
) -> None:
    with pytest.raises(BillNotWithdrawn):
        ask_again(code=bill.code, actor=WORLD, at=AT)
    withdraw_request(code=request_.code, reason="asked too early", actor=WORLD, at=AT)
    bill.refresh_from_db()
    assert (bill.status, queries.is_withdrawn(bill)) == ("closed", True)
    assert ask_for_bill(statement_id=bill.pk, actor=WORLD, at=AT) == request_  # the job that comes twice asks no more
    noted(invoice(), 100, line=STORAGE)
    with pytest.raises(NotFound):
        ask_again(code=bill.code, actor=acting_for(a_seller("Kumo")), at=AT)
    made = ask_again(code=bill.code, actor=WORLD, at=AT)
    assert made is not None
    assert (made.subject, made.amount_minor, made.owed_minor) == (bill.code, 600, 500)
    assert [(line.kind, line.amount_minor) for line in made.lines.all()] == [("storage_month", 600)]
    again = fingerprint()
    with pytest.raises(BillNotWithdrawn):
        ask_again(code=bill.code, actor=WORLD, at=AT)
    assert fingerprint() == again
    paid(made, at=AT)
    assert settle_bills(seller_id=seller.pk, actor=WORLD, at=AT) == 1
    assert is_sound()


def test_a_bill_that_was_credited_whole_meanwhile_is_paid_and_not_asked_for(
    seller: Seller, bill: Statement, request_: PaymentRequest
) -> None:
    withdraw_request(code=request_.code, reason="asked too early", actor=WORLD, at=AT)
    noted(invoice(), 600, line=STORAGE)
    assert ask_again(code=bill.code, actor=WORLD, at=AT) is None
    bill.refresh_from_db()
    assert bill.status == "paid"
    assert is_sound()


def test_what_a_dispute_outside_bills_gives_back_stands_on_no_bill(seller: Seller, bill: Statement) -> None:
    other = asked(seller, 300, subject="A broken gate", month=None, due_on=AT.date(), at=AT)
    paid(other, at=AT)
    credited(other, 300)
    later = a_closed_bill(seller, DECEMBER, on_day(12, 31, 16))
    assert not later.lines.exclude(origin="due").exists()
    assert not LineCredit.objects.exists()
    assert is_sound()
