"""Damage to bills and invoices."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge, one
from tests.verify.whole_house import House
from toiya.domain.billing.models import Invoice, Statement, StatementLine, StorageMonth

_CREDIT = """
INSERT INTO billing_linecredit (seller_id, line_id, kind, cause, amount_minor, reason, at, actor)
VALUES (%s, %s, %s, %s, %s, '', now(), 'forged')
"""


def _bill(house: House) -> Statement:
    return Statement.objects.get(seller=house.one.seller, line_count__gt=0)


def _line(house: House, origin: str) -> StatementLine:
    return StatementLine.objects.filter(statement=_bill(house), origin=origin).order_by("number")[0]


@breaks("bills_are_sums_of_lines")
def a_bill_with_another_sum(house: House) -> str:
    bill = _bill(house)
    raised = "UPDATE billing_statement SET due_minor = due_minor + 1, total_minor = total_minor + 1 WHERE id = %s"
    forge("billing_statement", raised, bill.pk)
    return bill.code


@breaks("bills_follow_their_state")
def a_bill_paid_at_no_moment(house: House) -> str:
    bill = _bill(house)
    execute("UPDATE billing_statement SET status = 'paid' WHERE id = %s", bill.pk)
    return bill.code


@breaks("lines_are_what_was_digested", "lines_are_their_charges", "storage_replays_from_movements")
def a_line_whose_text_was_changed(house: House) -> str:
    line = _line(house, "due")
    changed = "UPDATE billing_statementline SET inputs = replace(inputs, %s, %s) WHERE id = %s"
    forge("billing_statementline", changed, '"shipped":0', '"shipped":1', line.pk)
    return line.statement.code


@breaks("lines_are_what_was_digested", "lines_are_their_charges", "storage_replays_from_movements")
def a_line_about_something_else(house: House) -> str:
    line = _line(house, "due")
    forge("billing_statementline", "UPDATE billing_statementline SET subject = 'X' WHERE id = %s", line.pk)
    return line.statement.code


@breaks("bills_digest_their_lines")
def a_bill_with_another_digest(house: House) -> str:
    bill = _bill(house)
    forge("billing_statement", "UPDATE billing_statement SET inputs_hash = repeat('0', 64) WHERE id = %s", bill.pk)
    return bill.code


@breaks("bills_tell_the_wallet", "references_of_billing_statementline")
def a_line_of_no_entry_of_the_wallet(house: House) -> str:
    line = _line(house, "taken")
    forge("billing_statementline", "UPDATE billing_statementline SET wallet_entry_id = 0 WHERE id = %s", line.pk)
    return line.statement.code


@breaks("lines_are_their_charges", "charges_keep_their_fact")
def a_charge_of_another_subject(house: House) -> str:
    line = _line(house, "due")
    forge("pricing_charge", "UPDATE pricing_charge SET subject = 'X' WHERE id = %s", line.charge_id)
    return line.statement.code


@breaks("storage_replays_from_movements")
def a_movement_of_the_month_moved_into_the_next(house: House) -> str:
    bill = _bill(house)
    sku = house.one.seller.sku_set.get(seller_code="SLOW")
    moved = "UPDATE stock_movement SET at = at + interval '61 days' WHERE sku_id = %s"
    forge("stock_movement", moved, sku.pk)
    return bill.code


@breaks("storage_months_are_sums_of_charges")
def a_storage_month_with_another_sum(house: House) -> str:
    month = StorageMonth.objects.filter(seller=house.one.seller, total_minor__gt=0)[0]
    forge("billing_storagemonth", "UPDATE billing_storagemonth SET total_minor = 1 WHERE id = %s", month.pk)
    return month.code


@breaks("invoice_numbers_have_no_gap")
def a_number_drawn_for_nothing(house: House) -> str:
    execute("UPDATE billing_invoiceseries SET last = last + 1")
    return str(one("SELECT year FROM billing_invoiceseries"))


@breaks("invoices_are_their_bills")
def an_invoice_with_another_tax(house: House) -> str:
    invoice = Invoice.objects.get(seller=house.one.seller, kind="invoice")
    changed = "UPDATE billing_invoice SET tax_minor = tax_minor + 1 WHERE id = %s"
    forge("billing_invoice", changed, invoice.pk)
    return invoice.number


@breaks("credit_notes_gave_back", "invoices_are_their_bills")
def a_credit_note_that_gave_back_less(house: House) -> str:
    note = Invoice.objects.get(seller=house.one.seller, kind="credit_note")
    forge("billing_invoice", "UPDATE billing_invoice SET total_minor = total_minor + 1 WHERE id = %s", note.pk)
    return note.number


@breaks("codes_of_billing_statement")
def a_bill_with_another_code(house: House) -> str:
    bill = _bill(house)
    forge("billing_statement", "UPDATE billing_statement SET code = 'STM-222222-2' WHERE id = %s", bill.pk)
    return "STM-222222-2"


@breaks("codes_of_billing_storagemonth", "storage_months_are_sums_of_charges", "storage_replays_from_movements")
def a_storage_month_with_another_code(house: House) -> str:
    month = StorageMonth.objects.filter(seller=house.one.seller, total_minor__gt=0)[0]
    forge("billing_storagemonth", "UPDATE billing_storagemonth SET code = 'STO-222222-2' WHERE id = %s", month.pk)
    return "STO-222222-2"


@breaks("no_line_is_credited_beyond_itself")
def a_line_that_went_back_twice(house: House) -> str:
    line = _line(house, "taken")
    execute(_CREDIT, line.seller_id, line.pk, "refund", "REFUND-0", line.amount_minor)
    return line.statement.code


@breaks("credits_have_their_note")
def a_dispute_credited_without_a_note(house: House) -> str:
    line = _line(house, "due")
    execute(_CREDIT, line.seller_id, line.pk, "dispute", "DSP-222222-2", 1)
    return line.statement.code


@breaks("credits_of_bills_were_given_back")
def a_credit_note_whose_money_went_elsewhere(house: House) -> str:
    note = Invoice.objects.get(seller=house.one.seller, kind="credit_note")
    forge("wallet_entry", "UPDATE wallet_entry SET source = 'ELSEWHERE' WHERE source = %s", note.number)
    return note.statement.code
