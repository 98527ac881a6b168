"""Which lines a bill has: what the wallet took and gave back, what is to be paid, each with what it was priced from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from toiya.domain.billing.rules import digests

TAKEN, DUE, CREDITED, NOTED, PAID_OUT = "taken", "due", "credited", "noted", "paid_out"
ON_NO_INVOICE = (NOTED, PAID_OUT)  # the first has its own paper, the second is no price of anything we supplied
# Kinds of lines that no rate card knows: money taken without a price, money given back, damage and delay made good.
UNPRICED, CREDIT, COMPENSATION, DELAY_CREDIT = "unpriced", "credit", "compensation", "delay_credit"
ORDER_PREFIX, DISPUTE_PREFIX = "ORD-", "DSP-"  # what codes of orders and of disputes begin with
STANDARD_TAX_PERCENT = 10
# Kinds of postings.
CAPTURE, CHARGE, CHARGE_ADVERTISING, REFUND, COMPENSATE = "capture", "charge", "charge_ads", "refund", "compensate"


class Priced(NamedTuple):
    """A charge: what was priced, by which version of which card, and what came of it."""

    charge_id: int
    source: str
    kind: str
    subject: str
    on: date
    quantity: int
    unit_price: str
    per: int
    amount_minor: int
    formula: str
    card: str
    version: int
    tax_percent: int
    entry: Mapping[str, Any]


class Taken(NamedTuple):
    """Money that moved for one cause, on a day of the operator's calendar; positive. `also_id`: of a second purse."""

    entry_id: int
    kind: str
    source: str
    amount_minor: int
    on: date
    also_id: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A line before it has its number."""

    origin: str
    priced: Priced
    wallet_entry_id: int | None = None
    also_entry_id: int | None = None

    @property
    def amount_minor(self) -> int:
        """Signed: what was given back is negative."""
        return self.priced.amount_minor

    def as_text(self, number: int, currency: str) -> str:
        """The whole line as its one text."""
        told = self.priced._asdict() | {
            "number": number,
            "currency": currency,
            "origin": self.origin,
            "on": self.priced.on.isoformat(),
            "entry": dict(self.priced.entry),
            "wallet_entries": [key for key in (self.wallet_entry_id, self.also_entry_id) if key],
        }
        return digests.canonical(told)


def lines_of(
    moves: Iterable[Taken], charges: Iterable[Priced], notes: Collection[str], currency_digits: int
) -> list[Draft]:
    """
    The lines of money that moved. A cause's charges stand for its money when they sum to it; else the money stands
    alone. What was paid by the verb `charge` for no charge of its own was billed before and makes no line; nor does
    what a dispute gave back of such a payment.

    :param notes: numbers of credit notes, and disputes that have one: money given back for one is on its own paper
    """
    by_source: dict[str, list[Priced]] = {}
    for charge in charges:
        by_source.setdefault(charge.source, []).append(charge)
    drafts: list[Draft] = []
    for move in _together(moves):
        if move.kind == REFUND:
            if move.source in notes or not move.source.startswith(DISPUTE_PREFIX):
                drafts.append(_credit(move, notes, currency_digits))
            continue
        if move.kind == COMPENSATE:
            drafts.append(_paid_out(move, currency_digits))
            continue
        found = by_source.pop(move.source, [])
        if found and sum(charge.amount_minor for charge in found) == move.amount_minor:
            drafts.extend(Draft(TAKEN, charge, move.entry_id, move.also_id) for charge in found)
        elif found or move.kind == CAPTURE:
            drafts.append(_unpriced(move, currency_digits))
    return drafts


def _together(moves: Iterable[Taken]) -> list[Taken]:
    """What two purses paid for one cause as one move, where its first was."""
    found: dict[tuple[str, str], Taken] = {}
    for move in moves:
        kind = CHARGE if move.kind == CHARGE_ADVERTISING else move.kind
        key = (kind, move.source if kind == CHARGE else str(move.entry_id))
        first = found.get(key)
        if first is None:
            found[key] = move._replace(kind=kind)
        else:
            total = first.amount_minor + move.amount_minor
            found[key] = first._replace(amount_minor=total, also_id=move.entry_id)
    return list(found.values())


def due_lines(charges: Iterable[Priced]) -> list[Draft]:
    """The lines of what was priced and not paid yet: storage."""
    return [Draft(DUE, charge) for charge in charges]


def _unpriced(move: Taken, digits: int) -> Draft:
    return Draft(TAKEN, _alone(move, UNPRICED, move.amount_minor, digits), move.entry_id, move.also_id)


def _credit(move: Taken, notes: Collection[str], digits: int) -> Draft:
    origin = NOTED if move.source in notes else CREDITED
    return Draft(origin, _alone(move, CREDIT, -move.amount_minor, digits), move.entry_id)


def _paid_out(move: Taken, digits: int) -> Draft:
    """
    What a claim or the contract's delay credit put into the wallet (D-04, D-10): damages are no price of a supply, so
    no tax is in them, they stand on no invoice and change nothing of what is due.
    """
    kind = DELAY_CREDIT if move.source.startswith(ORDER_PREFIX) else COMPENSATION
    return Draft(PAID_OUT, _alone(move, kind, -move.amount_minor, digits)._replace(tax_percent=0), move.entry_id)


def _alone(move: Taken, kind: str, amount_minor: int, digits: int) -> Priced:
    """Money without a price: one of it, at what it was."""
    price = shown_price(abs(amount_minor), digits)
    entry = {"kind": kind, "on": move.on.isoformat(), "subject": move.source, "quantity": 1, "ledger": []}
    formula = f"1 × {price}"
    return Priced(
        0,
        move.source,
        kind,
        move.source,
        move.on,
        1,
        price,
        1,
        amount_minor,
        formula,
        "",
        0,
        STANDARD_TAX_PERCENT,
        entry,
    )


def shown_price(minor: int, digits: int) -> str:
    """Minor units as the major unit's decimal, without a float."""
    whole, rest = divmod(minor, 10**digits)
    return f"{whole}.{rest:0{digits}d}" if digits else str(whole)


class Totals(NamedTuple):
    """Sums of a bill in minor units; `credited` and `paid_out` are positive, the latter no part of the total."""

    taken: int
    due: int
    credited: int
    paid_out: int = 0

    @property
    def total(self) -> int:
        """What the month cost."""
        return self.taken + self.due - self.credited


def totals_of(amounts: Iterable[tuple[str, int]]) -> Totals:
    """The sums of pairs (origin, signed amount)."""
    sums = dict.fromkeys((TAKEN, DUE, CREDITED, NOTED, PAID_OUT), 0)
    for origin, amount in amounts:
        sums[origin] += amount
    return Totals(sums[TAKEN], sums[DUE], -(sums[CREDITED] + sums[NOTED]), -sums[PAID_OUT])


def by_kind(lines: Sequence[tuple[str, int]]) -> list[tuple[str, int, int]]:
    """Pairs (kind, amount) as (kind, how many lines, their sum), the largest sum first."""
    sums: dict[str, tuple[int, int]] = {}
    for kind, amount in lines:
        count, total = sums.get(kind, (0, 0))
        sums[kind] = (count + 1, total + amount)
    return sorted(((kind, *found) for kind, found in sums.items()), key=lambda each: (-abs(each[2]), each[0]))
