"""Steps that actions on rate cards share: finding a card locked, checks, writing a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.pricing import card_rules
from toiya.domain.pricing.codec import rate_as_json
from toiya.domain.pricing.events import RatesChanged
from toiya.domain.pricing.models import CardApproval, CardVersion, RateCard
from toiya.domain.pricing.rules import Rate, Zones
from toiya.domain.warehouses.models import Warehouse


class RateOff(Refusal):
    """A rule that prices nothing."""

    code = "rate_off"
    message = gettext_lazy("The rule for %(kind)s cannot be: %(flaw)s. Mend its price or its conditions.")


class NothingChanged(Refusal):
    """The new version would be the old one."""

    code = "rates_unchanged"
    message = gettext_lazy("No price is different from version %(version)s. Change at least one.")


class CardDayOver(Refusal):
    """Prices of days that are over stay as they were."""

    code = "card_day_over"
    message = gettext_lazy("%(day)s is over in a warehouse. Enter %(today)s or a later day.")


class VersionOrder(Refusal):
    """A version would hold from before the one that is in force."""

    code = "card_version_order"
    message = gettext_lazy("Version %(version)s holds from %(day)s on. Enter that day or a later one.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A version as it shall be: all its rules, the places of their zones, its first day, and a note."""

    rates: Sequence[Rate]
    zones: Zones
    from_on: date
    note: str = ""


def locked_card(code: str) -> RateCard:
    """The card under our lock. :raises NotFound:"""
    card: RateCard | None = RateCard.objects.filter(code=code).lock().first()
    if card is None:
        raise NotFound(kind=gettext_lazy("rate card"), code=code[:20])
    return card


def newest_version(card: RateCard) -> CardVersion:
    """The newest approved version; before the first approval, the newest draft."""
    versions = CardVersion.objects.filter(card=card).order_by("-from_on", "-number")
    newest = versions.filter(approval__isnull=False).first() or versions.order_by("-number").first()
    if newest is None:
        raise NotFound(kind=gettext_lazy("version"), code=card.code)
    return newest


def is_approved(version: CardVersion) -> bool:
    """Whether a second person said yes to it."""
    return CardApproval.objects.filter(version=version).exists()


def check_day(day: date, at: datetime) -> None:
    """:raises CardDayOver: it is over in a warehouse, where its charges are written"""
    zones = {ZoneInfo(name) for name in Warehouse.objects.values_list("time_zone", flat=True)}
    today = max((at.astimezone(zone).date() for zone in zones), default=at.date())
    if day < today:
        raise CardDayOver(day=day.isoformat(), today=today.isoformat())


def check_draft(draft: Draft, at: datetime) -> None:
    """:raises RateOff: :raises CardDayOver:"""
    for each in draft.rates:
        if flaw := card_rules.flaw_of(each, draft.zones):
            raise RateOff(kind=str(each.kind), flaw=flaw)
    check_day(draft.from_on, at)


def write_version(card: RateCard, number: int, draft: Draft, actor: Actor, at: datetime) -> CardVersion:
    """The draft as a row, which waits for a second person."""
    return CardVersion.objects.create(
        card=card,
        number=number,
        from_on=draft.from_on,
        rates=[rate_as_json(each) for each in card_rules.ordered(draft.rates)],
        zones={name: list(draft.zones[name]) for name in sorted(draft.zones)},
        note=draft.note.strip()[:200],
        drafted_by=actor.id,
        drafted_name=actor.name,
        drafted_at=at,
    )


def write_next(card: RateCard, before: CardVersion, draft: Draft, actor: Actor, at: datetime) -> CardVersion:
    """
    The version after `before`, and its event.

    :raises RateOff: :raises NothingChanged: :raises CardDayOver: :raises VersionOrder:
    """
    differences = card_rules.difference(before.as_card.rates, draft.rates)
    zones = card_rules.changed_zones(before.zones, draft.zones)

    check_draft(draft, at)
    if not differences and not zones:
        raise NothingChanged(version=before.number)
    if draft.from_on < before.from_on:
        raise VersionOrder(version=before.number, day=before.from_on.isoformat())

    number = CardVersion.objects.filter(card=card).count() + 1
    version = write_version(card, number, draft, actor, at)

    changed = RatesChanged(
        seller_id=None,
        subject=card.code,
        version=number,
        from_on=draft.from_on.isoformat(),
        changes=len(differences) + len(zones),
    )
    events.record(changed, actor=actor, at=at)
    return version
