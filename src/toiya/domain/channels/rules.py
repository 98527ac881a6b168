"""Decisions about shops: which window to read, what an order there becomes here, when to tell once more. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from toiya.domain.channels.port import (
    Abilities,
    DesiredDelivery,
    LineAnswer,
    SiteLine,
    SiteListing,
    SiteOrder,
    SiteState,
)
from toiya.domain.orders.entry_rules import SLOTS
from toiya.domain.orders.rules import AddressDraft, Flaw, LineDraft, OrderDraft, flaw_of

SETTLING = timedelta(minutes=2)  # a window never ends "now": the site is still writing (recipe 1.14b)
SHORTEST_OVERLAP = timedelta(hours=6)
FIRST_LOOK = timedelta(days=30)
RECONCILE_LOOK = timedelta(days=30)
CLAIMS_LOOK = timedelta(hours=24)

PULL_EVERY = timedelta(minutes=10)
RECONCILE_EVERY = timedelta(hours=24)
LISTINGS_EVERY = timedelta(hours=6)
WANT_EVERY = timedelta(minutes=5)

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=30)  # so that a backlog is told within the hour after the site is back (R32)
BROKEN_WAIT = timedelta(hours=1)
PATIENCE = timedelta(hours=72)
LEASE = timedelta(minutes=3)  # longer than a call may take; only a killed worker lets one run out
STRAGGLER = timedelta(hours=1)  # so late may a call arrive that we gave up waiting for (R08)
NO_ANSWER = "no_answer"
KEY_TROUBLES = frozenset({"key_expired", "key_refused", "no_such_shop"})

NOON = time(12)
CLOCK_SKEW = timedelta(seconds=60)  # between a site's clock and ours, when it vouches for a seller

LIMITS = {"order_number": 50, "line_number": 60, "receiver": 100, "phone": 30, "postal_code": 12, "code": 100}
COUNTRY_LETTERS = 2
CURRENCY_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time to read orders of, both ends included."""

    since: datetime
    until: datetime


def pull_windows(pulled_until: datetime | None, at: datetime, abilities: Abilities) -> tuple[Window, ...]:
    """
    The windows to read now, oldest first: from well before what we have (an order may appear late, twice the site's
    own delay is covered) to two minutes ago; none longer than the site allows.
    """
    overlap = max(SHORTEST_OVERLAP, 2 * timedelta(minutes=abilities.settles_after_minutes))
    since = at - FIRST_LOOK if pulled_until is None else pulled_until - overlap
    return split(since, at - SETTLING, abilities)


def split(since: datetime, until: datetime, abilities: Abilities) -> tuple[Window, ...]:
    """A stretch of time cut into windows the site takes; none when it would be empty."""
    longest = timedelta(days=abilities.longest_window_days)
    windows = []
    while since < until:
        end = min(since + longest, until)
        windows.append(Window(since, end))
        since = end
    return tuple(windows)


def draft_of(channel: str, shop_code: str, order: SiteOrder, external_id: str, lines: Sequence[SiteLine]) -> OrderDraft:
    """What the site's order becomes here, with these of its lines."""
    to = order.receiver
    return OrderDraft(
        channel=channel,
        shop_code=shop_code,
        external_id=external_id,
        lines=tuple(line_draft_of(line) for line in lines),
        address=AddressDraft(
            name=to.name,
            name_kana=printable(to.name_kana)[:100],
            phone=printable(to.phone),
            country=to.country,
            postal_code=printable(to.postal_code),
            first_line=to.first_line,
            second_line=to.second_line,
        ),
        currency=order.currency,
        total_minor=order.total_minor,
        note=printable(order.note),
        paid_at=order.paid_at,
        ship_by=order.ship_by,
        deliver_on=order.desired.day if order.desired else None,
        slot=slot_of(order.desired),
    )


def slot_of(desired: DesiredDelivery | None) -> str:
    """The hours a buyer asked for, as carriers know them (`Wish.slot`); '' for hours that none delivers in."""
    if desired is None or desired.starts_at is None or desired.ends_at is None:
        return ""
    starts, ends = desired.starts_at, desired.ends_at
    if ends <= NOON:
        return "AM"
    hours = f"{starts.hour:02d}-{ends.hour:02d}"
    return hours if hours in SLOTS and not starts.minute and not ends.minute else ""


def line_draft_of(line: SiteLine) -> LineDraft:
    """What the site's line becomes here."""
    return LineDraft(
        external_id=line.external_id,
        title=printable(line.title),
        option=printable(line.option),
        item_code=printable(line.item_code),
        option_code=printable(line.option_code),
        quantity=line.quantity,
        unit_price_minor=line.unit_price_minor,
        site_item=printable(line.site_item)[:60],
    )


def printable(text: str) -> str:
    """The text without control characters and broken letters, which a site's form lets through now and then."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"})


def why_strange(draft: OrderDraft) -> Flaw | None:
    """Why an order cannot be placed here: the flaws of every order, and fields longer than any site has them."""
    if flaw := flaw_of(draft):
        return flaw
    to = draft.address
    measured = [
        ("order_number", draft.external_id, LIMITS["order_number"]),
        ("receiver", to.name, LIMITS["receiver"]),
        ("phone", to.phone, LIMITS["phone"]),
        ("postal_code", to.postal_code, LIMITS["postal_code"]),
        ("address", to.first_line, 300),
        ("address", to.second_line, 300),
        ("country", to.country, COUNTRY_LETTERS),
        ("currency", draft.currency, CURRENCY_LETTERS),
    ]
    for line in draft.lines:
        measured += [
            ("line_number", line.external_id, LIMITS["line_number"]),
            ("item_code", line.item_code, LIMITS["code"]),
            ("option_code", line.option_code, LIMITS["code"]),
        ]
    for field, text, longest in measured:
        if len(text) > longest:
            return Flaw(field, "too_long")
        if printable(text) != text.replace("\r", ""):
            return Flaw(field, "control_character")
    return None


def is_storable(listing: SiteListing) -> bool:
    """Whether a listing's identity and codes fit without being cut or cleaned."""
    identity = listing.external_id, listing.fingerprint, listing.item_code, listing.option_code, listing.title
    fits = len(listing.external_id) <= LIMITS["line_number"] and len(listing.fingerprint) <= 300
    short = max(len(listing.item_code), len(listing.option_code)) <= LIMITS["code"]
    return fits and short and listing.quantity >= 0 and all(printable(text) == text for text in identity)


class Step(StrEnum):
    """What to do about a line that left the normal road."""

    CANCEL = "cancel"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Departure:
    """What the site's word on a line means: which step, and the hold's code."""

    step: Step
    hold: str = ""


DEPARTURES: Mapping[SiteState, Departure] = {
    SiteState.CANCELLED: Departure(Step.CANCEL),
    SiteState.CANCEL_ASKED: Departure(Step.HOLD, "cancel_asked"),
    SiteState.SHIPPED: Departure(Step.HOLD, "shipped_elsewhere"),
    SiteState.DELIVERED: Departure(Step.HOLD, "shipped_elsewhere"),
    SiteState.UNPAID: Departure(Step.HOLD, "not_paid"),
    SiteState.UNKNOWN: Departure(Step.HOLD, "vanished_at_site"),
}


def ship_on(ship_by: datetime | None, at: datetime) -> datetime:
    """The day we name when we confirm: the promised one, never before tomorrow (the site refuses today)."""
    tomorrow = at + timedelta(days=1)
    return tomorrow if ship_by is None else max(ship_by, tomorrow)


def wait_after(failures: int, chance: float) -> timedelta:
    """
    How long to wait after the n-th failure in a row (1, 2, 4 ... at most 30 minutes), spread by a fifth either way.

    :param chance: from 0 to 1, drawn by the caller
    """
    doublings: int = 2 ** min(max(failures - 1, 0), 10)
    grown = min(FIRST_WAIT * doublings, LONGEST_WAIT)
    return grown * (0.8 + 0.4 * chance)


WITH_ANOTHER_PARCEL = "told_with_another_parcel"  # the site takes one number a line, and no line is left for this one


class Outcome(StrEnum):
    """What came of telling one wish."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDECIDED = "undecided"  # the site is up, but this was not decided or the outcome is unknown
    NOT_ASKED = "not_asked"  # the site is down or takes no key: no fault of the wish
    DROPPED = "dropped"  # its reason is gone


@dataclass(frozen=True, slots=True)
class Word:
    """What came of telling one wish, with a code and the site's own words where it did not accept."""

    outcome: Outcome
    problem: str = ""
    message: str = ""


def word_on(answers: Sequence[LineAnswer], asked: int) -> Word:
    """
    One wish may be several lines at the site: accepted when each is, undecided when one may be tried again or has no
    answer, else rejected with the first line's reason. That the buyer cancelled is one only if no line has another.
    """
    if len(answers) != asked:
        return Word(Outcome.UNDECIDED, NO_ANSWER)
    open_lines = [answer for answer in answers if not answer.is_accepted]
    if not open_lines:
        return Word(Outcome.ACCEPTED)
    undecided = [answer for answer in open_lines if answer.may_retry]
    others = [answer for answer in open_lines if answer.code != "cancelled"]
    worst = (undecided or others or open_lines)[0]
    return Word(Outcome.UNDECIDED if undecided else Outcome.REJECTED, worst.code, worst.message)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a wish goes on: its new status, and when it is told again while it waits."""

    status: str
    failures: int
    next_try_at: datetime
    problem: str = ""
    message: str = ""


def settlement(word: Word, *, failures: int, due_since: datetime, at: datetime, chance: float) -> Settlement:
    """What becomes of a wish after a call: settled, told again after a growing wait, or given up after 72 hours."""
    problem, message = word.problem[:60], printable(word.message)[:300]
    if word.outcome in {Outcome.ACCEPTED, Outcome.REJECTED, Outcome.DROPPED}:
        return Settlement(word.outcome.value, failures, at, problem, message)
    failed = failures + (word.outcome is Outcome.UNDECIDED)
    if at - due_since >= PATIENCE:
        return Settlement("given_up", failed, at, problem, message)
    return Settlement("waiting", failed, at + wait_after(max(failed, 1), chance), problem, message)


def phone_of(text: str) -> str:
    """A phone number as E.164 where the site wrote it with its country, else nothing."""
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    return f"+{digits}" if text.strip().startswith("+") and 8 <= len(digits) <= 15 else ""


def country_of(text: str) -> str:
    """A country's two letters, or nothing."""
    letters = text.strip().upper()
    return letters if len(letters) == COUNTRY_LETTERS and letters.isascii() and letters.isalpha() else ""
