"""Two sellers with an order in every state there is, built by the app's own actions: nothing in it is damaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.bundles_world import a_bundle
from tests.floor_world import a_coded_sku, a_person, a_service, acting_as, labelled, packed, released, walked
from tests.links_world import linked
from tests.smart_world import announced, handed_in, serves, with_label
from tests.verify.allocation_of_house import given_away
from tests.verify.bills_of_house import billed
from tests.verify.carriers_of_house import at_the_carriers
from tests.verify.claims_of_house import claimed_in_house, misses_its_day
from tests.verify.dues_of_house import agreements_and_debts
from tests.verify.files_of_house import files_of
from tests.verify.goods_of_house import at_the_bench, catalogue, on_the_shelf
from tests.verify.handing_of_house import changed_hands, on_the_road
from tests.verify.inbound_of_house import deliveries
from tests.verify.members_of_house import joined
from tests.verify.money_of_house import money_moved
from tests.verify.orders_in_of_house import entered_orders
from tests.verify.packing_of_house import packed_with_care
from tests.verify.pricing_of_house import priced
from tests.verify.promises_of_house import a_peak, missed_its_day
from tests.verify.receiving_of_house import goods_came
from tests.verify.returns_of_house import came_back, goes_home
from tests.verify.sites_of_house import numbers_told
from tests.verify.splits_of_house import divided_and_joined
from tests.verify.stops_of_house import stopped_in_house
from tests.verify.waves_of_house import picked_in_batches
from tests.verify.wishes_of_house import going_abroad
from tests.world import (
    NOON,
    WORLD,
    a_link,
    a_member,
    a_seller,
    a_shop,
    a_warehouse,
    acting_for,
    held,
    judged,
    money_in,
    stock_of,
)
from tests.world import an_order as order_of
from toiya.domain.allocation.actions.promising import take_back_allocation
from toiya.domain.carriers.models import Service
from toiya.domain.channels.jobs import reading, telling, want_all
from toiya.domain.channels.models import Connection, Listing, Notice, Stranger
from toiya.domain.channels.port import SiteListing
from toiya.domain.channels.tests.pretend_site import PretendSite
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.actions.ways import choose_shop_way
from toiya.domain.orders.models import Order
from toiya.domain.orders.ways import Way
from toiya.domain.outbound.actions.announcing import cancel_label, make_hand_in_list
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.packing import open_tote, pack_piece
from toiya.domain.outbound.actions.picking import confirm_bin, pick_pieces, start_walk, tie_tote
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.actions.short_picks import pick_short
from toiya.domain.outbound.actions.ways import choose_way
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.actions.goods import adjust_stock, move_stock
from toiya.domain.warehouses.models import ClosedDay, Warehouse

LATER = NOON + timedelta(minutes=5)


@dataclass
class Side:
    """One seller, its shop, the warehouse that keeps its goods, and its orders by what became of them."""

    seller: Seller
    shop: Connection
    warehouse: Warehouse
    picker: Staff
    service: Service
    site: PretendSite
    orders: dict[str, Order] = field(default_factory=dict)
    parcels: dict[str, Parcel] = field(default_factory=dict)
    bundles: dict[str, CargoBundle] = field(default_factory=dict)

    def order(self, name: str, wants: Mapping[str, int], *, is_judged: bool = True) -> Order:
        """An order of the seller's shop under that name."""
        cart = f"{self.seller.name}-{name}"
        self.site.sell(cart, *wants)
        placed = order_of(self.seller, wants, external_id=cart, shop_code=self.shop.code)
        self.orders[name] = judged(placed)[0] if is_judged else placed
        return self.orders[name]


@dataclass
class House:
    """The first seller is the one that gets damaged; the other one's rows are there to be pointed at."""

    one: Side
    other: Side


def a_whole_house(site: PretendSite) -> House:
    """Everything, told to the site where it has to be told."""
    site.offers = [
        SiteListing("1001", "Colour:navy", "Linen tote", "", "LT-NVM", 9, {}),
        SiteListing("1002", "", "Mug", "MUG", "", 9, {}),
    ]
    service = a_service()
    sides = [_side(site, service, "Hanataba", "FNB"), _side(site, service, "Kaede", "KWG")]
    for side in sides:
        _fill(side)
        came_back(side)
        goes_home(side)
    for side, partner in zip(sides, reversed(sides), strict=True):
        catalogue(side, partner.seller)
        changed_hands(side, partner.seller)
        side.bundles = deliveries(side)
        given_away(side)
        billed(side)
    at_the_carriers(sides)
    agreements_and_debts(sides)
    return House(*[_told(side) for side in sides])


def _side(site: PretendSite, service: Service, name: str, warehouse_code: str) -> Side:
    warehouse = a_warehouse(warehouse_code, name)
    ClosedDay.objects.create(warehouse=warehouse, day=date(2027, 1, 1))
    a_peak(warehouse)
    seller = a_seller(name)
    owner = a_member(seller)
    joined(seller, owner, warehouse)
    money_in(seller, 10_000)
    shop = a_shop(seller, shop_id=name.lower(), name=f"{name} on Qoo10", at=NOON - timedelta(hours=1))
    a_link(shop, owner)
    side = Side(seller, shop, warehouse, a_person(warehouse), service, site)
    priced(side)
    return side


def _fill(side: Side) -> None:
    tote, mug, pen = (
        a_coded_sku(side.seller, code, barcode=f"49{code}{side.seller.pk}") for code in ("LT-NVM", "MUG", "PEN")
    )
    stock_of(tote, side.warehouse, 20)
    stock_of(mug, side.warehouse, 22, bin_code="A01-02-1")
    stock_of(pen, side.warehouse, 2, bin_code="A01-03-1")
    move_stock(
        sku=tote,
        from_bin=side.warehouse.bins.get(code="A01-01-1"),
        to_bin=side.warehouse.bins.get(code="A01-04-1"),
        quantity=5,
        lot="",
        actor=WORLD,
        at=NOON,
    )
    for difference in (2, -1):
        place = side.warehouse.bins.get(code="A01-02-1")
        adjust_stock(sku=mug, place=place, difference=difference, lot="", reason="counted", actor=WORLD, at=NOON)
    on_the_shelf(side, mug)
    a_bundle(side.seller, "GIFT", {"LT-NVM": 1, "MUG": 2})
    money_moved(side.seller)
    _short_pick(side)
    for name in ("shipped", "labelled", "sealed"):
        _parcel(side, name)
    packed_with_care(side)
    going_abroad(side)
    _being_packed(side)
    _being_picked(side)
    _before_the_floor(side)
    _packed_by_the_seller(side)
    files_of(side.seller)
    entered_orders(side.seller, side.warehouse)
    goods_came(side.seller, side.warehouse)
    at_the_bench(side)
    on_the_road(side)
    stopped_in_house(side)
    picked_in_batches(side)
    for happens in (missed_its_day, divided_and_joined, claimed_in_house):
        happens(side)


def _release(side: Side, name: str, wants: Mapping[str, int]) -> str:
    """The order on a pick list of its own; returns the list's code."""
    return released(side.warehouse, side.order(name, wants)).pick_lists[0].code


def _short_pick(side: Side) -> None:
    code = _release(side, "short", {"PEN": 2, "MUG": 1})
    actor = acting_as(side.picker)
    step = start_walk(pick_list_code=code, user_id=side.picker.user_id, actor=actor, at=NOON)
    step = tie_tote(slot_id=step.walk.slot.slot_id, scan="T-001", actor=actor, at=NOON)
    while step.walk.stop.bin_code != "A01-03-1":
        stop = step.walk.stop
        confirm_bin(task_id=stop.task_id, scan=stop.bin_code, actor=actor, at=NOON)
        step = pick_pieces(task_id=stop.task_id, scan=stop.sku_code, quantity=stop.missing, actor=actor, at=NOON)
    confirm_bin(task_id=step.walk.stop.task_id, scan="A01-03-1", actor=actor, at=NOON)
    pick_short(task_id=step.walk.stop.task_id, found=1, actor=actor, at=NOON)
    judged(side.orders["short"])


def _parcel(side: Side, name: str) -> None:
    walked(_release(side, name, {"LT-NVM": 2, "MUG": 1}), side.picker)
    parcel = packed("T-001", side.picker, side.service)
    if name != "sealed":
        parcel = labelled(parcel)
    if name == "shipped":
        misses_its_day(side.orders[name])
        ship_parcels(seller_id=side.seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    side.parcels[name] = Parcel.objects.get(pk=parcel.pk)


def _being_packed(side: Side) -> None:
    walked(_release(side, "packing", {"LT-NVM": 2}), side.picker)
    actor = acting_as(side.picker)
    parcel = open_tote(warehouse_id=side.warehouse.pk, scan="T-001", actor=actor, at=NOON)
    sku = side.seller.sku_set.get(seller_code="LT-NVM")
    pack_piece(parcel_code=parcel.code, scan=sku.code, actor=actor, at=NOON)
    side.parcels["packing"] = parcel


def _being_picked(side: Side) -> None:
    code = _release(side, "picking", {"MUG": 2})
    actor = acting_as(side.picker)
    step = start_walk(pick_list_code=code, user_id=side.picker.user_id, actor=actor, at=NOON)
    step = tie_tote(slot_id=step.walk.slot.slot_id, scan="T-002", actor=actor, at=NOON)
    stop = step.walk.stop
    confirm_bin(task_id=stop.task_id, scan=stop.bin_code, actor=actor, at=NOON)
    pick_pieces(task_id=stop.task_id, scan=stop.sku_code, quantity=1, actor=actor, at=NOON)


def _before_the_floor(side: Side) -> None:
    side.order("allocated", {"LT-NVM": 1, "MUG": 2})
    side.order("waiting", {"PEN": 9, "MUG": 1})
    side.order("unknown", {"NOBODYS": 1})
    side.order("received", {"MUG": 1}, is_judged=False)
    for name in ("cancelled", "taken_back"):
        side.order(name, {"MUG": 1})
    held(side.orders["waiting"], "address")
    code = side.orders["cancelled"].code
    cancel_order(order_code=code, reason="changed my mind", actor=WORLD, at=NOON)
    take_back_allocation(order_code=side.orders["taken_back"].code, actor=WORLD, at=NOON)


def _packed_by_the_seller(side: Side) -> None:
    """Smart Delivery: one order per step, chosen by hand; a label given up, a list, a shop set to it and back."""
    seller, house = side.seller, side.warehouse
    serves(seller, fulfilment=True, smart_delivery=True)
    actor = acting_for(seller)
    for way in (Way.SMART_DELIVERY, Way.FULFILMENT):
        choose_shop_way(seller_id=seller.pk, shop_code=side.shop.code, way=way, actor=actor, at=NOON)
    for name in ("own_asked", "own_printed", "own_here", "own_gone", "own_anew"):
        order = side.order(name, {"LT-NVM": 1})
        choose_way(order_code=order.code, way=Way.SMART_DELIVERY, actor=actor, at=NOON)
        order.refresh_from_db()
        ask = announced if name == "own_asked" else with_label
        side.parcels[name] = ask(order, house, side.service)
    cancel_label(parcel_code=side.parcels["own_anew"].code, actor=actor, at=NOON)
    make_hand_in_list(seller_id=seller.pk, warehouse_id=house.pk, actor=actor, at=NOON)
    for name in ("own_here", "own_gone"):
        handed_in(side.parcels[name])
    ship_parcels(seller_id=seller.pk, parcel_codes=[side.parcels["own_gone"].code], actor=WORLD, at=NOON)


def _told(side: Side) -> Side:
    reading.refresh_listings(side.shop.pk, NOON)
    mug = Listing.objects.get(connection=side.shop, external_id="1002")
    linked(mug, mug.sku)
    Notice.objects.create(
        seller=side.seller,
        connection=side.shop,
        order=side.orders["cancelled"],
        line_external_id="1",
        state="cancelled",
        told_at=NOON,
    )
    Stranger.objects.create(
        seller=side.seller, connection=side.shop, external_id="strange", field="lines", problem="missing",
        first_seen_at=NOON, seen_at=NOON,
    )  # fmt: skip
    side.shop.pulls.create(seller=side.seller, window_from=NOON, window_until=LATER, started_at=NOON)
    numbers_told(side)
    want_all(side.seller.pk, LATER)
    for teller in (telling.CONFIRMATIONS, telling.WRITE_BACKS, telling.STOCK):
        telling.run(teller, side.shop.pk, lambda: LATER)
    for name, order in side.orders.items():
        side.orders[name] = Order.objects.get(pk=order.pk)
    return side
