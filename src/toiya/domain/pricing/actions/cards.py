"""Rate cards: begun, changed by new versions, approved by a second person, copied, and given to whom they are for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members.models import Seller
from toiya.domain.pricing import card_rules
from toiya.domain.pricing.card_rules import RateChange
from toiya.domain.pricing.events import CardApproved, CardAssigned, CardDrafted
from toiya.domain.pricing.models import CardApproval, CardAssignment, CardVersion, RateCard
from toiya.domain.pricing.rules import NO_ZONES, Rate, Zones
from toiya.domain.pricing.steps import (
    Draft,
    VersionOrder,
    check_day,
    check_draft,
    is_approved,
    locked_card,
    newest_version,
    write_next,
    write_version,
)
from toiya.domain.warehouses.models import Warehouse

CURRENCIES = ("JPY", "KRW", "USD", "CNY", "EUR", "SGD")


class CardNameTaken(Refusal):
    """Two cards of one name would be mixed up."""

    code = "card_name_taken"
    message = gettext_lazy("There is a rate card %(name)s already. Choose another name.")


class NoSuchCurrency(Refusal):
    """A currency we do not keep wallets in."""

    code = "no_such_currency"
    message = gettext_lazy("%(currency)s is no currency of our wallets. Choose one of %(known)s.")


class SamePerson(Refusal):
    """The one who wrote prices does not put them in force."""

    code = "card_needs_second_person"
    message = gettext_lazy("You wrote this version yourself. Ask another person to approve it.")


class NotApproved(Refusal):
    """A card without a version in force prices nothing."""

    code = "card_not_approved"
    message = gettext_lazy("%(card)s has no approved version yet. Have its first version approved, then assign it.")


@dataclass(frozen=True, slots=True)
class For:
    """Whom a card is for: a seller, a warehouse, both together, or everybody. Ids."""

    seller_id: int | None = None
    warehouse_id: int | None = None


@transaction.atomic
def draft_card(
    *,
    name: str,
    rates: Sequence[Rate],
    from_on: date,
    actor: Actor,
    at: datetime,
    currency: str = "JPY",
    zones: Zones = NO_ZONES,
) -> RateCard:
    """
    Begin a card with its first version, which waits for a second person.

    :raises CardNameTaken: :raises NoSuchCurrency: :raises RateOff: :raises CardDayOver: :raises NothingWritten:
    """
    called = texts.plain(name, most=60, may_have_lines=False)
    if currency not in CURRENCIES:
        raise NoSuchCurrency(currency=currency[:3], known=", ".join(CURRENCIES))
    draft = Draft(rates, zones, from_on)
    check_draft(draft, at)
    (number,) = next_ids("pricing_ratecard_id_seq", 1)
    if not RateCard.objects.filter(name=called).exists():
        fresh = RateCard(pk=number, code=code_for("RC", number), name=called, currency=currency, created_at=at)
        RateCard.objects.bulk_create([fresh], ignore_conflicts=True)
    card: RateCard | None = RateCard.objects.filter(pk=number).first()
    if card is None:
        raise CardNameTaken(name=called)

    write_version(card, 1, draft, actor, at)

    drafted = CardDrafted(seller_id=None, subject=card.code, name=called, from_on=from_on.isoformat())
    events.record(drafted, actor=actor, at=at)
    return card


@transaction.atomic
def copy_card(*, card_code: str, name: str, from_on: date, actor: Actor, at: datetime) -> RateCard:
    """
    Begin a card with the newest approved prices of another one.

    :raises NotFound: :raises CardNameTaken: :raises CardDayOver: :raises NothingWritten:
    """
    card = locked_card(card_code)
    newest = newest_version(card)
    return draft_card(
        name=name,
        rates=newest.as_card.rates,
        zones=newest.zones,
        from_on=from_on,
        currency=card.currency,
        actor=actor,
        at=at,
    )


@transaction.atomic
def change_rates(
    *, card_code: str, changes: Sequence[RateChange], from_on: date, actor: Actor, at: datetime, note: str = ""
) -> CardVersion:
    """
    Write a new version: the newest approved one with these changes, from a day on that is not over. It waits for a
    second person; versions that wait already stay and are not built upon.

    :raises NotFound: :raises RateOff: :raises NothingChanged: :raises CardDayOver: :raises VersionOrder:
    """
    card = locked_card(card_code)
    before = newest_version(card)
    rates = card_rules.changed(before.as_card.rates, changes)

    return write_next(card, before, Draft(rates, before.zones, from_on, note), actor, at)


@transaction.atomic
def approve_version(*, card_code: str, number: int, actor: Actor, at: datetime) -> CardVersion:
    """
    Put a version in force from its day on, as a second person (S11). An approved version is left alone.

    :raises NotFound: :raises SamePerson: :raises CardDayOver: its day is over: write it again from a later one
    :raises VersionOrder: a later version is in force already
    """
    card = locked_card(card_code)
    version = CardVersion.objects.filter(card=card, number=number).select_related("card").first()
    if version is None:
        raise NotFound(kind=gettext_lazy("version"), code=f"{card_code} {number}"[:30])
    if CardApproval.objects.filter(version=version).exists():
        return version
    if version.drafted_by == actor.id:
        raise SamePerson()
    check_day(version.from_on, at)
    newest = newest_version(card)
    if newest.pk != version.pk and is_approved(newest) and version.from_on < newest.from_on:
        raise VersionOrder(version=newest.number, day=newest.from_on.isoformat())

    CardApproval.objects.create(version=version, approved_by=actor.id, approved_name=actor.name, approved_at=at)

    approved = CardApproved(seller_id=None, subject=card.code, version=number, from_on=version.from_on.isoformat())
    events.record(approved, actor=actor, at=at)
    return version


@transaction.atomic
def assign_card(*, card_code: str, to: For, from_on: date, actor: Actor, at: datetime) -> CardAssignment:
    """
    Let a card hold for a seller, a warehouse, both together or everybody from a day on; no card ends what was assigned.

    :raises NotFound: :raises NotApproved: :raises CardDayOver:
    """
    card = locked_card(card_code) if card_code else None
    seller, warehouse = _seller(to.seller_id), _warehouse(to.warehouse_id)
    if card is not None and not is_approved(newest_version(card)):
        raise NotApproved(card=card.name)
    check_day(from_on, at)

    assignment = CardAssignment.objects.create(
        card=card, seller=seller, warehouse=warehouse, from_on=from_on, at=at, actor=actor.name
    )

    assigned = CardAssigned(
        seller_id=to.seller_id,
        subject=seller.code if seller else warehouse.code if warehouse else (card.code if card else "*"),
        card=card.code if card else "",
        warehouse=warehouse.code if warehouse else "",
        from_on=from_on.isoformat(),
    )
    events.record(assigned, actor=actor, at=at)
    return assignment


def _seller(key: int | None) -> Seller | None:
    if key is None:
        return None
    found: Seller | None = Seller.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(kind=gettext_lazy("seller"), code=str(key))
    return found


def _warehouse(key: int | None) -> Warehouse | None:
    if key is None:
        return None
    found = Warehouse.objects.filter(pk=key).first()
    if found is None:
        raise NotFound(kind=gettext_lazy("warehouse"), code=str(key))
    return found
