"""What a seller takes home to check a bill: all its inputs as JSON, and the program that does the sums again (D-01)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from toiya.core.money import minor_digits
from toiya.domain.billing.models import Invoice, Statement, StatementLine
from toiya.domain.pricing import queries as pricing
from toiya.domain.pricing.codec import rate_as_json
from toiya.domain.pricing.rules import Rate

CHECKER = Path(__file__).with_name("check_bill.py")


def checker() -> bytes:
    """The stand-alone program: one file, nothing but Python's standard library."""
    return CHECKER.read_bytes()


def inputs(statement: Statement) -> bytes:
    """A closed bill with every line as it was digested, the rules of every card named, and the invoice's tax."""
    rows = list(StatementLine.objects.filter(statement=statement).order_by("number"))
    told = [{"digest": row.digest, "line": json.loads(row.inputs)} for row in rows]
    cards = pricing.versions_of(sorted({(each["line"]["card"], each["line"]["version"]) for each in told}))
    invoice = Invoice.objects.filter(statement=statement, kind=Invoice.Kind.INVOICE).first()
    content: dict[str, Any] = {
        "bill": statement.code,
        "seller": statement.seller.code,
        "month": f"{statement.month:%Y-%m}",
        "currency": statement.currency,
        "minor_digits": minor_digits(statement.currency),
        "taken_minor": statement.taken_minor,
        "due_minor": statement.due_minor,
        "credited_minor": statement.credited_minor,
        "paid_out_minor": statement.paid_out_minor,
        "total_minor": statement.total_minor,
        "inputs_hash": statement.inputs_hash,
        "invoice": {"number": invoice.number, "rates": invoice.rates} if invoice else None,
        "cards": {f"{code} {number}": [_rule(each) for each in card.rates] for (code, number), card in cards.items()},
        "lines": told,
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _rule(rate: Rate) -> dict[str, Any]:
    """A rule, with the places of the zone it names."""
    return rate_as_json(rate) | ({"places": list(rate.places)} if rate.places else {})
