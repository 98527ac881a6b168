"""
Telling the sites what we want: claim, call with no transaction open, store the answer.

Wishes without trouble go in bulk. One that failed while the site was up goes alone, so that a poisoned one is found
and keeps no other back (R34). When the site itself is down, or takes no key, the shop rests and no wish is blamed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels import rules
from toiya.domain.channels.actions.telling import Told, settle_confirmations, settle_stock, settle_write_backs
from toiya.domain.channels.jobs.calling import (
    ACTOR,
    blame,
    door_of,
    is_key_trouble,
    is_resting,
    outside,
    praise,
)
from toiya.domain.channels.models import Connection
from toiya.domain.channels.port import (
    Channel,
    ConfirmLine,
    LineAnswer,
    ShipLine,
    ShopAccess,
    ShowStock,
    SiteState,
)
from toiya.domain.channels.rules import Outcome, Word
from toiya.domain.channels.sql import claims
from toiya.domain.channels.sql.claims import ClaimedConfirmation, ClaimedStock, ClaimedWriteBack, Lane

MOST_ROUNDS = 40
Row = TypeVar("Row")
LEFT = frozenset({SiteState.SHIPPED, SiteState.DELIVERED})
TAKEN = LEFT | {SiteState.CONFIRMED}


@dataclass(frozen=True, slots=True)
class Teller:
    """One kind of wish: how it is claimed, how many rows it makes at the site, how it is told and settled."""

    switch: str
    claim: Callable[[Lane, datetime], Sequence[Any]]
    rows: Callable[[Any], int]
    tell: Callable[[Channel, ShopAccess, Sequence[Any], datetime], list[Word]]
    settle: Callable[..., None]


def run(teller: Teller, connection_id: int, now: Callable[[], datetime]) -> None:
    """Tell everything of one kind that is due at a shop: first what had no trouble, then the rest one by one."""
    shop = Connection.objects.get(pk=connection_id)
    if not getattr(shop, teller.switch) or is_resting(shop, now()):
        return
    if shop.status == Connection.Status.BROKEN and not _is_mended(shop, now()):
        return
    plug, _ = door_of(shop)
    rounds = 0
    for is_troubled, limit in ((False, plug.abilities.rows_per_call), (True, 1)):
        while rounds < MOST_ROUNDS:
            wishes = teller.claim(Lane(shop.pk, is_troubled, limit), now())
            if not wishes:
                break
            rounds += 1
            if not _round(teller, shop, wishes, now):
                return
    if rounds:
        praise(shop, now())


def _is_mended(shop: Connection, at: datetime) -> bool:
    """Try a key that was refused before any wish is claimed: waiting for a person must not use up its patience."""
    plug, access = door_of(shop)
    try:
        outside(partial(plug.test, access, at))
    except (Unreachable, Rejected) as trouble:
        blame(shop, trouble, at)
        return False
    praise(shop, at)
    return True


def _round(teller: Teller, shop: Connection, wishes: Sequence[Any], now: Callable[[], datetime]) -> bool:
    """Tell the claimed wishes call by call; returns False when the shop must rest now."""
    plug, access = door_of(shop)
    calls = list(_packed(wishes, teller.rows, plug.abilities.rows_per_call))
    for number, call in enumerate(calls):
        at = now()
        try:
            words = outside(partial(teller.tell, plug, access, call, at))
            told = [Told(wish, word, word.problem == rules.NO_ANSWER) for wish, word in zip(call, words, strict=True)]
            teller.settle(shop=shop, told=told, actor=ACTOR, at=at)
        except (Unreachable, Rejected) as trouble:
            cause = _cause_in_shop(plug, access, trouble, at)
            word = _word_on(trouble, is_shop_down=cause is not None, is_alone=len(call) == 1)
            is_unknown = isinstance(trouble, Unreachable)
            told = [Told(wish, word, is_unknown) for wish in call]
            if cause is None:
                teller.settle(shop=shop, told=told, actor=ACTOR, at=at)
                continue
            rest = [wish for later in calls[number + 1 :] for wish in later]
            told += [Told(wish, Word(Outcome.NOT_ASKED, trouble.code)) for wish in rest]
            teller.settle(shop=shop, told=told, actor=ACTOR, at=at)
            blame(shop, cause, at)
            return False
    return True


def _cause_in_shop(
    plug: Channel, access: ShopAccess, trouble: Unreachable | Rejected, at: datetime
) -> Unreachable | Rejected | None:
    """What is wrong with the shop as a whole, found by the cheapest call; None when only this call went wrong."""
    if is_key_trouble(trouble):
        return trouble
    if isinstance(trouble, Rejected):
        return None
    try:
        outside(lambda: plug.test(access, at))
    except (Unreachable, Rejected) as other:
        return other
    return None


def _word_on(trouble: Unreachable | Rejected, *, is_shop_down: bool, is_alone: bool) -> Word:
    if is_shop_down:
        return Word(Outcome.NOT_ASKED, trouble.code, trouble.message)
    is_final = is_alone and isinstance(trouble, Rejected)
    return Word(Outcome.REJECTED if is_final else Outcome.UNDECIDED, trouble.code, trouble.message)


def _packed(wishes: Iterable[Any], rows: Callable[[Any], int], most: int) -> Iterator[list[Any]]:
    """Wishes in calls of at most so many rows; a wish is never torn apart."""
    call: list[Any] = []
    used = 0
    for wish in wishes:
        if call and used + rows(wish) > most:
            yield call
            call, used = [], 0
        call.append(wish)
        used += rows(wish)
    if call:
        yield call


def _in_slices(send: Callable[[Sequence[Row]], list[LineAnswer]], rows: Sequence[Row], most: int) -> list[LineAnswer]:
    """Send rows in calls of at most `most` (one wish alone may have more) and join the answers."""
    return [answer for start in range(0, len(rows), most) for answer in send(rows[start : start + most])]


def _dealt(answers: Sequence[LineAnswer], counts: Iterable[int]) -> Iterator[list[LineAnswer]]:
    """The answers of each wish, in the order asked."""
    start = 0
    for count in counts:
        yield list(answers[start : start + count])
        start += count


def _confirm(plug: Channel, access: ShopAccess, wishes: Sequence[ClaimedConfirmation], at: datetime) -> list[Word]:
    rows = [ConfirmLine(line, rules.ship_on(wish.ship_by, at)) for wish in wishes for line in wish.lines]
    answers = _in_slices(lambda part: plug.confirm(access, part, at), rows, plug.abilities.rows_per_call)
    dealt = _dealt(answers, [len(wish.lines) for wish in wishes])
    return [
        _confirmed(plug, access, wish, rules.word_on(own, len(wish.lines)))
        if wish.lines
        else Word(Outcome.DROPPED, "order_cancelled")
        for wish, own in zip(wishes, dealt, strict=True)
    ]


def _confirmed(plug: Channel, access: ShopAccess, wish: ClaimedConfirmation, word: Word) -> Word:
    """
    A site declines to confirm what has left meanwhile: our earlier call had no answer, or the site was down until the
    parcel was gone. So before a decline counts, the site is asked: an order it has as taken needs no confirming.
    """
    if word.outcome is not Outcome.REJECTED:
        return word
    lines = plug.lines(access, wish.lines)
    is_taken = len(lines) == len(wish.lines) and all(line.state in TAKEN for line in lines)
    return Word(Outcome.ACCEPTED) if is_taken else word


def _write_back(
    plug: Channel,
    access: ShopAccess,
    wishes: Sequence[ClaimedWriteBack],
    at: datetime,
) -> list[Word]:
    """Before a number is told once more, the site is asked whether it has it already (R14)."""
    known: dict[int, Word] = {}
    for wish in wishes:
        if not wish.lines:
            known[wish.wish_id] = Word(Outcome.ACCEPTED, rules.WITH_ANOTHER_PARCEL)
        elif wish.attempt > 1 and (word := _already_told(plug, access, wish)):
            known[wish.wish_id] = word
    asked = [wish for wish in wishes if wish.wish_id not in known]
    rows = [ShipLine(line, wish.carrier_name, wish.tracking_number) for wish in asked for line in wish.lines]
    answers = _in_slices(lambda part: plug.ship(access, part), rows, plug.abilities.rows_per_call)
    for wish, own in zip(asked, _dealt(answers, [len(wish.lines) for wish in asked]), strict=True):
        known[wish.wish_id] = rules.word_on(own, len(wish.lines))
    return [known[wish.wish_id] for wish in wishes]


def _already_told(plug: Channel, access: ShopAccess, wish: ClaimedWriteBack) -> Word | None:
    lines = plug.lines(access, wish.lines)
    left = [line for line in lines if line.state in LEFT]
    if len(left) == len(wish.lines) and all(line.tracking_number == wish.tracking_number for line in left):
        return Word(Outcome.ACCEPTED)
    others = [line for line in left if line.tracking_number not in ("", wish.tracking_number)]
    if others:
        return Word(Outcome.REJECTED, "shipped_elsewhere", f"{others[0].carrier_name} {others[0].tracking_number}")
    return None


def _show_stock(
    plug: Channel,
    access: ShopAccess,
    wishes: Sequence[ClaimedStock],
    at: datetime,
) -> list[Word]:
    asked = [wish for wish in wishes if not wish.is_moot]
    rows = [
        ShowStock(wish.external_id, wish.fingerprint, wish.quantity, json.loads(wish.site_fields)) for wish in asked
    ]
    answers = _in_slices(lambda part: plug.show_stock(access, part), rows, plug.abilities.rows_per_call)
    by_key = {answer.key: answer for answer in answers}
    words = {}
    for wish in asked:
        answer = by_key.get(f"{wish.external_id}/{wish.fingerprint}")
        words[wish.wish_id] = rules.word_on([answer] if answer else [], 1)
    return [words.get(wish.wish_id, Word(Outcome.DROPPED, "listing_gone")) for wish in wishes]


CONFIRMATIONS = Teller(
    "is_confirming", claims.claim_confirmations, lambda wish: len(wish.lines), _confirm, settle_confirmations
)
WRITE_BACKS = Teller(
    "is_writing_back", claims.claim_write_backs, lambda wish: len(wish.lines), _write_back, settle_write_backs
)
STOCK = Teller("is_pushing_stock", claims.claim_stock, lambda _wish: 1, _show_stock, settle_stock)
