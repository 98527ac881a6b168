"""A partner's orders draw on shared stock, and what it needs no more goes back; each piece is in one book."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.catalog_world import a_share
from tests.lending_world import holds, shared
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.domain.catalog.actions.registering import NewSku, add_options
from toiya.domain.catalog.actions.sharing import answer_share, end_share
from toiya.domain.catalog.models import Sku
from toiya.domain.catalog.queries import skus_scanned
from toiya.domain.lending import jobs, queries
from toiya.domain.lending.actions.handing import PlanOutdated, Wanted, hand_over, take_over
from toiya.domain.lending.actions.mirroring import LimitOff, mirror_skus, set_lend_limit
from toiya.domain.lending.jobs import settle
from toiya.domain.lending.models import Handing, Mirror, Taking
from toiya.domain.lending.rules import Book, Lying, plan_handings, taken
from toiya.domain.members.models import Seller
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.stock.models import BinStock, Movement
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def owner() -> Seller:
    return a_seller()


@pytest.fixture
def partner() -> Seller:
    return a_seller("Kaede")


@pytest.fixture
def tote(owner: Seller, warehouse: Warehouse) -> Sku:
    sku = a_sku(owner, barcode="4901234567894")
    stock_of(sku, warehouse, 5)
    return sku


@pytest.mark.seed("A079")
def test_a_partners_order_draws_on_the_owners_free_pieces(owner: Seller, partner: Seller, tote: Sku) -> None:
    mine = shared(tote, partner).sku
    codes = set(mine.barcodes.values_list("barcode", flat=True))
    assert (mine.seller_id, mine.code != tote.code, codes) == (partner.pk, True, {tote.code, "4901234567894"})
    assert [sku.pk for sku in skus_scanned(tote.code, [mine.pk])] == [mine.pk]
    order = judged(an_order(partner, {"MINE": 3}))[0]
    assert (order.status, order.waiting_reason) == ("waiting", "not_enough_stock")

    settle(partner.pk)
    settle(partner.pk)

    assert judged(order)[0].status == "allocated"
    assert (holds(tote), holds(mine)) == ((2, 0), (3, 3))
    kinds = Movement.objects.filter(source=Handing.objects.get().code).order_by("pk").values_list("seller_id", "kind")
    assert list(kinds) == [(owner.pk, Movement.Kind.LEND_OUT), (partner.pk, Movement.Kind.LEND_IN)]
    assert findings() == []


def test_the_owners_own_waiting_orders_come_first(owner: Seller, partner: Seller, tote: Sku) -> None:
    mine = shared(tote, partner).sku
    an_order(owner, {"LT-NVM": 3})
    judged(an_order(partner, {"MINE": 3}))

    settle(partner.pk)

    assert (Handing.objects.count(), holds(tote), holds(mine)) == (0, (5, 0), (0, 0))


def test_what_a_cancelled_order_had_borrowed_goes_back_to_bin_and_book(partner: Seller, tote: Sku) -> None:
    mine = shared(tote, partner).sku
    order = judged(an_order(partner, {"MINE": 3}))[0]
    settle(partner.pk)
    judged(order)
    cancel_order(order_code=order.code, reason="gone", actor=WORLD, at=NOON)

    settle(partner.pk)

    assert (holds(tote), holds(mine)) == ((5, 0), (0, 0))
    assert list(BinStock.objects.filter(quantity__gt=0).values_list("sku_id", "quantity")) == [(tote.pk, 5)]
    assert list(Handing.objects.order_by("pk").values_list("is_back", "quantity")) == [(False, 3), (True, 3)]
    assert findings() == []


def test_a_crash_between_the_two_steps_loses_nothing_and_the_job_ends_it(partner: Seller, tote: Sku) -> None:
    mirror = shared(tote, partner)
    order = judged(an_order(partner, {"MINE": 2}))[0]
    wanted = Wanted(mirror, tote.balances.get().warehouse_id, 2, 0)
    handing = hand_over(wanted=wanted, actor=WORLD, at=NOON)
    assert (holds(tote), holds(mirror.sku), findings()) == ((3, 0), (0, 0), [])

    settle(partner.pk)
    take_over(handing_id=handing.pk, actor=WORLD, at=NOON)

    assert (Handing.objects.count(), Taking.objects.count(), holds(mirror.sku)) == (1, 1, (2, 0))
    assert judged(order)[0].status == "allocated"
    with pytest.raises(PlanOutdated):
        hand_over(wanted=wanted, actor=WORLD, at=NOON)
    assert findings() == []


def test_no_more_than_the_limit_is_taken_and_only_the_owner_sets_it(owner: Seller, partner: Seller, tote: Sku) -> None:
    mirror = shared(tote, partner)
    code = mirror.share.code
    with pytest.raises(NotFound):
        set_lend_limit(share_code=code, most_pieces=9, actor=acting_for(partner), at=NOON)
    with pytest.raises(LimitOff):
        set_lend_limit(share_code=code, most_pieces=-1, actor=acting_for(owner), at=NOON)
    set_lend_limit(share_code=code, most_pieces=3, actor=acting_for(owner), at=NOON)
    first, second = judged(an_order(partner, {"MINE": 2}), an_order(partner, {"MINE": 2}))

    settle(partner.pk)

    assert [order.status for order in judged(first, second)] == ["allocated", "waiting"]
    assert queries.allowed([mirror.share_id]) == {mirror.share_id: 1}
    set_lend_limit(share_code=code, most_pieces=None, actor=acting_for(owner), at=NOON)
    settle(partner.pk)
    assert judged(second)[0].status == "allocated"


def test_a_share_that_ends_takes_back_what_is_not_promised_and_lends_no_more(
    owner: Seller, partner: Seller, tote: Sku
) -> None:
    mirror = shared(tote, partner)
    order = judged(an_order(partner, {"MINE": 2}))[0]
    settle(partner.pk)
    end_share(share_code=mirror.share.code, actor=acting_for(owner), at=NOON)
    jobs.follow_shares(owner.pk)

    settle(partner.pk)

    assert (holds(tote), holds(mirror.sku), judged(order)[0].status) == ((5, 0), (0, 0), "waiting")
    settle(partner.pk)
    assert (holds(tote), findings()) == ((5, 0), [])


def test_options_added_later_are_mirrored_and_a_foreign_barcode_stays_where_it_is(
    owner: Seller, partner: Seller, tote: Sku
) -> None:
    a_sku(partner, "OWN", barcode="4901234567894")
    mirror = shared(tote, partner)
    assert list(mirror.sku.barcodes.values_list("barcode", flat=True)) == [tote.code]
    add_options(item_code=tote.item.code, options=[NewSku("red L", "LT-RDL")], actor=acting_for(owner), at=NOON)
    mirror_skus(share_id=mirror.share_id, actor=WORLD, at=NOON)
    jobs.follow_shares(owner.pk)
    assert list(Mirror.objects.order_by("pk").values_list("sku__option", flat=True)) == ["navy M", "red L"]
    assert Mirror.objects.values("sku__item").distinct().count() == 1


def test_what_is_borrowed_is_not_lent_on(owner: Seller, partner: Seller, tote: Sku) -> None:
    mine = shared(tote, partner).sku
    third = a_share(mine.item, a_seller("Kumo"))
    answer_share(share_code=third.code, is_accepted=True, actor=acting_for(third.partner), at=NOON)
    assert mirror_skus(share_id=third.pk, actor=WORLD, at=NOON) == []


P, Q = (1, 10), (2, 10)  # SKU 10 in warehouses 1 and 2, of share 7


@pytest.mark.parametrize(
    ("orders", "book", "loans", "backs"),
    [
        ([{10: 3}], Book({}, {P: 5}, {}, {10: 7}), {P: 3}, {}),
        ([{10: 3}], Book({P: 1}, {P: 5}, {}, {10: 7}), {P: 2}, {}),
        ([{10: 3}], Book({Q: 3}, {P: 5}, {}, {10: 7}), {}, {}),
        ([{10: 3, 11: 1}], Book({}, {P: 5}, {}, {10: 7}), {}, {}),
        ([{10: 3, 11: 1}], Book({(2, 11): 1}, {P: 5, Q: 5}, {}, {10: 7}), {Q: 3}, {}),
        ([{10: 3}, {10: 2}], Book({}, {P: 4, Q: 2}, {}, {10: 7}), {P: 3, Q: 2}, {}),
        ([{10: 3}, {10: 1}], Book({}, {P: 9}, {}, {10: 7}, allowed={7: 2}), {P: 1}, {}),
        ([], Book({P: 4}, {P: 9}, {10: 3}, {10: 7}), {}, {P: 3}),
        ([{10: 2}], Book({P: 4}, {}, {10: 3}, {10: 7}), {}, {P: 2}),
        ([{10: 2}], Book({P: 4}, {}, {10: 3}, {10: 7}, ended=frozenset({10})), {}, {P: 3}),
        ([], Book({P: 4, Q: 4}, {}, {10: 5}, {10: 7}), {}, {P: 4, Q: 1}),
        ([], Book({(1, 11): 4}, {}, {}, {10: 7}), {}, {}),
    ],
)
def test_a_plan_borrows_what_whole_orders_lack_and_gives_the_rest_back(
    orders: list[dict[int, int]], book: Book, loans: dict[tuple[int, int], int], backs: dict[tuple[int, int], int]
) -> None:
    plan = plan_handings(orders, book, [1, 2])
    assert (plan.loans, plan.backs) == (loans, backs)


def test_pieces_that_a_pick_counts_on_are_not_handed_over() -> None:
    assert taken(3, [Lying(1, 4, kept=2), Lying(2, 5)]) == [(1, 2), (2, 1)]
    assert taken(3, [Lying(1, 4, kept=2)]) is None
