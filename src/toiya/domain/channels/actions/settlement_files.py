"""A site's settlement as a file: looked at before anything is booked, then booked, thrown away or undone whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.channels.actions.settling import SettlingOutcome, ShopNotSettling, settle_sales
from toiya.domain.channels.events import (
    SettlementBooked,
    SettlementTaken,
    SettlementThrownAway,
    SettlementUndone,
)
from toiya.domain.channels.models import Connection, SettlementFile
from toiya.domain.channels.settlement_file import ReadSettlement, SettledRow
from toiya.domain.wallet.actions.ledger_back import MoneySpent
from toiya.domain.wallet.actions.sales import unbook_sale
from toiya.domain.wallet.models import Sale, SettlingShop

Status = SettlementFile.Status


class SettlementTakenBefore(Refusal):
    """The same content came before for this shop."""

    code = "settlement_taken_before"
    message = gettext_lazy("This settlement was taken already as %(file)s; nothing was booked twice. Open that one.")


class TooLateToDropSettlement(Refusal):
    """Its sales are booked."""

    code = "too_late_to_drop_settlement"
    message = gettext_lazy("%(file)s is booked already. Undo it instead.")


class SettlementSpent(Refusal):
    """Money of some of its sales is not there any more: nothing was undone."""

    code = "settlement_spent"
    message = gettext_lazy(
        "The money of %(orders)s is spent or set aside already, so nothing was undone. Wait until the wallet covers it."
    )


class SettlementNoteMissing(Refusal):
    """Why a whole settlement is undone must stand somewhere."""

    code = "settlement_note_missing"
    message = gettext_lazy("The note is empty. Write why this settlement is taken back.")


@transaction.atomic
def take_settlement(
    *, connection_code: str, content: bytes, file_name: str, read: ReadSettlement, actor: Actor, at: datetime
) -> SettlementFile:
    """
    Keep a settlement for a person to look at. Nothing is booked.

    :raises NotFound: no such shop
    :raises ShopNotSettling: its sales are not paid to us
    :raises SettlementTakenBefore: the same content for the same shop
    """
    shop: Connection | None = Connection.objects.filter(code=connection_code).lock().select_related("seller").first()
    if shop is None:
        raise NotFound(kind=gettext_lazy("shop"), code=connection_code[:20])
    if not SettlingShop.objects.filter(seller=shop.seller, shop_code=shop.code).exists():
        raise ShopNotSettling(shop=shop.name)
    sha256 = hashlib.sha256(content).hexdigest()
    same = SettlementFile.objects.filter(seller=shop.seller, shop_code=shop.code, sha256=sha256)
    if earlier := same.exclude(status=Status.UNDONE).first():
        raise SettlementTakenBefore(file=earlier.code)

    (number,) = next_ids("channels_settlementfile_id_seq", 1)
    taken: SettlementFile = SettlementFile.objects.create(
        pk=number,
        code=code_for("STL", number),
        seller=shop.seller,
        shop_code=shop.code,
        sha256=sha256,
        file_name=file_name[-100:],
        currency=read.currency,
        rows=[[row.number, row.external_id, row.paid.minor] for row in read.rows],
        headings=list(read.headings),
        to_mend=[[bad.number, list(bad.cells), bad.why, bad.cell] for bad in read.to_mend],
        told_minor=read.told_minor,
        taken_by=actor.name[:100],
        taken_at=at,
    )

    told = SettlementTaken(seller_id=shop.seller_id, subject=taken.code, rows=len(taken.rows))
    events.record(told, actor=actor, at=at)
    return taken


def rows_of(taken: SettlementFile) -> Sequence[SettledRow]:
    """The rows of a file as they were read; changes nothing."""
    return [SettledRow(number, name, Money(minor, taken.currency)) for number, name, minor in taken.rows]


@transaction.atomic
def book_settlement(*, code: str, actor: Actor, at: datetime) -> SettlingOutcome | None:
    """
    Book what a person looked at; None when it is booked already.

    :raises NotFound: :raises NoSuchStep: it was undone :raises ShopNotSettling: its sales are not paid to us any more
    """
    taken = _locked(code)
    if taken.status == Status.BOOKED:
        return None

    taken.move_to(Status.BOOKED)
    outcome = settle_sales(connection_code=taken.shop_code, rows=rows_of(taken), actor=actor, at=at)
    taken.booked = list(outcome.settled)
    taken.save(update_fields=["status", "booked"])

    booked = SettlementBooked(seller_id=taken.seller_id, subject=taken.code, sales=len(taken.booked))
    events.record(booked, actor=actor, at=at)
    return outcome


@transaction.atomic
def throw_settlement_away(*, code: str, actor: Actor, at: datetime) -> None:
    """Forget a settlement nothing was booked of. :raises NotFound: :raises TooLateToDropSettlement:"""
    taken = _locked(code)
    if taken.status != Status.READ:
        raise TooLateToDropSettlement(file=taken.code)

    taken.delete()

    gone = SettlementThrownAway(seller_id=taken.seller_id, subject=code, rows=len(taken.rows))
    events.record(gone, actor=actor, at=at)


@transaction.atomic
def undo_settlement(*, code: str, note: str, actor: Actor, at: datetime) -> SettlementFile:
    """
    Take all money of a booked settlement back, or none of it; its sales are to come again, with their fees.

    :raises NotFound: :raises NoSuchStep: it is not booked
    :raises SettlementNoteMissing:
    :raises SettlementSpent: the wallet does not cover all of it; names the orders it does not
    """
    taken = _locked(code)
    if taken.status == Status.UNDONE:
        return taken
    if not note.strip():
        raise SettlementNoteMissing()
    taken.move_to(Status.UNDONE)
    settled = Sale.objects.filter(seller=taken.seller, order_code__in=taken.booked, status=Sale.Status.SETTLED)
    told, spent = [], []
    for order_code in settled.order_by("order_code").values_list("order_code", flat=True):
        try:
            with transaction.atomic():
                told.append(unbook_sale(seller=taken.seller, order_code=order_code, actor=actor, at=at))
        except MoneySpent:
            spent.append(order_code)
    if spent:
        raise SettlementSpent(orders=", ".join(spent[:20]))

    taken.note = note.strip()[:200]
    taken.save(update_fields=["status", "note"])

    undone = SettlementUndone(seller_id=taken.seller_id, subject=taken.code, sales=len(told))
    events.record_all([*told, undone], actor=actor, at=at)
    return taken


def _locked(code: str) -> SettlementFile:
    found: SettlementFile | None = SettlementFile.objects.filter(code=code).lock().select_related("seller").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("settlement"), code=code[:20])
    return found
