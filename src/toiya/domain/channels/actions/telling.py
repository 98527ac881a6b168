"""Wishes towards the sites: stored when their cause is there, and settled by what the site answered."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import Event
from toiya.core.jobs import WakeUp, wake_all
from toiya.domain.channels import rules
from toiya.domain.channels.events import (
    NumberNotTold,
    OrderConfirmed,
    StockShown,
    TellingAskedAgain,
    TellingEnded,
    TrackingAccepted,
)
from toiya.domain.channels.models import Confirmation, Connection, StockPush, Wish, WriteBack
from toiya.domain.channels.plugs import all_channels
from toiya.domain.channels.rules import Outcome, Settlement, Word
from toiya.domain.channels.sql import wishes
from toiya.domain.channels.sql.claims import Claimed, ClaimedConfirmation, ClaimedStock, ClaimedWriteBack
from toiya.domain.channels.sql.tables import CONFIRMATIONS, STOCK_PUSHES, WRITE_BACKS
from toiya.domain.channels.sql.wishes import Answer

C = TypeVar("C", bound=Claimed)
QUEUE = "channels"
ENDED = (Wish.Status.REJECTED, Wish.Status.GIVEN_UP)
KINDS: dict[str, type[Wish]] = {"confirmation": Confirmation, "write_back": WriteBack, "stock": StockPush}
TASKS = {"confirmation": "channels.confirm", "write_back": "channels.write_back", "stock": "channels.push_stock"}


class NothingToTryAgain(Refusal):
    """The wish is not one that ended without success."""

    code = "nothing_to_try_again"
    message = gettext_lazy("This is %(status)s already. Reload the page to see its state.")


@dataclass(frozen=True, slots=True)
class Told(Generic[C]):
    """A claimed wish with what came of telling it."""

    wish: C
    word: Word
    is_unknown: bool = False


@transaction.atomic
def want_confirmations(*, seller_id: int, at: datetime) -> int:
    """Wish that each order of the seller's confirming shops be confirmed, once per order; how many are new."""
    return _wake("channels.confirm", wishes.want_confirmations(seller_id, _confirming(), at))


@transaction.atomic
def want_write_backs(*, seller_id: int, at: datetime) -> int:
    """
    Wish that the number of each shipped parcel be told to its shop, once per parcel; how many are new. An order that
    left before its confirmation was wished is confirmed first.
    """
    wanted = wishes.want_write_backs(seller_id, at)
    _wake("channels.confirm", wishes.want_late_confirmations(seller_id, _confirming(), at))
    return _wake("channels.write_back", wanted)


def _confirming() -> list[str]:
    return [name for name, plug in all_channels().items() if plug.abilities.has_confirmation]


@transaction.atomic
def want_stock(*, seller_id: int, at: datetime) -> int:
    """Wish that each tied listing shows what may still be promised, where that number changed; how many did."""
    channels = [name for name, plug in all_channels().items() if plug.abilities.has_stock]
    return _wake("channels.push_stock", wishes.want_stock(seller_id, channels, at))


def _wake(task: str, connection_ids: Sequence[int]) -> int:
    wake_all(WakeUp(task, "connection_id", shop, QUEUE) for shop in set(connection_ids))
    return len(connection_ids)


@transaction.atomic
def settle_confirmations(
    *, shop: Connection, told: Sequence[Told[ClaimedConfirmation]], actor: Actor, at: datetime
) -> None:
    """
    Store what came of confirming; an answer for an older attempt counts no more (F04). Tracking numbers that waited
    for it are told next.
    """
    answers = [_answer(each, at) for each in told]

    counted = wishes.settle(CONFIRMATIONS, answers, at)
    numbers = WriteBack.objects.filter(order__confirmation__in=counted, status=Wish.Status.WAITING)
    if counted and numbers.exists():
        wake_all([WakeUp(TASKS["write_back"], "connection_id", shop.pk, QUEUE)])

    recorded = _events(
        shop, "confirmation", [(each, each.wish.order_code) for each in told if each.wish.wish_id in counted], answers
    )
    events.record_all(recorded, actor=actor, at=at)


@transaction.atomic
def settle_write_backs(*, shop: Connection, told: Sequence[Told[ClaimedWriteBack]], actor: Actor, at: datetime) -> None:
    """Store what came of writing tracking numbers back; an answer for an older attempt counts no more (F04)."""
    answers = [_answer(each, at) for each in told]

    counted = wishes.settle(WRITE_BACKS, answers, at)

    recorded = _events(
        shop, "write_back", [(each, each.wish.order_code) for each in told if each.wish.wish_id in counted], answers
    )
    events.record_all(recorded, actor=actor, at=at)


@transaction.atomic
def settle_stock(*, shop: Connection, told: Sequence[Told[ClaimedStock]], actor: Actor, at: datetime) -> None:
    """Store what came of showing stock; where a newer number waits by now, that one stays due (R08)."""
    answers = [
        Answer(
            each.wish.wish_id,
            each.wish.attempt,
            _settlement(each, at),
            each.wish.version,
            each.wish.quantity,
            each.is_unknown,
        )
        for each in told
    ]

    counted = wishes.settle(STOCK_PUSHES, answers, at)

    shown = [each for each in told if each.wish.wish_id in counted and each.word.outcome is Outcome.ACCEPTED]
    if shown:
        event = StockShown(seller_id=shop.seller_id, subject=shop.code, listings=len(shown))
        events.record(event, actor=actor, at=at)


def _settlement(told: Told[Any], at: datetime) -> Settlement:
    wish = told.wish
    chance = random.random()  # noqa: S311 (spreads retries, guards nothing)
    return rules.settlement(told.word, failures=wish.failures, due_since=wish.due_since, at=at, chance=chance)


def _answer(told: Told[Any], at: datetime) -> Answer:
    return Answer(told.wish.wish_id, told.wish.attempt, _settlement(told, at))


def _events(
    shop: Connection, what: str, counted: Iterable[tuple[Told[Any], str]], answers: Iterable[Answer]
) -> list[Event]:
    status_of = {answer.wish_id: answer.settlement.status for answer in answers}
    recorded: list[Event] = []
    for told, order_code in counted:
        status = status_of[told.wish.wish_id]
        if status in ENDED:
            recorded.append(
                TellingEnded(
                    seller_id=shop.seller_id,
                    subject=order_code,
                    what=what,
                    status=status,
                    problem=told.word.problem,
                )
            )
        elif status == Wish.Status.ACCEPTED and what == "confirmation":
            recorded.append(OrderConfirmed(seller_id=shop.seller_id, subject=order_code))
        elif status == Wish.Status.ACCEPTED and told.word.problem == rules.WITH_ANOTHER_PARCEL:
            recorded.append(
                NumberNotTold(
                    seller_id=shop.seller_id,
                    subject=order_code,
                    parcel=told.wish.parcel_code,
                    tracking_number=told.wish.tracking_number,
                )
            )
        elif status == Wish.Status.ACCEPTED:
            recorded.append(
                TrackingAccepted(seller_id=shop.seller_id, subject=order_code, parcel=told.wish.parcel_code)
            )
    return recorded


@transaction.atomic
def try_again(*, kind: str, wish_id: int, actor: Actor, at: datetime) -> None:
    """
    Tell a wish once more that had ended without success; its 72 hours begin anew.

    :param kind: `confirmation`, `write_back` or `stock`
    :raises NotFound: no such wish of this seller
    :raises NothingToTryAgain: it waits, or was accepted
    """
    table = KINDS.get(kind)
    wish: Any = table.objects.visible_to(actor).filter(pk=wish_id).lock().first() if table else None

    if wish is None:
        raise NotFound(kind="wish", code=f"{kind} {wish_id}")
    if wish.status not in ENDED:
        raise NothingToTryAgain(status=wish.get_status_display())

    wish.status, wish.failures, wish.settled_at = Wish.Status.WAITING, 0, None
    wish.due_since = wish.next_try_at = at
    wish.save(update_fields=["status", "failures", "settled_at", "due_since", "next_try_at"])

    shop = Connection.objects.get(pk=wish.connection_id)
    asked = TellingAskedAgain(seller_id=shop.seller_id, subject=shop.code, connection_id=shop.pk, what=kind)
    events.record(asked, actor=actor, at=at)
    wake_all([WakeUp(TASKS[kind], "connection_id", shop.pk, QUEUE)])
