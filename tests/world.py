"""The world of the tests, in the warehouse's words, built by the app's own actions. Time is chosen, not drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from toiya.core.actor import Actor, ActorKind, system_actor
from toiya.core.money import Money
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.catalog.actions.registering import NewSku, register_item
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.connecting import Switches, connect_shop
from toiya.domain.channels.actions.joining import begin_join, join_existing
from toiya.domain.channels.models import Connection, ConsoleLink
from toiya.domain.channels.port import Assertion, IssuedKey, JoinPurpose
from toiya.domain.members.actions.inviting import Guest, invite
from toiya.domain.members.actions.joining import add_member, register_seller
from toiya.domain.members.actions.keys import WantedKey, make_key
from toiya.domain.members.actions.taking_over import Agreement
from toiya.domain.members.models import ApiKey, Invitation, Membership, Seller, User
from toiya.domain.members.queries import actor_of
from toiya.domain.members.rules import SELLER_ROLES
from toiya.domain.orders.actions.holds import place_hold
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Hold, Order
from toiya.domain.orders.rules import AddressDraft, LineDraft, OrderDraft
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.stock.models import Balance
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.warehouses.actions.setting_up import Building, NewBin, open_warehouse
from toiya.domain.warehouses.models import Bin, Warehouse

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # Friday, 12:00 in Japan
WORLD = system_actor("world")
PASSWORD = "a long enough password"

_numbers = count(1)


def a_warehouse(code: str = "FNB", name: str = "Funabashi", bins: int = 6) -> Warehouse:
    """A warehouse with storage bins A01-01-1 on, two totes and the place for packed parcels."""
    storage = [NewBin(f"A01-{place:02d}-1", Bin.Kind.STORAGE, "A", place) for place in range(1, bins + 1)]
    others = [NewBin("T-001", Bin.Kind.TOTE, "", 0), NewBin("T-002", Bin.Kind.TOTE, "", 0)]
    staging = [NewBin("OUT-1", Bin.Kind.STAGING, "", 0)]
    building = Building(code, name, "273-0012", "千葉県船橋市浜町2-1-1", "047-000-0000")
    return open_warehouse(building=building, bins=[*storage, *others, *staging])


def a_seller(name: str = "Hanataba", currency: str = "JPY", at: datetime = NOON) -> Seller:
    """A seller with its freight mark."""
    return register_seller(name=name, currency=currency, language="ja", actor=WORLD, at=at)


def a_member(seller: Seller, role: str = "owner", email: str = "") -> User:
    """A person of the seller who signs in with PASSWORD."""
    user = User.objects.create_user(
        email=email or f"{role}{next(_numbers)}@example.com", name=f"{seller.name} {role}", password=PASSWORD
    )
    add_member(seller=seller, user=user, role=role)
    return user


def acting_for(seller: Seller, role: str = "owner") -> Actor:
    """An actor of the seller, for actions called without a page."""
    return Actor(
        kind=ActorKind.PERSON, id="1", name=f"{seller.name} {role}", seller_id=seller.pk, permissions=SELLER_ROLES[role]
    )


def a_sku(
    seller: Seller, seller_code: str = "LT-NVM", name: str = "Linen tote", option: str = "navy M", barcode: str = ""
) -> Sku:
    """One SKU of an item of its own, 300 g."""
    new = NewSku(option=option, seller_code=seller_code, barcode=barcode, weight_g=300)
    item = register_item(seller_id=seller.pk, name=name, options=[new], actor=WORLD, at=NOON)
    return item.skus.get()


def some_skus(seller: Seller, quantity: int) -> list[Sku]:
    """SKUs of one item, seller codes T-001 on."""
    options = [NewSku(f"No. {number}", f"T-{number:03d}", weight_g=100) for number in range(1, quantity + 1)]
    item = register_item(seller_id=seller.pk, name="Tea", options=options, actor=WORLD, at=NOON)
    return list(item.skus.order_by("pk"))


def stock_of(
    sku: Sku, warehouse: Warehouse, pieces: int, *, bin_code: str = "A01-01-1", at: datetime = NOON
) -> Balance:
    """Pieces received into a bin, through the ledger."""
    place = warehouse.bins.get(code=bin_code)
    receive_stock(
        seller_id=sku.seller_id,
        warehouse_id=warehouse.pk,
        arrivals=[Arrival(sku.pk, place.pk, pieces)],
        source="CB-TEST",
        actor=WORLD,
        at=at,
    )
    return Balance.objects.get(warehouse=warehouse, sku=sku)


def a_draft(
    external_id: str, wants: Mapping[str, int], *, receiver: str = "田中 みなみ", shop_code: str = ""
) -> OrderDraft:
    """A paid Qoo10 order: pieces by the seller's code."""
    return OrderDraft(
        channel="qoo10",
        shop_code=shop_code,
        external_id=external_id,
        lines=tuple(
            LineDraft(f"{external_id}-{place}", f"Thing {code}", "", code, "", quantity, 1200)
            for place, (code, quantity) in enumerate(wants.items(), start=1)
        ),
        address=AddressDraft(receiver, "090-1234-5678", "273-0017", "千葉県船橋市西浦1-2-3", "みなとハイツ201"),
        total_minor=1200 * sum(wants.values()),
        paid_at=NOON - timedelta(hours=1),
    )


def an_order(
    seller: Seller,
    wants: Mapping[str, int] | None = None,
    *,
    external_id: str = "",
    receiver: str = "田中 みなみ",
    shop_code: str = "",
    at: datetime = NOON,
) -> Order:
    """An order that came in and was not judged yet; one piece of LT-NVM unless told otherwise."""
    number = external_id or str(7_012_345_000 + next(_numbers))
    draft = a_draft(number, wants or {"LT-NVM": 1}, receiver=receiver, shop_code=shop_code)
    placed = place_orders(seller_id=seller.pk, drafts=[draft], actor=WORLD, at=at)
    return Order.objects.get(code=placed.codes[draft.key])


def judged(*orders: Order, at: datetime = NOON) -> list[Order]:
    """The orders after allocation looked at them: promised their stock, or waiting with reasons."""
    allocate_orders(seller_id=orders[0].seller_id, order_ids=[order.pk for order in orders], actor=WORLD, at=at)
    return list(Order.objects.filter(pk__in=[order.pk for order in orders]).order_by("pk"))


def an_allocated_order(seller: Seller, warehouse: Warehouse, at: datetime = NOON) -> Order:
    """An order with its stock promised; makes its SKU when the seller has none yet."""
    sku = Sku.objects.filter(seller=seller, seller_code="LT-NVM").first() or a_sku(seller)
    stock_of(sku, warehouse, 1, at=at)
    return judged(an_order(seller, at=at), at=at)[0]


def held(order: Order, code: str = "wallet_too_low", at: datetime = NOON, **details: str | int) -> Hold:
    """The order under an open hold."""
    return place_hold(order_id=order.pk, code=code, details=details, actor=WORLD, at=at)


def money_in(seller: Seller, minor: int, reference: str = "transfer 1", at: datetime = NOON) -> None:
    """A top-up of the seller's wallet."""
    amount = Money(minor, seller.currency)
    token = f"form {next(_numbers)}"
    top_up_wallet(seller=seller, amount=amount, reference=reference, actor=WORLD, at=at, token=token)


def a_shop(
    seller: Seller, shop_id: str = "hanataba", name: str = "Hanataba on Qoo10", at: datetime = NOON
) -> Connection:
    """A connected Qoo10 shop with a key for a year."""
    return connect_shop(
        seller_id=seller.pk,
        channel="qoo10",
        shop_id=shop_id,
        name=name,
        issued=IssuedKey("a-key", at + timedelta(days=365)),
        switches=Switches(),
        actor=WORLD,
        at=at,
    )


def a_link(shop: Connection, user: User, at: datetime = NOON) -> ConsoleLink:
    """The shop's seller console opens the door for this member of its seller."""
    assertion = Assertion(
        "https://site.example", f"token {next(_numbers)}", shop.shop_id, JoinPurpose.JOIN, at, user.email
    )
    return join_existing(
        secret=begin_join(channel=shop.channel, assertion=assertion, raw="signed", actor=WORLD, at=at),
        user_id=user.pk,
        seller_code=shop.seller.code,
        agreement=Agreement({}, "ja"),
        issued=IssuedKey("a-key", at + timedelta(days=365)),
        actor=WORLD,
        at=at,
    )


def actor_for(user: User, seller: Seller | None = None, at: datetime = NOON) -> Actor:
    """The actor that person is at this seller (the first of theirs unless told)."""
    actor = actor_of(user, seller.code if seller else "", at=at)
    assert actor is not None
    return actor


def an_invitation(seller: Seller, email: str = "guest@example.com", role: str = "clerk") -> Invitation:
    """An open invitation by an owner of the seller."""
    inviter = Membership.objects.filter(seller=seller, role="owner").first()
    user = inviter.user if inviter else a_member(seller)
    return invite(seller_id=seller.pk, guest=Guest(email, role), actor=actor_for(user, seller), at=NOON)


def a_key(
    seller: Seller, scopes: Sequence[str] = ("see_company", "see_orders", "see_stock"), maker: User | None = None
) -> tuple[ApiKey, str]:
    """A key of a member of the seller, and its secret."""
    user = maker or a_member(seller)
    return make_key(seller_id=seller.pk, key=WantedKey("a key", scopes, None), actor=actor_for(user, seller), at=NOON)
