"""Who gets which stock, decided without a database: by example, and against a slow and obvious judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from toiya.domain.allocation.queries import OWNERS
from toiya.domain.allocation.rules import RANK, Demand, Free, Plan, Terms, Why, plan_promises

FNB, KWG = 1, 2


def demands(*orders: Sequence[tuple[int | None, int]]) -> list[Demand]:
    """Orders 1, 2, … of lines (SKU, pieces); line 12 is the second line of order 1."""
    return [
        Demand(order, order * 10 + place, sku, quantity, f"CODE-{sku}")
        for order, lines in enumerate(orders, start=1)
        for place, (sku, quantity) in enumerate(lines, start=1)
    ]


def planned(wanted: Sequence[Demand], free: Mapping[tuple[int, int], int], warehouses: Sequence[int] = (FNB,)) -> Plan:
    return plan_promises(wanted, dict(free), Terms(warehouses))


def reasons(plan: Plan) -> dict[int, str]:
    return {short.line_id: short.why.value for short in plan.shorts}


def test_an_order_gets_all_its_lines_from_one_warehouse() -> None:
    plan = planned(demands([(5, 2), (6, 1)]), {(FNB, 5): 2, (FNB, 6): 1})
    assert plan.served == {1: FNB}
    assert [(p.line_id, p.sku_id, p.warehouse_id, p.quantity) for p in plan.promises] == [(11, 5, 1, 2), (12, 6, 1, 1)]
    assert plan.shorts == []


def test_an_order_that_lacks_one_piece_gets_none_and_each_line_one_reason() -> None:
    plan = planned(demands([(5, 2), (6, 2)]), {(FNB, 5): 9, (FNB, 6): 1})
    assert (plan.promises, plan.served) == ([], {})
    assert reasons(plan) == {11: "other_lines", 12: "not_enough_stock"}
    assert plan.unserved[1].why is Why.NOT_ENOUGH_STOCK
    assert plan.unserved[1].details == {"sku_id": 6, "needed": 2, "available": 1}


def test_two_lines_of_one_sku_are_judged_together() -> None:
    assert planned(demands([(5, 2), (5, 2)]), {(FNB, 5): 4}).served == {1: FNB}
    plan = planned(demands([(5, 2), (5, 2)]), {(FNB, 5): 3})
    assert plan.served == {}
    assert [short.details for short in plan.shorts] == [{"sku_id": 5, "needed": 4, "available": 3}] * 2


def test_who_came_first_is_served_first_and_who_can_still_be_served_is() -> None:
    plan = planned(demands([(5, 2)], [(5, 2)], [(5, 1)]), {(FNB, 5): 3})
    assert plan.served == {1: FNB, 3: FNB}
    assert plan.unserved[2].details["available"] == 1


def test_an_order_without_its_stock_takes_nothing_from_those_after_it() -> None:
    plan = planned(demands([(5, 1), (6, 1)], [(5, 1)]), {(FNB, 5): 1})
    assert plan.served == {2: FNB}


def test_an_order_is_never_split_over_warehouses_and_the_first_that_has_all_serves() -> None:
    free = {(FNB, 5): 1, (KWG, 5): 2, (KWG, 6): 1}
    assert planned(demands([(5, 1), (6, 1)]), free, (FNB, KWG)).served == {1: KWG}
    assert planned(demands([(5, 1)]), free, (FNB, KWG)).served == {1: FNB}
    assert planned(demands([(5, 3)]), free, (FNB, KWG)).served == {}


def test_the_reason_names_the_warehouse_that_lacks_least() -> None:
    plan = planned(demands([(5, 5)]), {(FNB, 5): 1, (KWG, 5): 4}, (FNB, KWG))
    assert plan.unserved[1].details == {"sku_id": 5, "needed": 5, "available": 4}


def test_a_line_that_matched_no_sku_leads_and_the_others_say_what_they_lack() -> None:
    plan = planned(demands([(6, 1), (None, 2), (5, 1)]), {(FNB, 6): 1})
    assert reasons(plan) == {11: "other_lines", 12: "no_sku", 13: "not_enough_stock"}
    assert plan.unserved[1].details == {"code": "CODE-None", "needed": 2}


def test_without_a_warehouse_nothing_is_promised() -> None:
    assert reasons(planned(demands([(5, 1)]), {(FNB, 5): 9}, ())) == {11: "no_warehouse"}


def test_every_reason_has_an_owner_and_a_rank() -> None:
    assert set(OWNERS) == set(RANK) == set(Why)


LINES = st.lists(st.tuples(st.one_of(st.none(), st.integers(5, 7)), st.integers(1, 3)), min_size=1, max_size=3)
ORDERS = st.lists(LINES, max_size=5)
ROUTES = st.dictionaries(st.integers(1, 5), st.sampled_from([(), (FNB,), (KWG,), (KWG, FNB)]))
FREE = st.dictionaries(st.tuples(st.sampled_from([FNB, KWG]), st.integers(5, 7)), st.integers(0, 6))


@settings(max_examples=300, deadline=None)
@given(ORDERS, FREE, ROUTES)
def test_the_plan_is_what_a_slow_and_obvious_judge_says(
    orders: list[list[tuple[int | None, int]]], free: Free, routes: dict[int, tuple[int, ...]]
) -> None:
    wanted = demands(*orders)
    plan = plan_promises(wanted, dict(free), Terms((FNB, KWG), routes))

    left, served = Counter(free), {}
    for number, lines in enumerate(orders, start=1):
        pieces = [sku for sku, quantity in lines for _ in range(quantity)]
        for warehouse in routes.get(number, (FNB, KWG)):
            shelf = Counter({sku: count for (place, sku), count in left.items() if place == warehouse})
            if None not in pieces and not Counter(pieces) - shelf:
                served[number] = warehouse
                left.subtract((warehouse, sku) for sku in pieces if sku is not None)
                break
    assert plan.served == served
    assert min(left.values(), default=0) >= 0

    promised = {promise.line_id: (promise.sku_id, promise.quantity, promise.warehouse_id) for promise in plan.promises}
    assert promised == {
        each.line_id: (each.sku_id, each.quantity, served[each.order_id]) for each in wanted if each.order_id in served
    }
    waiting = [each for each in wanted if each.order_id not in served]
    assert [short.line_id for short in plan.shorts] == [each.line_id for each in waiting]
    assert set(plan.unserved) == {each.order_id for each in waiting}
    for short in plan.shorts:
        lead = plan.unserved[short.order_id]
        assert RANK[lead.why] <= RANK[short.why]
        assert lead.why not in (Why.OTHER_LINES, Why.KEPT_BACK, Why.EXPIRES_SOON), "somebody must be able to act"


@settings(max_examples=100, deadline=None)
@given(ORDERS, FREE)
def test_judging_all_at_once_or_one_after_the_other_is_the_same(
    orders: list[list[tuple[int | None, int]]], free: Free
) -> None:
    """R10 for the decision: what one call leaves of `free` is what the next one gets."""
    wanted = demands(*orders)
    at_once = planned(wanted, free, (FNB, KWG))
    left = dict(free)
    alone = [
        plan_promises([each for each in wanted if each.order_id == order], left, Terms((FNB, KWG)))
        for order in range(1, 6)
    ]
    assert [promise for plan in alone for promise in plan.promises] == at_once.promises
    assert [short for plan in alone for short in plan.shorts] == at_once.shorts
