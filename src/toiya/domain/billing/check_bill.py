"""
Does the sums of a bill again, from its inputs alone:  python3 check_bill.py bill.json [digest on the invoice]

Needs Python 3.9 or newer and nothing else. Ends with 0 when everything agrees, with 1 after naming what does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

SHARES = {"inbound_express": ("inbound_piece", "inbound_carton", "quality_check")}


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def holds(name: str, wanted: Any, facts: dict[str, Any], places: list[str]) -> bool:
    """Whether a condition of a rule holds: a fact's own value, or at least (_from) or less than (_under) a number."""
    if name == "area":  # a zone of the card
        return facts.get("prefecture") in places or facts.get("remote") == wanted
    fact = name.removesuffix("_under").removesuffix("_from")
    found = facts.get(name if name in facts else fact)
    if found is None or fact == name or name in facts:
        return found is not None and str(found) == str(wanted)
    return int(found) < int(wanted) if name.endswith("_under") else int(found) >= int(wanted)


def check_line(line: dict[str, Any], bill: dict[str, Any], bases: dict[tuple[str, str, str], int]) -> Iterator[str]:
    """What is wrong with one line: its sum, its price on the card, and what was counted."""
    exact = Decimal(line["quantity"]) * Decimal(line["unit_price"]) / Decimal(line["per"])
    digits = bill["minor_digits"]
    amount = int(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP).scaleb(digits))
    if amount != abs(line["amount_minor"]):
        yield f"{line['quantity']} x {line['unit_price']} / {line['per']} is {amount}, not {line['amount_minor']}"
    facts, rules = line["entry"].get("facts", {}), bill["cards"].get(f"{line['card']} {line['version']}", [])
    fitting = [
        rule
        for rule in rules
        if rule["kind"] == line["kind"]
        and Decimal(rule["price"]) == Decimal(line["unit_price"])
        and all(holds(name, wanted, facts, rule.get("places", [])) for name, wanted in rule["conditions"].items())
    ]
    if line["card"] and not fitting:
        yield f"card {line['card']} version {line['version']} has no such price for it"
    parts = SHARES.get(line["kind"])
    counted = sum(bases[line["subject"], line["on"], kind] for kind in parts) if parts else line["entry"]["quantity"]
    if counted != line["quantity"]:
        yield f"the entry counts {counted}, the line {line['quantity']}"


def check_lines(bill: dict[str, Any]) -> Iterator[str]:
    bases: dict[tuple[str, str, str], int] = defaultdict(int)
    for line in (each["line"] for each in bill["lines"]):
        bases[line["subject"], line["on"], line["kind"]] += line["amount_minor"]
    for each in bill["lines"]:
        line = each["line"]
        place = f"Line {line['number']} ({line['kind']}, {line['subject']})"
        if sha256(json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))) != each["digest"]:
            yield f"{place}: its entry or its sum was changed after the bill was closed."
        yield from (f"{place}: {problem}." for problem in check_line(line, bill, bases))


def check_sums(bill: dict[str, Any], printed: str = "") -> Iterator[str]:
    sums: dict[str, int] = defaultdict(int)
    by_rate: dict[int, int] = defaultdict(int)
    for line in (each["line"] for each in bill["lines"]):
        sums[line["origin"]] += line["amount_minor"]
        by_rate[line["tax_percent"]] += 0 if line["origin"] in ("noted", "paid_out") else line["amount_minor"]
    found = {"taken_minor": sums["taken"], "due_minor": sums["due"]}
    found["credited_minor"] = -(sums["credited"] + sums["noted"])
    found["paid_out_minor"] = -sums.pop("paid_out", 0)  # damage and delay made good: no part of what the month cost
    found["total_minor"] = sum(sums.values())
    for name, value in found.items():
        if bill.get(name, 0) != value:
            yield f"{name}: the bill says {bill.get(name, 0)}, its lines sum to {value}."
    digest = sha256("\n".join(each["digest"] for each in bill["lines"]))
    if digest != bill["inputs_hash"] or (printed and printed != digest):
        yield f"The digest of all lines is {digest}, not {printed or bill['inputs_hash']}."
    for percent, total, tax in (bill["invoice"] or {"rates": []})["rates"]:
        again = abs(total) * percent // (100 + percent) * (1 if total >= 0 else -1)
        if (by_rate[percent], again) != (total, tax):
            yield f"Tax of {percent} %: the lines sum to {by_rate[percent]}, {again} of it tax; not {total}, {tax}."


if __name__ == "__main__":
    content = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    problems = [*check_lines(content), *check_sums(content, *sys.argv[2:3])]
    sys.stdout.write(("\n".join(problems) or "Everything agrees.") + "\n")
    sys.exit(1 if problems else 0)
