"""A bill that anybody can do again: the download, the stand-alone program, any history of events (D-01)."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing_world import BEFORE, MIDDLE, NOVEMBER, SLOW, a_card, a_closed_bill, an_issuer, fee, on_day, sold
from tests.world import WORLD, a_seller, a_sku, a_warehouse, money_in, stock_of
from toiya.core.money import Money
from toiya.domain.billing import download
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.actions.refunding import refund_fee
from toiya.domain.billing.models import Statement, StatementLine
from toiya.domain.billing.replaying import replay
from toiya.domain.pricing.models import Charge, RateCard
from toiya.domain.pricing.rules import Kind, Rate
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.models import Entry, Reservation
from toiya.domain.wallet.sql import Purse

pytestmark = pytest.mark.django_db


@pytest.fixture
def bill() -> Statement:
    """The manual's example, 20 × 30 = 600 (A070), beside fees, with its invoice."""
    seller, house = a_seller(), a_warehouse()
    money_in(seller, 10_000, at=BEFORE)
    a_card()
    sku = a_sku(seller)
    stock_of(sku, house, 25, at=on_day(10, 20))
    sold(sku, house, 5, on_day(11, 10))
    fee(seller, house, "PCL-1", 385, on_day(11, 10))
    refund_fee(seller=seller, amount=Money(100, "JPY"), reference="PCL-1", actor=WORLD, at=on_day(11, 13))
    made = a_closed_bill(seller)
    an_issuer()
    issue_invoice(code=made.code, actor=WORLD, at=MIDDLE)
    return made


def checked(content: dict[str, Any], folder: Path, *more: str) -> tuple[int, list[str]]:
    """What the downloaded program says of the downloaded inputs, run by itself and away from the house."""
    program, inputs = folder / "check_bill.py", folder / "bill.json"
    program.write_bytes(download.checker())
    inputs.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(program), str(inputs), *more],
        capture_output=True, text=True, timeout=60, cwd=folder, check=False,
    )  # fmt: skip
    assert not ran.stderr
    return ran.returncode, ran.stdout.splitlines()


@pytest.mark.seed("A070")
def test_the_stand_alone_program_agrees_with_the_bill_and_its_printed_digest(bill: Statement, tmp_path: Path) -> None:
    content = json.loads(download.inputs(bill))
    assert [each["line"]["formula"] for each in content["lines"]] == ["1 × 385", "1 × 100", "20 × 30"]
    assert checked(content, tmp_path, bill.inputs_hash) == (0, ["Everything agrees."])
    code, told = checked(content, tmp_path, "0" * 64)
    assert (code, told) == (1, [f"The digest of all lines is {bill.inputs_hash}, not {'0' * 64}."])


def test_prices_by_zone_are_done_again_too(tmp_path: Path) -> None:
    """Carriage to Kyushu and the surcharge of an island, each by the places that its card's version names."""
    seller, house = a_seller(), a_warehouse()
    money_in(seller, 10_000, at=BEFORE)
    rates = [
        Rate(Kind.SHIPPING, Decimal(1460), {"service": "nekopos", "area": "九州"}),
        Rate(Kind.SURCHARGE, Decimal(500), {"service": "nekopos", "area": "Islands"}),
    ]
    a_card(rates, zones={"九州": ["福岡県", "長崎県"], "Islands": ["817"]})
    to: dict[str, str | int] = {"prefecture": "長崎県", "remote": "Islands"}
    fee(seller, house, "PCL-1", 385, on_day(11, 10), **to)
    fee(seller, house, "PCL-1-S", 0, on_day(11, 10), kind=Kind.SURCHARGE, **to)
    made = a_closed_bill(seller)
    content = json.loads(download.inputs(made))
    assert [each["line"]["formula"] for each in content["lines"]] == ["1 × 1460", "1 × 500"]
    assert replay(made) == []
    assert checked(content, tmp_path, made.inputs_hash) == (0, ["Everything agrees."])
    content["cards"][next(iter(content["cards"]))][0]["places"] = ["福岡県"]
    code, told = checked(content, tmp_path)
    assert (code, len(told)) == (1, 1)


def test_one_changed_entry_is_named(bill: Statement, tmp_path: Path) -> None:
    content = json.loads(download.inputs(bill))
    line = content["lines"][2]["line"]
    line["entry"]["quantity"] = 19
    code, told = checked(content, tmp_path)
    place = f"Line 3 (storage_month, {line['subject']})"
    assert (code, told) == (
        1,
        [
            f"{place}: its entry or its sum was changed after the bill was closed.",
            f"{place}: the entry counts 19, the line 20.",
        ],
    )


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("amount_minor", 630, "20 x 30 / 1 is 600, not 630"),
        ("unit_price", "31", "has no such price for it"),
    ],
)
def test_a_changed_sum_or_price_is_named(bill: Statement, tmp_path: Path, field: str, value: Any, told: str) -> None:
    content = json.loads(download.inputs(bill))
    content["lines"][2]["line"][field] = value
    code, said = checked(content, tmp_path)
    assert code == 1
    assert any(told in each for each in said)


def test_what_was_counted_must_still_fulfil_the_card(bill: Statement, tmp_path: Path) -> None:
    content = json.loads(download.inputs(bill))
    content["lines"][2]["line"]["entry"]["facts"]["shipped"] = 10
    assert any("has no such price" in each for each in checked(content, tmp_path)[1])


def test_the_program_fits_on_a_few_screens_and_needs_nothing() -> None:
    source = download.checker().decode()
    assert len(source.splitlines()) <= 100
    assert "toiya" not in source
    assert "django" not in source


HISTORY = st.lists(
    st.tuples(
        st.sampled_from(["fee", "void", "back", "come", "go", "old"]), st.integers(1, 400), st.integers(0, 60 * 24)
    ),
    max_size=12,
)


@given(HISTORY)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_history_of_events_sums_to_the_ledgers(history: list[tuple[str, int, int]]) -> None:
    """Fees, refunds, given back, goods coming and going on any day: lines = money moved + storage priced = replay."""
    seller = a_seller()
    house = a_warehouse(f"W{seller.pk}")
    money_in(seller, 1_000_000, at=BEFORE)
    if not RateCard.objects.exists():
        a_card(SLOW)
    sku, lying = a_sku(seller), 0
    for number, (what, size, hours) in enumerate(sorted(history, key=lambda event: event[2])):
        at = datetime.fromtimestamp(BEFORE.timestamp() + hours * 3600, UTC)
        purse = Purse(seller.pk, "JPY", "world", at)
        if what == "fee":
            fee(seller, house, f"PCL-{number}", size, at, kind=Kind.SHIPPING)
        elif what == "void":
            ledger.reserve(purse, {f"V-{number}": size})
            ledger.void(purse, [f"V-{number}"])
        elif what == "old":
            ledger.reserve(purse, {f"O-{number}": size})
            ledger.capture(purse, [f"O-{number}"])
        elif what == "back":
            refund_fee(seller=seller, amount=Money(size, "JPY"), reference=f"B-{number}", actor=WORLD, at=at)
        elif what == "come":
            stock_of(sku, house, size, at=at)
            lying += size
        elif lying >= size % 12 + 1:
            sold(sku, house, size % 12 + 1, at)
            lying -= size % 12 + 1
    bills = [a_closed_bill(seller, NOVEMBER), a_closed_bill(seller, NOVEMBER.replace(month=12), on_day(12, 31, 16))]
    assert [replay(each) for each in bills] == [[], []]
    lines = StatementLine.objects.filter(seller=seller)
    money = lines.filter(wallet_entry_id__isnull=False).aggregate(all=Sum("amount_minor"))["all"] or 0
    captured = (
        Reservation.objects.filter(seller=seller, status="captured").aggregate(all=Sum("amount_minor"))["all"] or 0
    )
    back = Entry.objects.filter(seller_id=seller.pk, source__startswith="B-", amount_minor__gt=0)
    assert money == captured - (back.aggregate(all=Sum("amount_minor"))["all"] or 0)
    storage = Charge.objects.filter(seller=seller, source__startswith="STO-").aggregate(all=Sum("amount_minor"))["all"]
    assert (lines.filter(origin="due").aggregate(all=Sum("amount_minor"))["all"] or 0) == (storage or 0)
    assert sum(each.total_minor for each in bills) == money + (storage or 0)
