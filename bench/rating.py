"""A month of ledger entries through the pure `rate`: seconds and peak memory, beside a bare loop over the same."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from toiya.domain.pricing.rules import Card, Entry, Kind, Period, Rate, rated

MONTH = Period.month(2026, 11)
SERVICES = ("nekopos", "takkyubin", "post", "cool")
MEGABYTE = 1024  # ru_maxrss is in kilobytes
Facts = dict[str, str | int]


def card() -> Card:
    """A card with a rule for each kind, and exceptions by service, warehouse and weight for shipping."""
    rates = [Rate(kind, Decimal(5), {}) for kind in Kind]
    for place, service in enumerate(SERVICES):
        rates.append(Rate(Kind.SHIPPING, Decimal(300 + place), {"service": service}))
        rates.append(Rate(Kind.SHIPPING, Decimal(280 + place), {"service": service, "warehouse": "FNB"}))
        rates.append(Rate(Kind.SURCHARGE, Decimal(20 + place), {"service": service, "weight_g_from": 2_000}))
    return Card("RC-BENCH", 1, "JPY", tuple(rates))


def entries(count: int) -> Iterator[Entry]:
    """So many facts of November, five of each parcel; made one by one, as a cursor gives them."""
    kinds = (Kind.SHIPPING, Kind.SURCHARGE, Kind.PICK_FIRST, Kind.PICK_MORE, Kind.PACKAGING)
    days = [MONTH.start + timedelta(days=number) for number in range(MONTH.days)]
    for number in range(count):
        parcel = number // 5
        facts: Facts = {
            "warehouse": "FNB" if parcel % 3 else "KWG",
            "service": SERVICES[parcel % 4],
            "weight_g": parcel * 37 % 5_000,
        }
        yield Entry(kinds[number % 5], days[parcel % 30], f"PCL-{parcel}", 1 + parcel % 3, facts, None, (number,))


def ours(count: int) -> int:
    """The sum in yen, by the house's own rules."""
    return sum(line.amount_minor for line in rated(card(), entries(count), MONTH))


def bare(count: int) -> int:
    """The leanest loop that can know the sum: one look into a dict by kind, one multiplication."""
    prices: dict[Kind, int] = dict.fromkeys(Kind, 5)
    start, end = date(2026, 11, 1), date(2026, 12, 1)
    total = 0
    for entry in entries(count):
        if start <= entry.on < end:
            total += entry.quantity * prices[entry.kind]
    return total


def making(count: int) -> int:
    """What making the entries takes, which both pay alike."""
    return sum(1 for _ in entries(count))


SIDES = {"making": making, "limit": bare, "ours": ours}


def main(count: int, rounds: int) -> int:
    """Measure in turn, each round in a process of its own, and print what came out."""
    print(f"rate: {count:,} entries of a month, median of {rounds} rounds; making the entries is taken off", flush=True)
    print(f"{'limit s':>10} {'ours s':>10} {'ratio':>7} {'entries/s':>12} {'peak MB':>9}", flush=True)
    figures: dict[str, list[float]] = {side: [] for side in SIDES}
    peaks = []
    for _ in range(rounds):
        for side in SIDES:
            seconds, megabytes = apart(side, count)
            figures[side].append(seconds)
            if side == "ours":
                peaks.append(megabytes)
    made = statistics.median(figures["making"])
    limit, rating = (max(statistics.median(figures[side]) - made, 1e-9) for side in ("limit", "ours"))
    print(f"{limit:>10.2f} {rating:>10.2f} {limit / rating:>7.2f} {count / rating:>12,.0f} {max(peaks):>9.0f}")
    return 0


def apart(side: str, count: int) -> tuple[float, float]:
    """Seconds of the processor and peak memory of one side in a process of its own."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_run, args=(side, count, results))
    process.start()
    found: tuple[float, float] = results.get(timeout=1800)
    process.join()
    return found


def _run(side: str, count: int, results: Any) -> None:
    started = time.process_time()
    SIDES[side](count)
    seconds = time.process_time() - started
    results.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE))
