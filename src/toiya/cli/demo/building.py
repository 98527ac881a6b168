"""The demo's warehouse, people, sellers, goods and shops, all made by the app's own actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction

from toiya.cli.applying import apply_for
from toiya.cli.demo.carriers import open_carriers
from toiya.cli.demo.goods import HIBARI, SHOPS, Option, SellerPlan, barcode
from toiya.cli.demo.people import PASSWORD, STAFF
from toiya.cli.demo.prices import put_prices
from toiya.cli.demo.site import Site
from toiya.core.actor import system_actor
from toiya.core.money import Money
from toiya.domain.carriers.actions.contracts import NewNumberRange, NewService, add_service, open_number_range
from toiya.domain.catalog.actions.registering import NewSku, register_item
from toiya.domain.channels.actions.connecting import Switches, connect_shop
from toiya.domain.channels.models import Connection
from toiya.domain.channels.plugs import channel_of
from toiya.domain.members.actions.choosing import choose_services
from toiya.domain.members.actions.joining import add_member, add_staff, register_seller
from toiya.domain.members.models import Seller, User
from toiya.domain.orders.actions.ways import choose_shop_way
from toiya.domain.orders.ways import Way
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.warehouses.actions.setting_up import Building, NewBin, open_warehouse
from toiya.domain.warehouses.models import Bin, Warehouse

DEMO = system_actor("demo")
ZONES = "ABCD"
AISLES, BAYS, LEVELS = 5, 5, 2
TOTES = 60
RETURN_ADDRESS = "http://127.0.0.1/demo"
SERVICES = (
    NewService("TEST-POST", "test_carrier", "Test post (1 kg)", "Test post", 1_000, 385),
    NewService("TEST-60", "test_carrier", "Test parcel 60 (5 kg)", "Test parcel", 5_000, 680, max_size_cm=60),
    NewService("TEST-100", "test_carrier", "Test parcel 100 (20 kg)", "Test parcel", 20_000, 1_080, max_size_cm=100),
)


@dataclass(frozen=True, slots=True)
class House:
    """What was built."""

    warehouse: Warehouse
    sellers: dict[str, Seller]  # by the id of its shop


def build(at: datetime) -> House:
    """Warehouse, carrier services, staff, and each seller with its goods in the bins and money in the wallet."""
    building = Building(
        "FNB",
        "Funabashi",
        "273-0012",
        "千葉県船橋市浜町2-1-1",
        "047-000-0000",
        branch_code="0000011520",
        address_en="2-1-1 Hamacho, Funabashi, Chiba",
    )
    warehouse = open_warehouse(building=building, bins=list(_bins()))
    numbers = NewNumberRange("test_carrier", 99_900_000_001, 99_999_999_999, is_test=True)
    open_number_range(numbers=numbers, actor=DEMO, at=at)
    for service in SERVICES:
        add_service(service=service, actor=DEMO, at=at)
    open_carriers(DEMO, at)
    put_prices(DEMO, at)
    for person in STAFF:
        user = User.objects.create_user(email=person.email, name=person.name, password=PASSWORD)
        add_staff(user=user, role=person.role, warehouse_id=warehouse.pk, badge=person.badge, pin=person.pin)
    places = list(warehouse.bins.filter(kind=Bin.Kind.STORAGE).order_by("walk_order"))
    free = iter(places[start + step] for start in range(3) for step in range(0, len(places) - 2, 3))
    numbering = count(1)
    sellers = {plan.shop_id: _seller(plan, warehouse, free, numbering, at) for plan in SHOPS}
    return House(warehouse, sellers)


def connect(house: House, site: Site, at: datetime) -> None:
    """Connect each seller's shop as its owner does: sign in at the console, get a code, turn it into a key."""
    qoo10 = channel_of("qoo10")
    for plan in SHOPS:
        code = site.grant(plan.shop_id, qoo10.console_url(RETURN_ADDRESS))
        issued = qoo10.issue_key(plan.shop_id, code, at)
        with transaction.atomic():  # the worker pulls as soon as the shop is there
            shop = connect_shop(
                seller_id=house.sellers[plan.shop_id].pk,
                channel="qoo10",
                shop_id=plan.shop_id,
                name=f"{plan.name} on Qoo10",
                issued=issued,
                switches=Switches(),
                actor=DEMO,
                at=at,
            )
            if plan is HIBARI:
                _packs_itself(shop, at)


def _packs_itself(shop: Connection, at: datetime) -> None:
    """The seller uses both services; what its shop sells it packs and hands in."""
    choose_services(seller_id=shop.seller_id, fulfilment=True, smart_delivery=True, actor=DEMO, at=at)
    choose_shop_way(seller_id=shop.seller_id, shop_code=shop.code, way=Way.SMART_DELIVERY, actor=DEMO, at=at)


def _bins() -> Iterator[NewBin]:
    """200 storage bins, walked up one aisle and down the next; totes, and the places for parcels and problems."""
    walk = count(1)
    for zone in ZONES:
        for aisle in range(1, AISLES + 1):
            bays = range(1, BAYS + 1) if aisle % 2 else range(BAYS, 0, -1)
            for bay in bays:
                for level in range(1, LEVELS + 1):
                    yield NewBin(f"{zone}{aisle:02d}-{bay:02d}-{level}", Bin.Kind.STORAGE, zone, next(walk))
    for number in range(1, TOTES + 1):
        yield NewBin(f"T-{number:03d}", Bin.Kind.TOTE, "", 0)
    yield NewBin("OUT-1", Bin.Kind.STAGING, "", 0)
    yield NewBin("PROBLEM-1", Bin.Kind.PROBLEM, "", 0)


def _seller(
    plan: SellerPlan, warehouse: Warehouse, free: Iterator[Bin], numbering: Iterator[int], at: datetime
) -> Seller:
    seller = register_seller(name=plan.name, currency="JPY", language=plan.language, actor=DEMO, at=at)
    owner = User.objects.create_user(email=plan.email, name=plan.owner, password=PASSWORD, email_verified_at=at)
    add_member(seller=seller, user=owner, role="owner")
    apply_for(seller, [warehouse], DEMO, at)
    arrivals: list[Arrival] = []
    for item in plan.items:
        new = [NewSku(each.label, each.code, barcode(next(numbering)), each.weight_g) for each in item.options]
        registered = register_item(seller_id=seller.pk, name=item.name, options=new, actor=DEMO, at=at)
        skus = registered.skus.order_by("pk")
        for sku, option in zip(skus, item.options, strict=True):
            arrivals.extend(_arrivals(sku.pk, option, free, at))
    receive_stock(
        seller_id=seller.pk,
        warehouse_id=warehouse.pk,
        arrivals=arrivals,
        source=f"CB-DEMO-{plan.shop_id.upper()}",
        actor=DEMO,
        at=at,
    )
    deposit = Money(plan.deposit_yen, "JPY")
    top_up_wallet(seller=seller, amount=deposit, reference="bank transfer (demo)", actor=DEMO, at=at)
    return seller


def _arrivals(sku_id: int, option: Option, free: Iterator[Bin], at: datetime) -> Iterator[Arrival]:
    """The option's pieces: its lots in a bin each, the rest in one."""
    if option.pieces and not option.lots_keep_days:
        yield Arrival(sku_id, next(free).pk, option.pieces)
    left = option.pieces
    for number, days in enumerate(option.lots_keep_days, start=1):
        is_last = number == len(option.lots_keep_days)
        pieces = left if is_last else left // 3
        left -= pieces
        expires_on = (at + timedelta(days=days)).date()
        yield Arrival(sku_id, next(free).pk, pieces, f"L{expires_on:%y%m%d}", expires_on)
