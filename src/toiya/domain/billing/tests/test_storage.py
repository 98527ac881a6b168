"""Storage of a month from the ledger of goods: by the manual's rule, in the warehouse's own calendar, once."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing_world import BEFORE, MIDDLE, NOVEMBER, a_card, on_day, sold
from tests.world import WORLD, a_seller, a_sku, a_warehouse, some_skus, stock_of
from toiya.core.errors import Refusal
from toiya.domain.billing import gathering
from toiya.domain.billing.actions.storing import StorageRuns, charge_storage
from toiya.domain.billing.models import StorageMonth
from toiya.domain.catalog.models import Sku
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Kind, Period, Rate
from toiya.domain.pricing.storage_rules import Move, sku_months
from toiya.domain.stock.actions.ledger import EFFECTS
from toiya.domain.stock.models import Movement
from toiya.domain.warehouses.actions.bins import BinFacts, describe_bins
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
OCTOBER = on_day(10, 20)


def storage(sku: Sku, house: Warehouse, at: datetime = MIDDLE) -> StorageMonth:
    return charge_storage(seller_id=sku.seller_id, warehouse_id=house.pk, month=NOVEMBER, actor=WORLD, at=at)


@pytest.mark.seed("A070", "A168")
def test_the_manuals_own_example_costs_600_yen_on_a_paper_of_its_own() -> None:
    """Five shipped in November, twenty left: 20 × 30 = 600 yen (A070), by itself and no part of another fee (A168)."""
    a_card()
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 25, at=OCTOBER)
    sold(sku, house, 5, on_day(11, 10))
    month = storage(sku, house)
    charge = Charge.objects.priced().get(source=month.code)
    assert (charge.kind, charge.subject, charge.quantity, charge.amount_minor) == ("storage_month", sku.code, 20, 600)
    assert (charge.formula, charge.currency, month.total_minor, month.skus) == ("20 × 30", "JPY", 600, 1)
    shipped = Movement.objects.get(kind=Movement.Kind.SHIP).pk
    assert charge.entry["ledger"] == [shipped]


@pytest.mark.seed("A171")
def test_the_month_in_which_the_goods_came_is_free_and_the_next_one_is_not() -> None:
    a_card()
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 7, at=on_day(11, 3))
    assert storage(sku, house).total_minor == 0
    december = charge_storage(
        seller_id=sku.seller_id,
        warehouse_id=house.pk,
        month=NOVEMBER.replace(month=12),
        actor=WORLD,
        at=on_day(12, 31, 16),
    )
    assert december.total_minor == 210


@pytest.mark.parametrize(("pieces", "yen"), [(9, 330), (10, 0)])
def test_from_ten_pieces_shipped_on_nothing_is_due(pieces: int, yen: int) -> None:
    a_card()
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 20, at=OCTOBER)
    sold(sku, house, pieces, on_day(11, 10))
    assert storage(sku, house).total_minor == yen


def test_the_month_ends_when_it_ends_where_the_goods_lie() -> None:
    """23:00 on 30 November in Japan is 14:00 UTC; an hour and a half later it is December there, and not in UTC."""
    a_card()
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 20, at=OCTOBER)
    sold(sku, house, 3, datetime(2026, 11, 30, 14, 0, tzinfo=UTC))
    sold(sku, house, 4, datetime(2026, 11, 30, 15, 30, tzinfo=UTC))
    assert Charge.objects.priced().get(source=storage(sku, house).code).formula == "17 × 30"


def test_two_warehouses_are_charged_each_for_its_own() -> None:
    a_card()
    sku, here, there = a_sku(a_seller()), a_warehouse(), a_warehouse("KWG", "Kawagoe")
    stock_of(sku, here, 4, at=OCTOBER)
    stock_of(sku, there, 6, at=OCTOBER)
    assert [storage(sku, house).total_minor for house in (here, there)] == [120, 180]


def test_charging_twice_charges_once() -> None:
    a_card()
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 4, at=OCTOBER)
    assert storage(sku, house) == storage(sku, house, on_day(12, 20))
    assert Charge.objects.priced().count() == 1


def test_a_month_that_still_runs_there_is_refused_and_nothing_is_charged() -> None:
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 4, at=OCTOBER)
    with pytest.raises(StorageRuns) as refused:
        storage(sku, house, datetime(2026, 11, 30, 14, 59, tzinfo=UTC))
    assert isinstance(refused.value, Refusal)
    assert not StorageMonth.objects.exists()
    assert not Charge.objects.exists()


def test_bins_count_on_each_day_that_ends_with_a_piece_in_them() -> None:
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 4, at=OCTOBER)
    stock_of(sku, house, 2, bin_code="A01-02-1", at=on_day(11, 11))
    sold(sku, house, 2, on_day(11, 21), bin_code="A01-02-1")
    (facts,) = gathering.sku_months(sku.seller_id, house, NOVEMBER)
    assert (facts.bin_days, facts.peak, facts.left, facts.piece_days) == (30 + 10, 6, 4, 10 * 4 + 10 * 6 + 10 * 4)


STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 9), st.booleans(), st.integers(0, 70 * 24)), min_size=1, max_size=14
)


@given(STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_statement_counts_as_the_pure_rules_do(steps: list[tuple[int, int, bool, int]]) -> None:
    """Any history of goods: the set-based statement finds what `storage_rules.sku_months` finds move by move."""
    seller = a_seller()
    skus, house = some_skus(seller, 3), a_warehouse(f"W{seller.pk}")
    lying = dict.fromkeys(range(3), 0)
    for place, pieces, is_sold, hours in sorted(steps, key=lambda step: step[3]):
        at = datetime.fromtimestamp(BEFORE.timestamp() - 30 * 86_400 + hours * 3600, UTC)
        if is_sold and lying[place] >= pieces:
            sold(skus[place], house, pieces, at)
            lying[place] -= pieces
        elif not is_sold:
            stock_of(skus[place], house, pieces, at=at)
            lying[place] += pieces
    codes = {sku.pk: sku.code for sku in skus}
    moves = [
        Move(
            codes[row.sku_id],
            house.code,
            row.at,
            row.quantity * EFFECTS[Movement.Kind(row.kind)][0],
            row.kind == 4,
            row.pk,
        )
        for row in Movement.objects.filter(seller_id=seller.pk).exclude(kind=Movement.Kind.ALLOCATE)
    ]
    calendar = {house.code: ZoneInfo(house.time_zone)}
    expected = sku_months(moves, calendar, Period.month(2026, 11))
    found = gathering.sku_months(seller.pk, house, NOVEMBER)
    assert [(each.sku, each.shipped, each.left, each.levels, each.is_first_month, each.ledger) for each in found] == [
        (each.sku, each.shipped, each.left, each.levels, each.is_first_month, each.ledger) for each in expected
    ]


@pytest.mark.seed("L23")
def test_a_pallet_place_counts_once_a_day_for_each_seller_and_not_as_a_bin() -> None:
    """From the 6th to the 25th it holds a pallet: two SKUs of one seller on it are one place, the other's its own."""
    a_card([Rate(Kind.STORAGE_PALLET, Decimal(80), {}), Rate(Kind.STORAGE_BIN, Decimal(12), {})])
    seller, house = a_seller(), a_warehouse()
    first, second = some_skus(seller, 2)
    other = a_sku(a_seller("Kumo"))
    stock_of(first, house, 4, at=OCTOBER)
    stock_of(second, house, 3, at=on_day(11, 11))
    stock_of(other, house, 5, at=on_day(11, 21))
    for is_pallet, at in ((True, on_day(11, 6)), (False, on_day(11, 26))):
        facts = BinFacts(is_pallet=is_pallet)
        describe_bins(warehouse_id=house.pk, names="A01-01-1", facts=facts, actor=WORLD, at=at)
    theirs = {each.sku: (each.bin_days, each.pallet_days) for each in gathering.sku_months(seller.pk, house, NOVEMBER)}
    (others,) = gathering.sku_months(other.seller_id, house, NOVEMBER)
    assert theirs == {first.code: (5 + 5, 20), second.code: (5, 0)}
    assert (others.bin_days, others.pallet_days) == (5, 5)
    month = storage(first, house)
    assert month.total_minor == 20 * 80 + 15 * 12
    assert Charge.objects.get(source=month.code, kind="storage_pallet").formula == "20 × 80"


def test_a_pallet_place_said_later_leaves_closed_days_as_they_were() -> None:
    sku, house = a_sku(a_seller()), a_warehouse()
    stock_of(sku, house, 4, at=OCTOBER)
    before = gathering.entries_of(sku.seller_id, house, NOVEMBER)
    describe_bins(
        warehouse_id=house.pk, names="A01-*", facts=BinFacts(is_pallet=True), actor=WORLD, at=on_day(12, 1, 1)
    )
    assert gathering.entries_of(sku.seller_id, house, NOVEMBER) == before
    (december,) = gathering.sku_months(sku.seller_id, house, NOVEMBER.replace(month=12))
    assert (december.bin_days, december.pallet_days) == (0, 31)
