"""Random verbs on the ledger of goods, beside a model of plain dictionaries: same pieces, same refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.machines import RolledBack, refusal_of, run
from tests.world import NOON, WORLD, a_seller, a_warehouse, some_skus
from toiya.core import checks
from toiya.domain.catalog.models import Sku
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.goods import Arrival, adjust_stock, move_stock, receive_stock
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.checks import TRUTHS
from toiya.domain.stock.models import Balance, BinStock
from toiya.domain.warehouses.models import Bin, Warehouse

INVARIANTS = [check for check in TRUTHS.checks if check.invariant in {"I01", "I02", "I03"}]
SKUS, BINS = st.integers(0, 1), st.integers(0, 2)
ASIDE = 3  # the bin for what may not be sold
LOTS = st.sampled_from(["", "L1"])
FEW, MANY = st.integers(1, 6), st.integers(1, 20)
PLACED = st.lists(st.tuples(SKUS, BINS, LOTS, FEW), min_size=1, max_size=3)
ARRIVED = st.lists(st.tuples(SKUS, BINS, LOTS, MANY), min_size=1, max_size=3)
PROMISED = st.lists(st.tuples(SKUS, FEW), min_size=1, max_size=3)


@dataclass
class Pieces:
    """The model: what is where, and what is promised; None of it may go below nothing."""

    bins: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    allocated: Counter[int] = field(default_factory=Counter)

    def on_hand(self, sku: int) -> int:
        return sum(pieces for (of, _, _), pieces in self.bins.items() if of == sku)

    def blocked(self, sku: int) -> int:
        return sum(pieces for (of, place, _), pieces in self.bins.items() if of == sku and place == ASIDE)

    def is_possible(self) -> bool:
        within = all(0 <= self.allocated[sku] <= self.on_hand(sku) - self.blocked(sku) for sku in range(2))
        return within and min(self.bins.values(), default=0) >= 0

    def copy(self) -> Pieces:
        return Pieces(Counter(self.bins), Counter(self.allocated))


class Ledger(RolledBack):
    """The verbs in any order."""

    skus: list[Sku]
    bins: list[Bin]
    warehouse: Warehouse

    def __init__(self) -> None:
        super().__init__()
        self.model = Pieces()
        seller_id = self.skus[0].seller_id
        self.book = Book(seller_id, self.warehouse.pk, "model", NOON)

    def judge(self, wanted: Pieces, step: Callable[[], object]) -> None:
        """Do the step; it must succeed exactly when the model says so, and change nothing otherwise."""
        refusal = refusal_of(step, "stock_", "core_event")
        assert (refusal is None) == wanted.is_possible(), refusal
        if refusal is None:
            self.model = wanted

    def lock(self) -> None:
        sql.lock_balances(self.book.seller_id, [self.book.warehouse_id], [sku.pk for sku in self.skus])

    @rule(placed=ARRIVED)
    def receive(self, placed: list[tuple[int, int, str, int]]) -> None:
        wanted = self.model.copy()
        for sku, place, lot, quantity in placed:
            wanted.bins[sku, place, lot] += quantity
        arrivals = [Arrival(self.skus[s].pk, self.bins[b].pk, q, lot) for s, b, lot, q in placed]
        self.judge(
            wanted,
            lambda: receive_stock(
                seller_id=self.book.seller_id,
                warehouse_id=self.warehouse.pk,
                arrivals=arrivals,
                source="CB-1",
                actor=WORLD,
                at=NOON,
            ),
        )

    @rule(promised=PROMISED)
    def allocate(self, promised: list[tuple[int, int]]) -> None:
        self.promise(promised, +1)

    @rule(promised=PROMISED)
    def deallocate(self, promised: list[tuple[int, int]]) -> None:
        self.promise(promised, -1)

    def promise(self, promised: list[tuple[int, int]], sign: int) -> None:
        wanted = self.model.copy()
        for sku, quantity in promised:
            wanted.allocated[sku] += sign * quantity
        posts = [Post(self.skus[sku].pk, quantity, "ORD-1") for sku, quantity in promised]
        verb = ledger.allocate if sign > 0 else ledger.deallocate
        self.judge(wanted, lambda: (self.lock(), verb(self.book, posts)))

    @rule(placed=PLACED)
    def ship(self, placed: list[tuple[int, int, str, int]]) -> None:
        wanted = self.model.copy()
        for sku, place, lot, quantity in placed:
            wanted.bins[sku, place, lot] -= quantity
            wanted.allocated[sku] -= quantity
        posts = [Post(self.skus[s].pk, q, "PCL-1", from_bin_id=self.bins[b].pk, lot=lot) for s, b, lot, q in placed]
        self.judge(wanted, lambda: (self.lock(), ledger.ship(self.book, posts)))

    @rule(sku=SKUS, start=BINS, end=BINS, lot=LOTS, quantity=FEW)
    def move(self, sku: int, start: int, end: int, lot: str, quantity: int) -> None:
        wanted = self.model.copy()
        wanted.bins[sku, start, lot] -= quantity
        is_there = wanted.is_possible()
        wanted.bins[sku, end, lot] += quantity
        if not is_there:
            wanted.bins[sku, start, lot] = -1
        self.judge(
            wanted,
            lambda: move_stock(
                sku=self.skus[sku],
                from_bin=self.bins[start],
                to_bin=self.bins[end],
                quantity=quantity,
                lot=lot,
                actor=WORLD,
                at=NOON,
            ),
        )

    @rule(sku=SKUS, place=BINS, lot=LOTS, difference=st.integers(-6, 6).filter(bool))
    def count(self, sku: int, place: int, lot: str, difference: int) -> None:
        wanted = self.model.copy()
        wanted.bins[sku, place, lot] += difference
        self.judge(
            wanted,
            lambda: adjust_stock(
                sku=self.skus[sku],
                place=self.bins[place],
                difference=difference,
                lot=lot,
                reason="counted",
                actor=WORLD,
                at=NOON,
            ),
        )

    @rule(sku=SKUS, start=BINS, lot=LOTS, quantity=FEW)
    def block(self, sku: int, start: int, lot: str, quantity: int) -> None:
        self.carry(sku, (start, ASIDE), lot, quantity)

    @rule(sku=SKUS, end=BINS, lot=LOTS, quantity=FEW)
    def unblock(self, sku: int, end: int, lot: str, quantity: int) -> None:
        self.carry(sku, (ASIDE, end), lot, quantity)

    def carry(self, sku: int, way: tuple[int, int], lot: str, quantity: int) -> None:
        start, end = way
        wanted = self.model.copy()
        wanted.bins[sku, start, lot] -= quantity
        wanted.bins[sku, end, lot] += quantity
        post = Post(self.skus[sku].pk, quantity, "STN-1", self.bins[start].pk, self.bins[end].pk, lot)
        verb = ledger.block if end == ASIDE else ledger.unblock
        self.judge(wanted, lambda: (self.lock(), verb(self.book, [post])))

    @rule(sku=SKUS, lot=LOTS, quantity=FEW)
    def scrap(self, sku: int, lot: str, quantity: int) -> None:
        wanted = self.model.copy()
        wanted.bins[sku, ASIDE, lot] -= quantity
        post = Post(self.skus[sku].pk, quantity, "STN-1", from_bin_id=self.bins[ASIDE].pk, lot=lot)
        self.judge(wanted, lambda: (self.lock(), ledger.scrap(self.book, [post])))

    @invariant()
    def the_books_say_what_the_model_says(self) -> None:
        number = {sku.pk: place for place, sku in enumerate(self.skus)}
        bin_number = {each.pk: place for place, each in enumerate(self.bins)}
        found = {
            (number[sku], bin_number[place], lot): pieces
            for sku, place, lot, pieces in BinStock.objects.values_list("sku", "bin", "lot", "quantity")
            if pieces
        }
        assert found == +self.model.bins
        for sku, *numbers in Balance.objects.values_list("sku", "on_hand", "allocated", "blocked"):
            of = number[sku]
            assert numbers == [self.model.on_hand(of), self.model.allocated[of], self.model.blocked(of)]

    @invariant()
    def the_ledger_agrees_with_itself(self) -> None:
        assert [finding.problems for finding in checks.run(INVARIANTS, at=NOON) if finding.count] == []


@pytest.mark.django_db
def test_the_ledger_of_goods_does_what_the_model_does() -> None:
    warehouse = a_warehouse()
    skus = some_skus(a_seller(), 2)
    bins = list(warehouse.bins.filter(kind=Bin.Kind.STORAGE).order_by("pk")[:3])
    bins.append(Bin.objects.create(warehouse=warehouse, code="Q-01", kind=Bin.Kind.QUARANTINE))
    machine = type("OfThisWorld", (Ledger,), {"skus": skus, "bins": bins, "warehouse": warehouse})
    run(machine, runs=12, steps=25)
