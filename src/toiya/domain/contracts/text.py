"""The words of the agreement, made of its numbers: no number stands in a sentence that is not a blank of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toiya.core.money import minor_digits
from toiya.domain.contracts import rules
from toiya.domain.contracts.rules import Terms

_EXAMPLE_SHIPPED, _EXAMPLE_LEFT = 5, 20  # A070: November of the manual


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause: its title and its sentences."""

    number: int
    title: str
    sentences: Sequence[str]


def clauses(terms: Terms, language: str) -> list[Clause]:
    """The six clauses in that language."""
    with translation.override(language):
        makers = (_inspection, _inbound_fees, _liability, _booking, _storage, _paying)
        return [Clause(number, *make(terms)) for number, make in enumerate(makers, start=1)]


def services(language: str) -> list[str]:
    """What the operator takes over (A051, A064)."""
    with translation.override(language):
        return [
            _("The warehouse takes your goods in and stores them."),
            _("It picks and packs an order as soon as it is confirmed."),
            _("It prints the carrier's label and ships the parcel."),
            _("It writes the tracking number to the sales site and confirms the shipping there by itself."),
            _("It answers for what happens after the sale: returns, claims, questions about parcels."),
            _("That saves you time and labour."),
            _("Orders of other sales sites and of your own shop are served in the same way."),
        ]


def duties(language: str) -> list[str]:
    """What the seller does itself (A053)."""
    with translation.override(language):
        return [
            _("You put the prescribed SKU label on each piece before you send it, or order the labelling from us."),
            _("You pay the freight to the warehouse. Deliveries with freight collect are turned away."),
        ]


def whole(terms: Terms, language: str) -> str:
    """The text that is signed: the governing language first, the reader's own after it when it is another."""
    parts = [_one(terms, terms.governing)]
    if language != terms.governing:
        parts.append(_one(terms, language))
    return "\n\n".join(parts)


def hash_of(text: str) -> str:
    """What tells two texts apart, to the letter."""
    return hashlib.sha256(text.encode()).hexdigest()


def _one(terms: Terms, language: str) -> str:
    with translation.override(language):
        told = {"country": terms.country, "version": terms.version}
        lines = [_("Warehouse agreement %(country)s, version %(version)s") % told, ""]
    lines += [*services(language), "", *duties(language)]
    for clause in clauses(terms, language):
        lines += ["", f"{clause.number}. {clause.title}", *clause.sentences]
    return "\n".join(lines)


def _inspection(_terms: Terms) -> tuple[str, Sequence[str]]:
    return _("Inspection"), [
        _("At inbound the warehouse counts the pieces."),
        _("It inspects the quantity only and never the quality."),
    ]


def _inbound_fees(_terms: Terms) -> tuple[str, Sequence[str]]:
    return _("Fees at inbound"), [
        _("The inbound fee and the SKU label fee are taken from your wallet at inbound."),
        _("See to the balance beforehand: with too little in the wallet the inbound work is not done."),
    ]


def _liability(_terms: Terms) -> tuple[str, Sequence[str]]:
    return _("Loss and damage"), [
        _("The operator answers for damage in the warehouse from the inspection until the parcel leaves."),
        _("It does not answer for damage in delivery; what the carrier makes good is passed on to you."),
    ]


def _booking(terms: Terms) -> tuple[str, Sequence[str]]:
    days = ngettext(
        "From arrival to inspection and booked stock it takes up to %(days)s day when the warehouse is busy.",
        "From arrival to inspection and booked stock it takes up to %(days)s days when the warehouse is busy.",
        terms.booking_days,
    )
    return _("Booking"), [days % {"days": terms.booking_days}, _("The day of arrival is not counted.")]


def _storage(terms: Terms) -> tuple[str, Sequence[str]]:
    price = _money(terms.storage_price_minor, terms.currency)
    fee = rules.storage_fee(terms, shipped=_EXAMPLE_SHIPPED, left=_EXAMPLE_LEFT)
    told = {"below": terms.storage_below_pieces, "price": price}
    example = {"shipped": _EXAMPLE_SHIPPED, "left": _EXAMPLE_LEFT, "price": price, "fee": _money(fee, terms.currency)}
    sentence = _("Example: %(shipped)s pieces were shipped in November and %(left)s are left: %(fee)s.")
    if fee:
        sentence = _(
            "Example: %(shipped)s pieces were shipped in November and %(left)s are left: "
            "%(left)s × %(price)s = %(fee)s."
        )
    free = ngettext(
        "The month of inbound is free: %(months)s month in all.",
        "Goods are free from the month of inbound on: %(months)s months in all.",
        terms.storage_free_months,
    )
    if not terms.storage_free_months:
        free = _("The month of inbound is not free: %(months)s months.")
    return _("Storage"), [
        _("A SKU of which fewer than %(below)s pieces are shipped in a month costs %(price)s for each piece left.")
        % told,
        sentence % example,
        free % {"months": terms.storage_free_months},
    ]


def _paying(terms: Terms) -> tuple[str, Sequence[str]]:
    told = {
        "notice": terms.notice_day,
        "due": terms.due_day,
        "grace": terms.grace_days,
        "warn": terms.warn_days,
        "months": terms.stop_months,
        "stop_warn": terms.stop_warn_days,
    }
    return _("Paying"), [
        _("Fees of a month that the wallet did not pay are asked for on day %(notice)s of the next month.") % told,
        _("They are due on day %(due)s of that month.") % told,
        _("Dispatch is suspended on the day after it; the days of grace before that are %(grace)s.") % told,
        _("This is announced to you at least %(warn)s days before.") % told,
        _(
            "When fees are overdue by %(months)s months the service is stopped and your goods are sent back to you, "
            "freight collect."
        )
        % told,
        _("This is announced to you at least %(stop_warn)s days before, with a list of the goods.") % told,
        _("Nothing is thrown away. Everything goes on at once when you have paid."),
        _("A part that you dispute is not due until it is decided."),
    ]


def _money(minor: int, currency: str) -> str:
    return f"{Decimal(minor).scaleb(-minor_digits(currency)):f} {currency}"
