"""One object of each kind that one seller owns, and which of them fill the places of an address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.billing_world import NOVEMBER, a_closed_bill, an_issuer, fee
from tests.catalog_world import a_photo, a_share
from tests.dues_world import asked, signed
from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.imports_world import checked, csv_file
from tests.inbound_world import a_bundle
from tests.links_world import an_offer, linked, offered
from tests.orders_in_world import an_entered_order
from tests.packing_world import a_parcel_photo
from tests.receiving_world import a_delivery, arrived, counted
from tests.smart_world import serves, with_label
from tests.stock_world import spot_of
from tests.world import (
    NOON,
    WORLD,
    a_key,
    a_link,
    a_member,
    a_seller,
    a_shop,
    a_warehouse,
    acting_for,
    an_allocated_order,
    an_invitation,
    an_order,
    held,
    judged,
    money_in,
    stock_of,
)
from toiya.core import clock, papers
from toiya.domain.billing.actions.invoicing import issue_invoice
from toiya.domain.billing.models import Invoice
from toiya.domain.carriers.models import Service
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.models import Confirmation, Connection
from toiya.domain.conversations.actions.talking import start_conversation
from toiya.domain.dues.actions.disputing import Objection, dispute_line
from toiya.domain.dues.models import ReturnPlan
from toiya.domain.inbound.actions.cartons import CartonDraft, add_cartons
from toiya.domain.members.actions.applying import Answers, store_application
from toiya.domain.members.actions.certificates import add_certificate
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.orders.ways import Way
from toiya.domain.outbound.actions.announcing import make_hand_in_list
from toiya.domain.outbound.actions.ways import choose_way
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.actions.setting_aside import set_aside
from toiya.domain.stock.models import StockNote
from toiya.domain.warehouses.models import Bin, Warehouse


@dataclass(frozen=True)
class Belongings:
    """One object of each kind that one seller owns."""

    seller: Seller
    order: Order
    packed_order: Order
    parcel: Parcel
    sku: Sku
    shop: str
    wish: int
    certificate: str
    application: str
    conversation: str
    link: int
    own_parcel: Parcel
    bundle: str
    member: int
    invitation: str
    key: str
    stock_note: str
    photo: str
    share: str
    sheet: str
    listing: int
    link_act: str
    delivery: str
    carton: str
    counted_delivery: str
    count: int
    entered: str
    payment: str
    dispute: str
    return_plan: str
    agreement: str
    invoice: Invoice


def belongings(name: str = "Hanataba") -> Belongings:
    """A seller with a waiting order under a hold, a packed one with its label, a SKU, a shop and a declined wish."""
    seller, house = a_seller(name), a_warehouse(f"W-{name}")
    shop = a_shop(seller, shop_id=name)
    money_in(seller, 10_000)
    packed_order = an_allocated_order(seller, house)
    staff, service = a_person(house, "floor_lead"), a_service()
    walked(released(house, packed_order).pick_lists[0].code, staff)
    parcel = labelled(packed("T-001", staff, service))
    a_parcel_photo(parcel)
    (order,) = judged(an_order(seller, {"X-1": 1}, shop_code=shop.code))
    held(order, "not_paid")
    own, bundle = _own_parcel(seller, house, service)
    delivery, carton = _delivery(seller, house)
    talk = start_conversation(kind="order", about=order.code, text="Where?", actor=acting_for(seller), at=NOON)
    return Belongings(
        seller=seller,
        order=order,
        packed_order=packed_order,
        parcel=parcel,
        sku=Sku.objects.get(seller=seller),
        shop=shop.code,
        wish=_a_declined_wish(order, shop),
        certificate=_certificate(seller),
        application=an_application(seller),
        conversation=talk.code,
        link=a_link(shop, a_member(seller)).pk,
        own_parcel=own,
        bundle=bundle,
        member=a_member(seller, "clerk").pk,
        invitation=an_invitation(seller).code,
        key=a_key(seller)[0].code,
        delivery=delivery,
        carton=carton,
        entered=an_entered_order(seller, branch=house.code).code,
        invoice=_invoice(seller, house),
        **_goods(seller, house, Connection.objects.get(pk=shop.pk)),
        **a_counted_delivery(seller, house),
        **_debts(seller, house),
    )


def _invoice(seller: Seller, house: Warehouse) -> Invoice:
    """The invoice over a closed bill."""
    fee(seller, house, f"PCL-OLD-{seller.pk}", 385, NOON)
    an_issuer()
    bill = a_closed_bill(seller, NOVEMBER)
    return issue_invoice(code=bill.code, actor=WORLD, at=NOON + timedelta(days=30))


def _a_declined_wish(order: Order, shop: Connection) -> int:
    """What the site was to be told of the order, and did not take."""
    wish = Confirmation(seller=order.seller, connection=shop, order=order, due_since=NOON, next_try_at=NOON)
    wish.status = "rejected"
    wish.save()
    return wish.pk


def _certificate(seller: Seller) -> str:
    """A paper the seller handed in."""
    paper = papers.keep(papers.Paper("certificate.pdf", papers.PDF, b"%PDF-1.4"), at=NOON)
    return add_certificate(seller_id=seller.pk, paper=paper, actor=acting_for(seller), at=NOON).code


def _goods(seller: Seller, house: Warehouse, shop: Connection) -> dict[str, Any]:
    """What belongs to a SKU: its papers, its listing, whom it is shared with."""
    sku = Sku.objects.get(seller=seller)
    (listing,) = offered(shop, an_offer("1001"))
    return {
        "stock_note": _stock_note(seller, house),
        "photo": a_photo(sku).code,
        "share": a_share(sku.item, a_seller(f"Partner of {seller.name}")).code,
        "sheet": checked(seller, "items", csv_file(["ItemName", "Qty"], ["Mug", "1"])).code,
        "listing": listing.pk,
        "link_act": linked(listing, sku).code,
    }


def _stock_note(seller: Seller, house: Warehouse) -> str:
    """Why a piece was set aside, with a photo."""
    sku = Sku.objects.get(seller=seller)
    stock_of(sku, house, 1)
    photo = papers.keep(papers.Paper("photo.png", papers.PNG, b"\x89PNG"), at=NOON)
    why = Why("damaged", "wet", photo.storage_key, photo.media_type)
    spot = spot_of(sku, house)
    set_aside(spot=spot, kind=Bin.Kind.DAMAGED, quantity=1, why=why, actor=WORLD, at=NOON)
    return StockNote.objects.get(seller=seller).code


def _delivery(seller: Seller, house: Warehouse) -> tuple[str, str]:
    """A delivery that was asked for, and its carton."""
    sku = Sku.objects.get(seller=seller)
    made = a_bundle(seller, house, {sku: 4}, at=clock.now(), estimated_on=clock.now().date() + timedelta(days=3))
    draft = CartonDraft({sku.code: 4})
    (carton,) = add_cartons(bundle_code=made.code, draft=draft, actor=acting_for(seller), at=clock.now())
    return made.code, carton.code


def an_application(seller: Seller) -> str:
    """A seller's application on which a question is open."""
    answers = Answers(["Qoo10"], "bags", 300, "both")
    made = store_application(seller=seller, answers=answers, desk="desk@example.com", at=NOON)
    made.status, made.question, made.asked_at = "asked", "Which bags?", NOON
    made.save()
    return made.code


def a_counted_delivery(seller: Seller, house: Warehouse) -> dict[str, Any]:
    """A delivery at the dock with a photo of a thing nobody knows."""
    photo = papers.keep(papers.Paper("photo.png", papers.PNG, b"\x89PNG\r\n\x1a\n"), at=NOON)
    bundle = arrived(a_delivery(seller, house, {Sku.objects.get(seller=seller): 1}))
    counted(bundle, None, 1, scanned="?", photo_key=photo.storage_key)
    return {"counted_delivery": bundle.code, "count": bundle.receipts.get().pk}


def _debts(seller: Seller, house: Warehouse) -> dict[str, Any]:
    """A request with a disputed line and its paper, a return that was listed, and a signed agreement."""
    request = asked(seller, 100, at=clock.now())
    paper = papers.keep(papers.Paper("paper.pdf", papers.PDF, b"%PDF-1.4"), at=NOON)
    objection = Objection("Not ours", paper)
    dispute = dispute_line(code=request.code, position=1, objection=objection, actor=acting_for(seller), at=clock.now())
    plan = ReturnPlan.objects.create(
        seller=seller, request=request, code=f"RTP-{seller.pk}", prepared_at=NOON, status="dropped", ended_at=NOON
    )
    (agreement,) = signed(seller, house)
    return {
        "payment": request.code,
        "dispute": dispute.code,
        "return_plan": plan.code,
        "agreement": agreement.code,
    }


def _own_parcel(seller: Seller, house: Warehouse, service: Service) -> tuple[Parcel, str]:
    """A parcel of Smart Delivery with its label, and the list it stands on."""
    serves(seller, fulfilment=True, smart_delivery=True)
    order = an_order(seller)
    choose_way(order_code=order.code, way=Way.SMART_DELIVERY, actor=WORLD, at=NOON)
    order.refresh_from_db()
    parcel = with_label(order, house, service)
    bundle = make_hand_in_list(seller_id=seller.pk, warehouse_id=house.pk, actor=WORLD, at=NOON)
    return parcel, bundle.code


Filling = Callable[[Belongings], dict[str, str | int]]


def _order(owned: Belongings) -> dict[str, str | int]:
    line = owned.order.lines.get()
    return {"code": owned.order.code, "line_id": line.pk, "hold": "not_paid"}


# What fills the places of an address: by the beginning of its pattern.
FILLINGS: dict[str, Filling] = {
    "orders/<str:code>/parcels/": lambda owned: {"code": owned.packed_order.code, "parcel": owned.parcel.code},
    "orders/<str:code>/correction/": lambda owned: {"code": owned.entered},
    "orders/<str:code>/photos/": lambda owned: {
        "code": owned.packed_order.code,
        "photo": owned.parcel.photos.get().pk,
    },
    "orders/": _order,
    "smart-delivery/": lambda owned: {"parcel": owned.own_parcel.code, "bundle": owned.bundle},
    "inbound/<str:code>/counts/": lambda owned: {"code": owned.counted_delivery},
    "inbound/<str:code>/photos/": lambda owned: {"code": owned.counted_delivery, "receipt": owned.count},
    "skus/": lambda owned: {"code": owned.sku.code, "note": owned.stock_note, "photo": owned.photo},
    "items/": lambda owned: {"code": owned.sku.item.code, "share": owned.share},
    "inbound/": lambda owned: {"code": owned.delivery, "carton": owned.carton},
    "wallet/payments/": lambda owned: {
        "code": owned.payment,
        "position": 1,
        "dispute": owned.dispute,
        "plan": owned.return_plan,
    },
    "settings/agreement/": lambda owned: {"code": owned.agreement},
    "settings/company/certificates/": lambda owned: {"code": owned.certificate},
    "application/": lambda owned: {"code": owned.application},
    "conversations/": lambda owned: {"code": owned.conversation},
    "settings/links/": lambda owned: {"link_id": owned.link},
    "settings/team/": lambda owned: {"person": owned.member, "code": owned.invitation},
    "settings/keys/": lambda owned: {"code": owned.key},
    "imports/": lambda owned: {"code": owned.sheet},
    "links/products/": lambda owned: {"listing_id": owned.listing},
    "links/acts/": lambda owned: {"code": owned.link_act},
    "wallet/bills/": lambda owned: {"code": owned.invoice.statement.code, "number": owned.invoice.number},
    "connections/": lambda owned: {"code": owned.shop, "kind": "confirmation", "wish_id": owned.wish},
}
