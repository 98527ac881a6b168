"""
Removals: a seller orders pieces back, or has them thrown away (L26, A192).

The pieces are promised at once, so that no order gets them. Sent ones become an order of their own, which is released,
picked, packed, labelled and shipped like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.allocation.actions.promising import promise_all
from toiya.domain.carriers.queries import service as service_of
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.members.queries import stands_still
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Order, Wish
from toiya.domain.orders.models.entries import REMOVAL_CHANNEL
from toiya.domain.orders.rules import AddressDraft, LineDraft, OrderDraft, Tie
from toiya.domain.returns import queries, rules
from toiya.domain.returns.events import RemovalOrdered
from toiya.domain.returns.models import Removal, RemovalLine
from toiya.domain.stock import sql
from toiya.domain.stock.actions import ledger
from toiya.domain.stock.actions.ledger import Book, Post
from toiya.domain.stock.actions.setting_aside import NoConsent
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

Status = Removal.Status


class NothingToRemove(Refusal):
    """No piece is named, or none is free."""

    code = "nothing_to_remove"
    message = gettext_lazy("There is no free piece to remove from %(warehouse)s. Choose other pieces or a warehouse.")


class RemovalWaitsForPayment(Refusal):
    """Fees are unpaid, so nothing leaves on the seller's own word (A071)."""

    code = "removal_waits_for_payment"
    message = gettext_lazy("Fees are unpaid, so nothing leaves. Pay them on the page Payments first.")


class RemovalNotFree(Refusal):
    """Fewer pieces are free than are to be removed."""

    code = "removal_not_free"
    message = gettext_lazy(
        "%(sku)s: %(available)s pieces are free in %(warehouse)s, not %(wanted)s. Enter at most that many, or take "
        "back the allocation of an order first."
    )


class RemovalChoiceUnknown(Refusal):
    """A kind or payer that is not on the list."""

    code = "removal_choice_unknown"
    message = gettext_lazy("This choice is not on the list. Choose one of those shown.")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where removed pieces go."""

    name: str = ""
    phone: str = ""
    postal_code: str = ""
    first_line: str = ""
    second_line: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is to leave, from where and how; `pieces` by SKU code, or everything that is free. The same `token` twice is
    one removal. `consents`: the seller agrees that the pieces are thrown away.
    """

    warehouse_code: str
    pieces: Mapping[str, int] = field(default_factory=dict)
    is_everything: bool = False
    kind: str = Removal.Kind.SEND
    payer: str = Removal.Payer.SELLER
    service_code: str = ""
    receiver: Receiver = Receiver()
    reason: str = ""
    consents: bool = False
    token: str = ""


@transaction.atomic
def order_removal(*, seller_id: int, wanted: Wanted, actor: Actor, at: datetime) -> Removal:
    """
    Order pieces to be sent or thrown away, all at once or not at all: from now on no order gets them.

    :raises NotFound: no such warehouse, SKU or service :raises RemovalChoiceUnknown: :raises NothingToRemove:
    :raises RemovalNotFree: :raises NoConsent: :raises NothingWritten: the reason of throwing away is empty
    :raises UnusableDraft: the address lacks something :raises RemovalWaitsForPayment:
    """
    seller = Seller.objects.select_for_update(no_key=True).get(pk=seller_id)  # two forms of one token take turns
    same: Removal | None = Removal.objects.filter(seller=seller, token=wanted.token[:60]).first()
    if wanted.token and same is not None:
        return same
    warehouse = Warehouse.objects.filter(code=wanted.warehouse_code[:20]).first()
    if warehouse is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=wanted.warehouse_code[:20])

    if stands_still(seller.pk):
        raise RemovalWaitsForPayment()
    check_terms(wanted)
    lines = everything(seller, warehouse) if wanted.is_everything else _named(seller, warehouse, wanted.pieces)

    removal = write_removal(seller, warehouse, wanted, Status.ORDERED, at)
    write_lines(removal, lines)
    ordered = promise(removal, lines, actor, at)
    removal.save()

    events.record(ordered, actor=actor, at=at)
    return removal


def check_terms(wanted: Wanted) -> None:
    """A step. :raises RemovalChoiceUnknown: :raises NotFound: no such service :raises NoConsent:
    :raises NothingWritten:"""
    if wanted.kind not in Removal.Kind.values or wanted.payer not in Removal.Payer.values:
        raise RemovalChoiceUnknown()
    if wanted.kind == Removal.Kind.DISPOSE:
        if not wanted.consents:
            raise NoConsent()
        texts.plain(wanted.reason, most=200, may_have_lines=False)
    elif wanted.service_code:
        service_of(wanted.service_code)


def everything(seller: Seller, warehouse: Warehouse) -> dict[int, int]:
    """A step: all that is free in the building, by SKU. :raises NothingToRemove:"""
    found = {row.sku_id: row.available for row in queries.free_pieces(seller, warehouse.pk)}
    if not found:
        raise NothingToRemove(warehouse=warehouse.name)
    return found


def _named(seller: Seller, warehouse: Warehouse, pieces: Mapping[str, int]) -> dict[int, int]:
    skus: dict[str, Sku] = {sku.code: sku for sku in Sku.objects.filter(seller=seller, code__in=pieces)}
    found = {}
    for code, quantity in pieces.items():
        if quantity == 0:
            continue
        if code not in skus:
            raise NotFound(kind="SKU", code=code[:20])
        if not 1 <= quantity <= rules.MOST_REMOVED:
            raise RemovalNotFree(sku=code, available=0, warehouse=warehouse.name, wanted=quantity)
        found[skus[code].pk] = quantity
    if not found:
        raise NothingToRemove(warehouse=warehouse.name)
    return found


def write_removal(seller: Seller, warehouse: Warehouse, wanted: Wanted, status: Status, at: datetime) -> Removal:
    """A step: the row; who orders it promises its pieces next."""
    (number,) = next_ids("returns_removal_id_seq", 1)
    to = wanted.receiver
    removal: Removal = Removal.objects.create(
        pk=number,
        code=code_for("RMV", number),
        seller=seller,
        warehouse=warehouse,
        status=status,
        kind=wanted.kind,
        is_everything=wanted.is_everything,
        payer=wanted.payer,
        service_code=wanted.service_code,
        name=to.name.strip()[:100],
        phone=to.phone.strip()[:30],
        postal_code=to.postal_code.strip()[:12],
        first_line=to.first_line.strip()[:300],
        second_line=to.second_line.strip()[:300],
        reason=wanted.reason.strip()[:200],
        token=wanted.token[:60],
        created_at=at,
    )
    return removal


def write_lines(removal: Removal, lines: Mapping[int, int]) -> None:
    """A step: what it takes, instead of what it took."""
    removal.lines.all().delete()
    RemovalLine.objects.bulk_create(
        RemovalLine(seller_id=removal.seller_id, removal=removal, sku_id=sku_id, quantity=quantity)
        for sku_id, quantity in sorted(lines.items())
    )


def promise(removal: Removal, lines: Mapping[int, int], actor: Actor, at: datetime) -> RemovalOrdered:
    """A step: keep the pieces for it; the caller saves the row. :raises RemovalNotFree: :raises UnusableDraft:"""
    skus = list(Sku.objects.filter(pk__in=lines).order_by("pk"))
    house = removal.warehouse_id
    if removal.kind == Removal.Kind.SEND:
        removal.order = _placed(removal, skus, lines, actor, at)
        outcome = promise_all(order=removal.order, warehouse_id=house, actor=actor, at=at)
        if outcome.waiting:
            _check_free(removal, skus, lines)
            raise NothingToRemove(warehouse=removal.warehouse.name)
    else:
        sql.ensure_balances(removal.seller_id, house, list(lines))
        sql.lock_balances(removal.seller_id, [house], list(lines))
        _check_free(removal, skus, lines)
        posts = [Post(sku.pk, lines[sku.pk], removal.code) for sku in skus]
        ledger.allocate(Book(removal.seller_id, house, actor.name, at), posts)
        removal.consent = actor.name[:200]
    if removal.status == Status.PREPARED:
        removal.move_to(Status.ORDERED)
    return RemovalOrdered(
        seller_id=removal.seller_id,
        subject=removal.code,
        warehouse_id=house,
        pieces=sum(lines.values()),
        kind=removal.kind,
        order=removal.order.code if removal.order else "",
    )


def _check_free(removal: Removal, skus: Sequence[Sku], lines: Mapping[int, int]) -> None:
    """With the balances locked. :raises RemovalNotFree:"""
    rows = Balance.objects.filter(seller_id=removal.seller_id, warehouse_id=removal.warehouse_id, sku_id__in=lines)
    free = {row.sku_id: row.available for row in rows}
    for sku in skus:
        if free.get(sku.pk, 0) < lines[sku.pk]:
            raise RemovalNotFree(
                sku=sku.code,
                available=free.get(sku.pk, 0),
                warehouse=removal.warehouse.name,
                wanted=lines[sku.pk],
            )


def _placed(removal: Removal, skus: Sequence[Sku], lines: Mapping[int, int], actor: Actor, at: datetime) -> Order:
    """The order that the pieces go out as."""
    drafts = tuple(
        LineDraft(
            external_id=sku.code,
            title=sku.name,
            option=sku.option,
            item_code="",
            option_code="",
            quantity=lines[sku.pk],
            tie=Tie(sku.pk),
        )
        for sku in skus
    )
    address = AddressDraft(removal.name, removal.phone, removal.postal_code, removal.first_line, removal.second_line)
    draft = OrderDraft(REMOVAL_CHANNEL, "", removal.code, drafts, address, note=removal.reason, paid_at=at)
    placed = place_orders(seller_id=removal.seller_id, drafts=[draft], actor=actor, at=at)
    order: Order = Order.objects.get(code=placed.codes[draft.key])
    Wish.objects.create(
        order=order,
        seller_id=removal.seller_id,
        warehouse_id=removal.warehouse_id,
        service_code=removal.service_code,
        is_freight_collect=removal.payer == Removal.Payer.RECEIVER,
    )
    return order
