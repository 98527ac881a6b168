"""A bill done again from the ledgers: every line must come out to the yen, and each that does not is named (D-01)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toiya.domain.billing import gathering
from toiya.domain.billing.models import Statement, StatementLine, StorageMonth
from toiya.domain.billing.rules import digests, lines
from toiya.domain.pricing import queries as pricing
from toiya.domain.pricing.amounts import amount_of, plain
from toiya.domain.pricing.codec import entry_as_json, entry_of
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import SHARES, Card, Period, rate
from toiya.domain.wallet.models import Entry as WalletEntry


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not come out: the line (0: the bill as a whole), what it is about, and why, as a code."""

    number: int
    subject: str
    why: str
    told: str
    found: str


def replay(statement: Statement) -> list[Difference]:
    """
    Everything that a closed bill says and the ledgers do not. An empty list: it replays to the yen.

    Recomputed: each digest, each price from its card's version and its entry, each amount from its formula, storage
    from the movements of goods, money from the entries of the wallet, and the sums.
    """
    rows = list(StatementLine.objects.filter(statement=statement).order_by("number"))
    read = [(row, json.loads(row.inputs)) for row in rows]
    return [
        *_texts(read),
        *_prices(read, statement.currency),
        *_charges(read),
        *_money(statement, rows),
        *_storage(statement, read),
        *_sums(statement, rows),
    ]


Read = Sequence[tuple[StatementLine, dict[str, Any]]]


def _texts(read: Read) -> Iterator[Difference]:
    """The columns are what the text says, and the text is what the digest was made of."""
    for row, told in read:
        if digests.digest(row.inputs) != row.digest:
            yield Difference(row.number, row.subject, "text", row.digest, digests.digest(row.inputs))
        columns = (row.number, row.kind, row.subject, row.source, row.quantity, row.amount_minor, row.tax_percent)
        names = ("number", "kind", "subject", "source", "quantity", "amount_minor", "tax_percent")
        wanted = tuple(told[name] for name in names)
        if columns != wanted or (row.on.isoformat(), row.origin) != (told["on"], told["origin"]):
            yield Difference(row.number, row.subject, "columns", str(wanted), str(columns))


def _prices(read: Read, currency: str) -> Iterator[Difference]:
    """Each priced line once more from its entry and its card; a share's quantity from the lines it is a share of."""
    cards = pricing.versions_of([(told["card"], told["version"]) for _row, told in read if told["card"]])
    bases: dict[tuple[str, str, str], int] = defaultdict(int)
    for _row, told in read:
        bases[told["subject"], told["on"], told["kind"]] += told["amount_minor"]
    for row, told in read:
        if row.charge_id is None:
            continue
        entry = entry_of(told["entry"])
        card = cards.get((told["card"], told["version"]), Card("", 0, currency))
        again = rate(card, [entry], Period.day(entry.on))
        shares = SHARES.get(entry.kind)
        base = sum(bases[told["subject"], told["on"], str(kind)] for kind in shares or ())
        quantity = base if shares else entry.quantity
        price, per = (again[0].unit_price, again[0].per) if again else (Decimal(0), 1)
        found = (quantity, plain(price), per, amount_of(quantity, price, per, currency))
        wanted = (told["quantity"], told["unit_price"], told["per"], told["amount_minor"])
        if found != wanted:
            yield Difference(row.number, row.subject, "price", _sum(wanted), _sum(found))


def _sum(parts: tuple[int, str, int, int]) -> str:
    quantity, price, per, amount = parts
    return f"{quantity} × {price}{f' ÷ {per}' if per != 1 else ''} = {amount}"


def _charges(read: Read) -> Iterator[Difference]:
    """The charge a line was made of still says the same."""
    charges = Charge.objects.in_bulk([row.charge_id for row, _told in read if row.charge_id])
    for row, told in read:
        if row.charge_id is None:
            continue
        charge = charges.get(row.charge_id)
        found = (charge.amount_minor, charge.source, charge.entry) if charge else None
        wanted = (told["amount_minor"], told["source"], told["entry"])
        if found != wanted:
            yield Difference(row.number, row.subject, "charge", str(wanted), str(found))


def _money(statement: Statement, rows: Sequence[StatementLine]) -> Iterator[Difference]:
    """What the lines of one entry of the wallet sum to is what it moved."""
    by_entry: dict[int, list[StatementLine]] = defaultdict(list)
    for row in rows:
        if row.wallet_entry_id is not None:
            by_entry[row.wallet_entry_id].append(row)
    keys = {*by_entry, *(row.also_entry_id for row in rows if row.also_entry_id)}
    own = WalletEntry.objects.filter(seller_id=statement.seller_id, pk__in=keys)
    moved = {key: abs(amount) for key, amount in own.values_list("pk", "amount_minor")}
    for key, parts in by_entry.items():
        told = sum(abs(row.amount_minor) for row in parts)
        found = moved.get(key, 0) + moved.get(parts[0].also_entry_id or 0, 0)
        if told != found:
            yield Difference(parts[0].number, parts[0].source, "money", str(told), str(found))


def _storage(statement: Statement, read: Read) -> Iterator[Difference]:
    """Storage counted from the movements once more: each SKU's entry is still what it was."""
    sources = {row.source for row, _told in read if row.origin == lines.DUE}
    for month in StorageMonth.objects.filter(seller_id=statement.seller_id, code__in=sources).select_related(
        "warehouse"
    ):
        entries = gathering.entries_of(statement.seller_id, month.warehouse, month.month)
        found = {(str(entry.kind), entry.subject): entry_as_json(entry) for entry in entries}
        for row, told in read:
            if row.source == month.code and (again := found.get((row.kind, row.subject))) != told["entry"]:
                yield Difference(row.number, row.subject, "storage", _counted(told["entry"]), _counted(again))


def _counted(entry: Mapping[str, Any] | None) -> str:
    if entry is None:
        return "-"
    movements = ",".join(map(str, entry["ledger"]))
    return f"{entry['quantity']} left, {entry['facts'].get('shipped', 0)} shipped; movements {movements}"


def _sums(statement: Statement, rows: Sequence[StatementLine]) -> Iterator[Difference]:
    totals = lines.totals_of((row.origin, row.amount_minor) for row in rows)
    sums = (statement.taken_minor, statement.due_minor, statement.credited_minor, statement.paid_out_minor)
    told = (*sums, statement.total_minor)
    if (*totals, totals.total) != told:
        yield Difference(0, statement.code, "sums", str(told), str((*totals, totals.total)))
    found = digests.digest_of_all(row.digest for row in rows)
    if found != statement.inputs_hash:
        yield Difference(0, statement.code, "digest", statement.inputs_hash, found)
