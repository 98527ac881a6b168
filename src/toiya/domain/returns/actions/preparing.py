"""A removal that we draw up when a seller's service is stopped; a person confirms it, or lets it be (A192)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.states import NoSuchStep
from toiya.domain.members.models import BusinessProfile, Seller
from toiya.domain.returns import queries
from toiya.domain.returns.actions.locking import locked_removal
from toiya.domain.returns.actions.ordering import (
    Receiver,
    Wanted,
    check_terms,
    everything,
    promise,
    write_lines,
    write_removal,
)
from toiya.domain.returns.events import RemovalOrdered, RemovalPrepared
from toiya.domain.returns.models import Removal
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import Warehouse

Status = Removal.Status


@transaction.atomic
def prepare_return(*, seller_id: int, reason: str, actor: Actor, at: datetime) -> list[Removal]:
    """
    Draw up, freight collect, that everything free of a seller goes home: one removal for each warehouse where it has
    pieces. Nothing is promised, sent or thrown away before a person confirms it. Drawn up twice it is one, with what is
    free by then.
    """
    seller = Seller.objects.select_for_update(no_key=True).get(pk=seller_id)
    profile = BusinessProfile.objects.filter(seller=seller).first()
    held = Balance.objects.filter(seller=seller, on_hand__gt=0).values("warehouse_id")
    prepared: list[Removal] = []
    told = []
    for warehouse in Warehouse.objects.filter(pk__in=held).order_by("pk"):
        known = Removal.objects.filter(seller=seller, warehouse=warehouse, status=Status.PREPARED).first()
        lines = {row.sku_id: row.available for row in queries.free_pieces(seller, warehouse.pk)}
        if known is not None:
            write_lines(known, lines or {line.sku_id: line.quantity for line in known.lines.all()})
            prepared.append(known)
            continue
        if not lines:
            continue
        wanted = Wanted(
            warehouse.code,
            is_everything=True,
            payer=Removal.Payer.RECEIVER,
            receiver=_home_of(seller, profile),
            reason=reason,
        )
        made = write_removal(seller, warehouse, wanted, Status.PREPARED, at)
        write_lines(made, lines)
        prepared.append(made)
        told.append(_told(made, sum(lines.values())))

    events.record_all(told, actor=actor, at=at)
    return prepared


def _told(made: Removal, pieces: int) -> RemovalPrepared:
    return RemovalPrepared(
        seller_id=made.seller_id,
        subject=made.code,
        warehouse_id=made.warehouse_id,
        pieces=pieces,
        reason=made.reason,
    )


def _home_of(seller: Seller, profile: BusinessProfile | None) -> Receiver:
    if profile is None:
        return Receiver(name=seller.name)
    return Receiver(name=profile.company_name, phone=profile.phone, first_line=profile.address)


@transaction.atomic
def confirm_removal(*, code: str, receiver: Receiver, service_code: str, actor: Actor, at: datetime) -> Removal:
    """
    A person confirms what was drawn up, with the address: all that is free now is promised to it.

    Confirmed already, it stays so.

    :raises NotFound: :raises NoSuchStep: it was cancelled :raises NothingToRemove: nothing is free any more
    :raises UnusableDraft: the address lacks something
    """
    removal = locked_removal(code, actor)
    if removal.status in (Status.ORDERED, Status.DONE):
        return removal
    if removal.status != Status.PREPARED:
        wanted = str(Status.ORDERED.label)
        raise NoSuchStep(code=removal.code, status=removal.get_status_display(), wanted=wanted)

    check_terms(replace(Wanted(removal.warehouse.code), service_code=service_code))
    lines = everything(removal.seller, removal.warehouse)
    removal.name, removal.phone = receiver.name.strip()[:100], receiver.phone.strip()[:30]
    removal.postal_code = receiver.postal_code.strip()[:12]
    removal.first_line, removal.second_line = receiver.first_line.strip()[:300], receiver.second_line.strip()[:300]
    removal.service_code = service_code
    write_lines(removal, lines)
    ordered: RemovalOrdered = promise(removal, lines, actor, at)
    removal.save()

    events.record(ordered, actor=actor, at=at)
    return removal
