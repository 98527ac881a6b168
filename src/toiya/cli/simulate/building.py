"""Two warehouses, three sellers, their goods, people and shops as the simulated day finds them in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.db import transaction

from toiya.cli.applying import apply_for
from toiya.cli.demo.building import RETURN_ADDRESS, SERVICES
from toiya.cli.demo.goods import barcode
from toiya.cli.demo.people import PASSWORD
from toiya.cli.simulate.site import Shops
from toiya.cli.simulate.workload import FEW, GOODS, LATE, TRADERS, Day, Trader, code_of
from toiya.core.actor import system_actor
from toiya.core.money import Money
from toiya.domain.carriers.actions.contracts import NewNumberRange, add_service, open_number_range
from toiya.domain.carriers.actions.terms import ContractDraft, offer_service, set_contract
from toiya.domain.carriers.models import Way
from toiya.domain.catalog.actions.registering import NewSku, register_item
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.connecting import Switches, connect_shop
from toiya.domain.channels.plugs import channel_of
from toiya.domain.inbound.actions.approving import approve_bundle
from toiya.domain.inbound.actions.bundles import Announcement, Sending, create_bundle, send_bundle
from toiya.domain.inbound.actions.cartons import CartonDraft, add_cartons
from toiya.domain.inbound.actions.requests import Wanted, make_requests
from toiya.domain.inbound.models import CargoBundle
from toiya.domain.members.actions.joining import add_member, add_staff, register_seller
from toiya.domain.members.models import Seller, User
from toiya.domain.members.queries import actor_of
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.warehouses.actions.setting_up import Building, NewBin, open_warehouse
from toiya.domain.warehouses.models import Bin, Warehouse

MORNING = system_actor("simulation")
PLACES = {
    "FNB": Building("FNB", "Funabashi", "273-0012", "千葉県船橋市浜町2-1-1", "047-000-0000"),
    "NRT": Building("NRT", "Narita", "286-0106", "千葉県成田市取香1-2-3", "0476-00-0000"),
}
PICKERS_EACH = 4
TOTES_EACH = 80
PIN = "2468"
BY_FILE = "HIKYAKU"
WEIGHTS = (80, 120, 180, 240, 320, 450)  # grams of the plain SKUs


@dataclass(frozen=True, slots=True)
class Place:
    """A warehouse with its people: who leads it, and the badges of who picks."""

    warehouse: Warehouse
    lead: str
    lead_badge: str
    badges: tuple[tuple[str, int], ...]  # badge and user


@dataclass(frozen=True, slots=True)
class House:
    """What was built."""

    places: tuple[Place, ...]
    sellers: dict[str, Seller]  # by mark
    bundle: CargoBundle  # on its way


def build(day: Day, at: datetime) -> House:
    """Everything but the shops, by the app's own actions."""
    open_number_range(
        numbers=NewNumberRange("test_carrier", 99_900_000_001, 99_999_999_999, True), actor=MORNING, at=at
    )
    for service in SERVICES:
        add_service(service=service, actor=MORNING, at=at)
    by_file = ContractDraft("sagawa", Way.FILE, "ehiden3", customer_code="000000000000", lost_after_days=5)
    set_contract(contract=by_file, actor=MORNING, at=at)
    offer_service(service_code=BY_FILE, price_minor=1_380, actor=MORNING, at=at)
    places = tuple(_place(code, number) for number, code in enumerate(PLACES))
    houses = {place.warehouse.code: place.warehouse for place in places}
    numbering = count(1)
    sellers = {trader.mark: _seller(trader, day, houses, numbering, at) for trader in TRADERS}
    last = TRADERS[-1]
    bundle = _on_its_way(sellers[last.mark], houses[last.warehouses[0]], day, at)
    return House(places, sellers, bundle)


def owner_of(trader: Trader) -> str:
    """The e-mail of the seller's owner."""
    return f"{trader.mark.lower()}@sellers.example"


def connect(house: House, shops: Shops, at: datetime) -> None:
    """Each seller that sells on the site signs in there and gives us its key."""
    qoo10 = channel_of("qoo10")
    for trader in TRADERS:
        if not trader.is_on_site:
            continue
        code = shops.grant(trader.mark.lower(), qoo10.console_url(RETURN_ADDRESS))
        issued = qoo10.issue_key(trader.mark.lower(), code, at)
        with transaction.atomic():  # the worker pulls as soon as the shop is there
            connect_shop(
                seller_id=house.sellers[trader.mark].pk,
                channel="qoo10",
                shop_id=trader.mark.lower(),
                name=f"{trader.name} on Qoo10",
                issued=issued,
                switches=Switches(),
                actor=MORNING,
                at=at,
            )


def _place(code: str, number: int) -> Place:
    warehouse = open_warehouse(building=PLACES[code], bins=list(_bins()))
    lead = User.objects.create_user(email=f"lead-{code.lower()}@toiya.example", name=f"Lead {code}", password=PASSWORD)
    lead_badge = f"BADGE-9{number}00"
    add_staff(user=lead, role="floor_lead", warehouse_id=warehouse.pk, badge=lead_badge, pin=PIN)
    badges = []
    for picker in range(1, PICKERS_EACH + 1):
        badge = f"BADGE-9{number}{picker:02d}"
        user = User.objects.create_user(email=f"{badge.lower()}@toiya.example", name=badge, password=None)
        add_staff(user=user, role="picker", warehouse_id=warehouse.pk, badge=badge, pin=PIN)
        badges.append((badge, user.pk))
    return Place(warehouse, lead.email, lead_badge, tuple(badges))


def _bins() -> Iterator[NewBin]:
    for place in range(1, 41):
        yield NewBin(f"A01-{place:02d}-1", Bin.Kind.STORAGE, "A", place)
    for number in range(1, TOTES_EACH + 1):
        yield NewBin(f"T-{number:03d}", Bin.Kind.TOTE, "", 0)
    yield NewBin("OUT-1", Bin.Kind.STAGING, "", 0)
    yield NewBin("DOCK-1", Bin.Kind.DOCK, "", 0)
    yield NewBin("DAMAGED-1", Bin.Kind.DAMAGED, "", 0)
    yield NewBin("PROBLEM-1", Bin.Kind.PROBLEM, "", 0)


def _seller(trader: Trader, day: Day, houses: dict[str, Warehouse], numbering: Iterator[int], at: datetime) -> Seller:
    seller = register_seller(name=trader.name, currency="JPY", language="ja", actor=MORNING, at=at)
    owner = User.objects.create_user(
        email=owner_of(trader), name=f"Owner of {trader.name}", password=PASSWORD, email_verified_at=at
    )
    add_member(seller=seller, user=owner, role="owner")
    top_up_wallet(seller=seller, amount=Money(9_000_000, "JPY"), reference="bank transfer", actor=MORNING, at=at)
    apply_for(seller, [houses[code] for code in trader.warehouses], MORNING, at)
    skus = _skus(trader, seller, numbering, at)
    for code in trader.warehouses:
        warehouse = houses[code]
        free = iter(warehouse.bins.filter(kind=Bin.Kind.STORAGE, stock=None).order_by("walk_order"))
        arrivals = [
            Arrival(sku.pk, next(free).pk, pieces) for sku in skus if (pieces := _pieces(sku.seller_code, day, trader))
        ]
        receive_stock(
            seller_id=seller.pk,
            warehouse_id=warehouse.pk,
            arrivals=arrivals,
            source=f"CB-SIM-{trader.mark}-{code}",
            actor=MORNING,
            at=at,
        )
    return seller


def pieces_at_first(mark: str, what: int | str, day: Day) -> int:
    """Pieces of a SKU, in all the seller's warehouses, that the book has in the morning."""
    trader = next(each for each in TRADERS if each.mark == mark)
    return _pieces(code_of(mark, what), day, trader) * len(trader.warehouses)


def _pieces(code: str, day: Day, trader: Trader) -> int:
    """In each warehouse: more than can be sold, but of two SKUs."""
    if code == code_of(trader.mark, FEW):
        return day.few if trader is TRADERS[0] else 0
    return 0 if code == code_of(trader.mark, LATE) else 2 * len(day.orders) + 10


def _skus(trader: Trader, seller: Seller, numbering: Iterator[int], at: datetime) -> list[Sku]:
    wanted = {code_of(trader.mark, place): WEIGHTS[place - 1] for place in range(1, GOODS + 1)}
    wanted |= {code_of(trader.mark, FEW): 90, code_of(trader.mark, LATE): 150}
    skus = []
    for code, weight in wanted.items():
        option = NewSku("", code, barcode(next(numbering)), weight)
        item = register_item(seller_id=seller.pk, name=f"{trader.name} {code}", options=[option], actor=MORNING, at=at)
        skus.append(item.skus.get())
    return skus


def _on_its_way(seller: Seller, warehouse: Warehouse, day: Day, at: datetime) -> CargoBundle:
    """The delivery that comes during the day, announced and approved."""
    owner = actor_of(User.objects.get(email=owner_of(TRADERS[-1])), at=at)
    assert owner is not None
    code = Sku.objects.get(seller=seller, seller_code=code_of(TRADERS[-1].mark, LATE)).code
    requests = make_requests(
        seller_id=seller.pk, wanted=[Wanted(code, day.late, warehouse.pk, "in")], actor=owner, at=at
    )
    day_due = (at + timedelta(days=1)).date()
    bundle = create_bundle(
        seller_id=seller.pk,
        request_codes=[request.code for request in requests],
        plan=Announcement(estimated_on=day_due),
        actor=owner,
        at=at,
    )
    add_cartons(bundle_code=bundle.code, draft=CartonDraft({code: day.late}), actor=owner, at=at)
    approve_bundle(bundle_code=bundle.code, actor=MORNING, at=at)
    sending = Sending("Sagawa", "1234-5678-9012", 1, day_due)
    return send_bundle(bundle_code=bundle.code, sending=sending, actor=owner, at=at)
