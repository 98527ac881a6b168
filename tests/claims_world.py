"""Damage, loss and delay in the test world: parcels that left, services with caps, claims on their way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from PIL import Image

from tests.books import fingerprint
from tests.carrier_files_world import came_back
from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.stock_world import spot_of
from tests.world import NOON, WORLD, a_sku, acting_for, an_order, judged, money_in, stock_of
from toiya.core import papers
from toiya.core.actor import Actor, ActorKind
from toiya.core.errors import Refusal
from toiya.domain.carriers.actions.terms import set_terms
from toiya.domain.carriers.models import Service
from toiya.domain.carriers.service_rules import Terms
from toiya.domain.catalog.models import Sku
from toiya.domain.claims.actions.deciding import accept_claim, file_claim
from toiya.domain.claims.actions.opening import Told, open_goods_claim, open_parcel_claim
from toiya.domain.claims.actions.terms import CreditDraft, set_credit_rule
from toiya.domain.claims.models import Claim, CreditRule
from toiya.domain.members.models import Seller
from toiya.domain.members.rules import OPERATOR_ROLES
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.promises import move_missed
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.actions.setting_aside import set_aside
from toiya.domain.wallet.models import Account, Entry
from toiya.domain.warehouses.models import Bin, Warehouse

JUDGE = Actor(
    kind=ActorKind.PERSON, id="900", name="Judge", permissions=OPERATOR_ROLES["accountant"]
)  # of the operator, for all buildings


def a_priced_sku(seller: Seller, price_minor: int, seller_code: str = "LT-NVM", name: str = "Linen tote") -> Sku:
    """A SKU whose item has a price."""
    sku = a_sku(seller, seller_code, name)
    sku.item.price_minor = price_minor
    sku.item.save(update_fields=["price_minor"])
    return sku


def pays(service: Service, minor: int, starts_on: date = date(2024, 1, 1)) -> Service:
    """The service pays at most so much per parcel, from a day on."""
    terms = Terms(starts_on, compensation_minor=minor, is_mailbox=True)
    set_terms(service_code=service.code, terms=terms, actor=WORLD, at=NOON)
    return service


def ready(
    seller: Seller, house: Warehouse, service: Service | None = None, *, pieces: int = 1, at: datetime = NOON
) -> Parcel:
    """An order of the seller's LT-NVM packed and labelled; the SKU gets its stock here."""
    sku = Sku.objects.filter(seller=seller, seller_code="LT-NVM").first() or a_priced_sku(seller, 2_000)
    money_in(seller, 5_000)
    stock_of(sku, house, pieces, at=at)
    order = judged(an_order(seller, {"LT-NVM": pieces}, at=at), at=at)[0]
    return packed_up(order, house, service, at=at)


def packed_up(order: Order, house: Warehouse, service: Service | None = None, *, at: datetime = NOON) -> Parcel:
    """The parcel of an order whose stock is promised, with its label."""
    by = service or Service.objects.filter(code="nekopos").first() or a_service()
    staff = a_person(house)
    walked(released(house, order, at=at).pick_lists[0].code, staff, at=at)
    return labelled(packed("T-001", staff, by, at=at), at=at)


def gone(parcel: Parcel, at: datetime = NOON) -> Parcel:
    """The parcel after the truck took it."""
    ship_parcels(seller_id=parcel.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=at)
    return Parcel.objects.select_related("label", "order", "service", "warehouse", "seller").get(pk=parcel.pk)


def a_gone_parcel(seller: Seller, house: Warehouse, *, cap: int = 3_000, pieces: int = 1) -> Parcel:
    """A parcel that left by a service that pays at most `cap`."""
    service = Service.objects.filter(code="nekopos").first() or pays(a_service(), cap)
    return gone(ready(seller, house, service, pieces=pieces))


def scanned(parcel: Parcel, state: str, when: str = "2026/11/21 10:00") -> None:
    """The carrier's file says where the parcel is."""
    assert parcel.label is not None
    number = parcel.label.tracking_number
    came_back(f"{number},{state},{when}", carrier="test_carrier", kind="scans", at=NOON + timedelta(days=2))


def claimed(parcel: Parcel, kind: str = "carrier_loss", note: str = "") -> Claim:
    """A claim of the seller's for a parcel that left."""
    told = Told(kind, note)
    return open_parcel_claim(parcel_code=parcel.code, told=told, actor=acting_for(parcel.seller), at=NOON)


def goods_claimed(sku: Sku, house: Warehouse, quantity: int = 1, kind: str = "warehouse_damage") -> Claim:
    """A claim of the seller's for pieces in the warehouse."""
    return open_goods_claim(
        sku_code=sku.code,
        warehouse_id=house.pk,
        quantity=quantity,
        told=Told(kind),
        actor=acting_for(sku.seller),
        at=NOON,
    )


def filed(claim: Claim) -> Claim:
    """The claim with whoever pays."""
    file_claim(claim_code=claim.code, actor=JUDGE, at=NOON)
    return Claim.objects.get(pk=claim.pk)


def accepted(claim: Claim, minor: int) -> Claim:
    """The claim accepted with so much."""
    accept_claim(claim_code=claim.code, amount_minor=minor, reason="As told.", actor=JUDGE, at=NOON)
    return Claim.objects.get(pk=claim.pk)


def damaged(sku: Sku, house: Warehouse, quantity: int = 1) -> None:
    """Pieces of the SKU set aside as damaged."""
    spot = spot_of(sku, house)
    set_aside(spot=spot, kind=Bin.Kind.DAMAGED, quantity=quantity, why=Why("damaged", "wet"), actor=WORLD, at=NOON)


def a_picture(number: int = 1) -> papers.StoredPaper:
    """A stored picture, as uploading leaves it."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), (number, 40, 80)).save(drawn, "PNG")
    return papers.keep(papers.judge(drawn.getvalue(), f"photo{number}.png"), at=NOON)


def a_credit_rule(
    *,
    amount: int = 100,
    percent: int = 0,
    cap: int = 0,
    seller: Seller | None = None,
    starts_on: date = date(2026, 1, 1),
) -> CreditRule:
    """What late orders are worth from a day on."""
    draft = CreditDraft(starts_on, "JPY", amount, percent, cap, seller.code if seller else "")
    return set_credit_rule(rule=draft, actor=WORLD, at=NOON)


def late(order: Order, days: int = 1) -> Order:
    """The order after it missed the day it was promised for."""
    for day in range(1, days + 1):
        at = NOON + timedelta(days=day)
        move_missed(seller_id=order.seller_id, order_ids=[order.pk], actor=WORLD, at=at)
    return Order.objects.get(pk=order.pk)


def free(seller: Seller) -> int:
    """What is free in the seller's wallet."""
    found = Account.objects.filter(seller=seller, kind="free", currency=seller.currency).first()
    return found.balance_minor if found else 0


def booked(source: str) -> list[int]:
    """What the wallet booked under a cause, to the free money."""
    entries = Entry.objects.filter(source=source, account_id__in=Account.objects.filter(kind="free").values("pk"))
    return list(entries.order_by("pk").values_list("amount_minor", flat=True))


def refused(refusal: type[Refusal], act: Callable[[], object]) -> str:
    """The sentence of the refusal, after which every row is as it was."""
    before = fingerprint()
    with pytest.raises(refusal) as raised, transaction.atomic():
        act()
    assert fingerprint() == before
    return str(raised.value)
