"""Claims opened by people, the seller's or ours: for a parcel that left, or for pieces that lay in the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor, ActorKind
from toiya.core.codes import code_for, folded
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.claims import rules, valuing
from toiya.domain.claims.events import ClaimOpened
from toiya.domain.claims.models import Claim, ClaimLine
from toiya.domain.claims.valuing import Valued
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Movement, StockNote
from toiya.domain.warehouses.models import Warehouse

Kind = Claim.Kind
IN_DELIVERY = frozenset({Kind.CARRIER_DAMAGE, Kind.CARRIER_LOSS})
IN_THE_HOUSE = frozenset({Kind.WAREHOUSE_DAMAGE, Kind.WAREHOUSE_LOSS})
# Pieces that were inspected and booked in; only from then on the warehouse answers for them (A067).
BOOKED_IN = (Movement.Kind.RECEIVE, Movement.Kind.FOUND, Movement.Kind.TRANSFER_IN, Movement.Kind.ASSEMBLE_IN)
MOST_NOTE = 1000


class ClaimThere(Refusal):
    """What happened is claimed already."""

    code = "claim_there"
    message = gettext_lazy("Claim %(claim)s is about this already. Open it, and add what you know.")


class ParcelNotGone(Refusal):
    """A parcel that is still in the warehouse cannot be damaged in delivery."""

    code = "parcel_not_gone"
    message = gettext_lazy("%(parcel)s has not left the warehouse. Open the claim on the page of its SKU.")


class ClaimKindWrong(Refusal):
    """A kind of claim that does not fit to where the goods were."""

    code = "claim_kind_wrong"
    message = gettext_lazy("Say what happened to the goods. Choose one of the answers shown.")


class DamageInDelivery(Refusal):
    """The warehouse does not answer for what happens in delivery (A067)."""

    code = "damage_in_delivery"
    message = gettext_lazy(
        "%(parcel)s had left, and the warehouse does not answer for delivery. Choose damage or loss in delivery: "
        "the carrier is asked."
    )


class NotInspectedYet(Refusal):
    """The warehouse answers for pieces from inspection on (A067)."""

    code = "not_inspected_yet"
    message = gettext_lazy(
        "%(pieces)s pieces of %(sku)s were inspected and booked in here. Claim at most so many; for goods that came "
        "damaged, answer the difference of the delivery."
    )


class ClaimPiecesWrong(Refusal):
    """A claim about no piece."""

    code = "claim_pieces_wrong"
    message = gettext_lazy("The number of pieces must be 1 or more. Enter how many are damaged or lost.")


@dataclass(frozen=True, slots=True)
class Told:
    """What a person tells: what happened, and words. `token` is of the form it came from."""

    kind: str
    note: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """All that a new claim starts with; one without a cause is a cause of its own."""

    seller_id: int
    kind: str
    cause: str
    warehouse: Warehouse
    currency: str
    lines: Sequence[Valued]
    known_at: datetime
    parcel: Parcel | None = None
    stock_note: StockNote | None = None
    note: str = ""
    is_by_machine: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def carrier(self) -> str:
        """Who is asked; empty: our own house."""
        return self.parcel.label.carrier if self.parcel is not None and self.parcel.label is not None else ""


@transaction.atomic
def open_parcel_claim(*, parcel_code: str, told: Told, actor: Actor, at: datetime) -> Claim:
    """
    Open a claim against the carrier for a parcel that left.

    :raises NotFound: :raises ParcelNotGone: :raises DamageInDelivery: :raises ClaimKindWrong: :raises ClaimThere:
    :raises core.texts refusals: the words cannot be kept
    """
    parcel = _locked_parcel(parcel_code, actor)

    if told.kind not in IN_DELIVERY:
        raise DamageInDelivery(parcel=parcel.code) if told.kind in IN_THE_HOUSE else ClaimKindWrong()
    if parcel.shipped_at is None or parcel.label is None:
        raise ParcelNotGone(parcel=parcel.code)
    found = Claim.objects.filter(seller_id=parcel.seller_id, cause=parcel_cause(parcel)).first()
    if found is not None:
        raise ClaimThere(claim=found.code)

    claim = write_claim(parcel_draft(parcel, told.kind, _words(told.note)), actor, at)

    events.record(opened(claim), actor=actor, at=at)
    return claim


@transaction.atomic
def open_goods_claim(
    *, sku_code: str, warehouse_id: int, quantity: int, told: Told, actor: Actor, at: datetime
) -> Claim:
    """
    Open a claim against the warehouse for pieces that were damaged or lost in it. The same form twice is one claim.

    :raises NotFound: :raises ClaimKindWrong: :raises ClaimPiecesWrong: :raises NotInspectedYet:
    :raises core.texts refusals: the words cannot be kept
    """
    skus = Sku.objects.visible_to(actor).filter(code=folded(sku_code)).select_related("item")
    sku: Sku | None = skus.lock().first()
    house = Warehouse.objects.filter(pk=warehouse_id).first()
    if sku is None or house is None:
        raise NotFound(kind=gettext_lazy("SKU"), code=sku_code[:20])
    cause = f"form {told.token}" if told.token else ""
    again: Claim | None = Claim.objects.filter(seller_id=sku.seller_id, cause=cause).first() if told.token else None
    if again is not None:
        return again

    if told.kind not in IN_THE_HOUSE:
        raise ClaimKindWrong()
    if quantity < 1:
        raise ClaimPiecesWrong()
    there = inspected(sku, house)
    if quantity > there:
        raise NotInspectedYet(sku=sku.code, pieces=there)

    currency = sku.item.currency
    lines = [valuing.valued(sku, quantity, currency)]
    draft = Drafted(sku.seller_id, told.kind, cause, house, currency, lines, at, note=_words(told.note))
    claim = write_claim(draft, actor, at)

    events.record(opened(claim), actor=actor, at=at)
    return claim


def inspected(sku: Sku, house: Warehouse) -> int:
    """Pieces of a SKU that were ever booked into the warehouse."""
    booked = Movement.objects.filter(sku_id=sku.pk, warehouse_id=house.pk, kind__in=BOOKED_IN)
    return booked.aggregate(sum=Sum("quantity"))["sum"] or 0


def parcel_cause(parcel: Parcel) -> str:
    """One parcel is claimed once: what is lost is not damaged too."""
    return f"parcel {parcel.code}"


def parcel_draft(parcel: Parcel, kind: str, note: str = "", *, is_by_machine: bool = False) -> Drafted:
    """What a claim for a parcel that left starts with, from its records."""
    currency = parcel.service.currency if parcel.service else parcel.order.currency
    return Drafted(
        seller_id=parcel.seller_id,
        kind=kind,
        cause=parcel_cause(parcel),
        warehouse=parcel.warehouse,
        currency=currency,
        lines=valuing.contents_of(parcel, currency),
        known_at=valuing.last_seen(parcel) or parcel.opened_at,
        parcel=parcel,
        note=note,
        is_by_machine=is_by_machine,
        facts=valuing.facts_of(parcel),
    )


def write_claim(draft: Drafted, actor: Actor, at: datetime) -> Claim:
    """A step: the claim and its lines, with its cap and its deadline as they are today."""
    number = next_ids("claims_claim_id_seq", 1)[0]
    code = code_for("CLM", number)
    known_on = valuing.local_day(draft.known_at, draft.warehouse)
    terms = valuing.filing_terms_of(draft.carrier, known_on)
    parcel = draft.parcel
    claim: Claim = Claim.objects.create(
        id=number,
        seller_id=draft.seller_id,
        code=code,
        kind=draft.kind,
        payer=Claim.Payer.CARRIER if draft.kind in IN_DELIVERY else Claim.Payer.OPERATOR,
        carrier=draft.carrier,
        cause=draft.cause or code,
        is_by_machine=draft.is_by_machine,
        order_id=parcel.order_id if parcel else None,
        parcel=parcel,
        sku=None if parcel else draft.lines[0].sku,
        stock_note=draft.stock_note,
        warehouse=draft.warehouse,
        note=draft.note,
        facts=draft.facts,
        currency=draft.currency,
        value_minor=valuing.total(draft.lines),
        cap_minor=valuing.cap_of(parcel) if parcel else None,
        due_on=rules.due_on(known_on, valuing.days_to_file(draft.carrier, terms)),
        filing_terms=terms,
        opened_at=at,
        opened_by=actor.name,
        desk_opener=actor.id if actor.is_operator and actor.kind == ActorKind.PERSON else "",
    )
    ClaimLine.objects.bulk_create(_line(claim, each) for each in draft.lines)
    return claim


def _line(claim: Claim, each: Valued) -> ClaimLine:
    return ClaimLine(
        seller_id=claim.seller_id,
        claim=claim,
        sku=each.sku,
        quantity=each.quantity,
        unit_value_minor=each.unit_value_minor,
        basis=each.basis,
    )


def opened(claim: Claim) -> ClaimOpened:
    """What is told of a new claim."""
    about = claim.parcel.code if claim.parcel else claim.sku.code if claim.sku else ""
    return ClaimOpened(
        seller_id=claim.seller_id,
        subject=claim.code,
        claim_id=claim.pk,
        about=about,
        kind=claim.kind,
        is_for_seller=bool(claim.desk_opener),
    )


def _locked_parcel(code: str, actor: Actor) -> Parcel:
    parcels = Parcel.objects.visible_to(actor).filter(code=folded(code))
    found: Parcel | None = parcels.lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("parcel"), code=code[:20])
    return found


def _words(note: str) -> str:
    return texts.plain(note, most=MOST_NOTE) if note.strip() else ""
