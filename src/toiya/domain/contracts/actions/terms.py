"""The office announces new terms, and offers a seller numbers of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.contracts import queries, rules
from toiya.domain.contracts.events import TermsAnnounced, VariationSet
from toiya.domain.contracts.models import TermsVersion, Variation
from toiya.domain.contracts.rules import Terms
from toiya.domain.members.models import Seller


class FigureOutOfRange(Refusal):
    """A number no agreement has."""

    code = "figure_out_of_range"
    message = gettext_lazy("The number does not fit here. Enter one from %(least)s to %(most)s.")


class AnnouncedTooLate(Refusal):
    """New terms hold too soon."""

    code = "announced_too_late"
    message = gettext_lazy("New terms are announced %(days)s days ahead. Let them hold from %(first)s on or later.")


class AnotherVersionComing(Refusal):
    """One version at a time is announced."""

    code = "another_version_coming"
    message = gettext_lazy("Version %(version)s is announced already. Wait until it holds, then announce the next one.")


@transaction.atomic
def announce_terms(
    *, country: str, changes: Mapping[str, int], holds_from: date, actor: Actor, at: datetime
) -> TermsVersion:
    """
    Make a new version of a country's agreement, announced ahead. It binds a seller once the seller has signed it.

    :raises NotFound: no such country :raises FigureOutOfRange: :raises AnnouncedTooLate: :raises AnotherVersionComing:
    """
    today = _today(country, at)
    list(TermsVersion.objects.filter(country=country).lock())
    before = queries.version_on(country, today)
    coming = queries.announced(country, today)
    first = today + timedelta(days=rules.ANNOUNCED_DAYS)
    if coming is not None:
        raise AnotherVersionComing(version=coming.version)
    if holds_from < first:
        raise AnnouncedTooLate(days=rules.ANNOUNCED_DAYS, first=first.isoformat())
    _check(changes, before)

    terms = replace(rules.varied(before, changes), version=before.version + 1)
    made = TermsVersion.objects.create(
        country=country,
        version=terms.version,
        figures=rules.figures_of(terms),
        holds_from=holds_from,
        announced_at=at,
        announced_by=actor.name,
    )

    told = TermsAnnounced(
        seller_id=None,
        subject=f"{country}-{made.version}",
        version_id=made.pk,
        country=country,
        version=made.version,
        holds_from=holds_from.isoformat(),
    )
    events.record(told, actor=actor, at=at)
    return made


@transaction.atomic
def set_variation(
    *, seller_code: str, country: str, changes: Mapping[str, int], note: str, actor: Actor, at: datetime
) -> Variation:
    """
    Offer a seller numbers of its own. They hold when it has signed them; an empty change takes them back.

    :raises NotFound: no such seller or country :raises FigureOutOfRange:
    """
    seller = Seller.objects.filter(code=seller_code).lock().first()
    if seller is None:
        raise NotFound(kind=gettext_lazy("seller"), code=seller_code[:20])
    _check(changes, queries.version_on(country, _today(country, at)))

    made = Variation.objects.create(
        seller=seller, country=country, changes=dict(changes), note=note.strip()[:200], set_at=at, set_by=actor.name
    )

    told = VariationSet(seller_id=seller.pk, subject=seller.code, country=country, changes=dict(changes))
    events.record(told, actor=actor, at=at)
    return made


def _today(country: str, at: datetime) -> date:
    if country not in rules.STANDARD:
        raise NotFound(kind=gettext_lazy("agreement"), code=country[:20])
    return queries.local_day(country, at)


def _check(changes: Mapping[str, int], before: Terms) -> None:
    if flaw := rules.first_flaw(changes, before):
        least, most = (_shown(flaw.figure, each, before.currency) for each in (flaw.least, flaw.most))
        raise FigureOutOfRange(figure=flaw.figure, least=least, most=most)


def _shown(figure: str, number: int, currency: str) -> int | Money:
    return Money(number, currency) if figure.endswith("_minor") else number
