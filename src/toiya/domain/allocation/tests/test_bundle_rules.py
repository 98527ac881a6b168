"""Bundles, plain lines and packs together, against a judge who lays every piece out one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from toiya.domain.allocation.rules import Demand, Free, Terms, Why, plan_promises

BUNDLES = {101: {5: 2, 6: 1}, 102: {6: 1, 7: 1}}
PLACES = (1, 2)
Line = tuple[int, int, int]  # SKU or bundle, bought, pieces of each


def demands_of(orders: Sequence[Sequence[Line]]) -> list[Demand]:
    """As `sql.demands` gives them: a plain line once, a bundle's line once per part."""
    found = []
    for order, lines in enumerate(orders, start=1):
        for place, (sku, bought, each) in enumerate(lines, start=1):
            bundle = sku if sku in BUNDLES else None
            for part, quantity in sorted(BUNDLES.get(sku, {sku: 1}).items()):
                found.append(Demand(order, order * 10 + place, part, bought * each * quantity, "", bundle))
    return found


def laid_out(lines: Sequence[Line]) -> Counter[int]:
    pieces: Counter[int] = Counter()
    for sku, bought, each in lines:
        for _ in range(bought * each):
            pieces.update(BUNDLES.get(sku, {sku: 1}))
    return pieces


LINE = st.tuples(st.sampled_from([5, 6, 7, 101, 102]), st.integers(1, 2), st.integers(1, 3))
ORDERS = st.lists(st.lists(LINE, min_size=1, max_size=3), max_size=5)
FREE = st.dictionaries(st.tuples(st.sampled_from(PLACES), st.integers(5, 7)), st.integers(0, 20))


@settings(max_examples=300, deadline=None)
@given(ORDERS, FREE)
def test_bundles_are_promised_as_a_slow_and_obvious_judge_says(orders: list[list[Line]], free: Free) -> None:
    plan = plan_promises(demands_of(orders), dict(free), Terms(PLACES))

    left, served = dict(free), {}
    for number, lines in enumerate(orders, start=1):
        pieces = laid_out(lines)
        for place in PLACES:
            if all(left.get((place, sku), 0) >= count for sku, count in pieces.items()):
                served[number] = place
                left |= {(place, sku): left[place, sku] - count for sku, count in pieces.items()}
                break
    assert plan.served == served
    for number, lines in enumerate(orders, start=1):
        got = Counter[int]()
        for promise in plan.promises:
            if promise.order_id == number:
                got[promise.sku_id] += promise.quantity
        assert got == (laid_out(lines) if number in served else Counter())
        waiting = sorted(short.line_id for short in plan.shorts if short.order_id == number)
        assert waiting == ([] if number in served else [number * 10 + place for place in range(1, len(lines) + 1)])


def test_one_part_that_is_missing_speaks_for_its_line() -> None:
    plan = plan_promises(demands_of([[(101, 1, 1), (7, 1, 1)]]), {(1, 5): 9, (1, 7): 1}, Terms((1,)))
    assert [(short.line_id, short.why, short.details) for short in plan.shorts] == [
        (11, Why.NOT_ENOUGH_STOCK, {"sku_id": 6, "needed": 1, "available": 0, "bundle_id": 101}),
        (12, Why.OTHER_LINES, {"sku_id": 7}),
    ]
