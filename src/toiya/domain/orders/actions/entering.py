"""Sellers enter orders themselves: by form, by file, by program. Each gets its management number (A156)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.copying import next_ids
from toiya.domain.members.models import Seller
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.entered import Became, Entered, order_with_number, taken_by
from toiya.domain.orders.entries import EnteredDraft, Entry
from toiya.domain.orders.events import OrderEntered
from toiya.domain.orders.judging import day_in_japan, judge_entries
from toiya.domain.orders.models import ManagedOrder, Order, Wish
from toiya.domain.orders.models.entries import management_number


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A draft to place, where it stood among the entries, and the row that will tell of it."""

    place: int
    key: str
    row: int
    draft: EnteredDraft


@transaction.atomic
def enter_orders(
    *, seller_id: int, entries: Sequence[Entry], channel: str, actor: Actor, at: datetime
) -> list[Entered]:
    """
    Place every entry that is good; one to mend never stops its neighbours. One answer per entry, in order.

    An entry whose key was entered before gives the order made then; one whose number at its site is here already is
    refused (`Became.TAKEN`) and names that order.
    """
    seller = Seller.objects.select_for_update(no_key=True).get(pk=seller_id)  # two entries of one number take turns
    judged = judge_entries(seller, entries, channel, day_in_japan(at))
    repeated = _by_key(seller_id, {entry.key for entry in entries} - {""})
    numbers = {each.draft.order.external_id for each in judged if each.draft and each.draft.facts["reference"]}
    taken = _by_number(seller_id, numbers)

    ended: dict[int, Entered] = {}
    fresh: list[_Fresh] = []
    rows = next_ids("orders_managedorder_id_seq", len(entries))
    for place, (entry, verdict) in enumerate(zip(entries, judged, strict=True)):
        if known := repeated.get(entry.key):
            ended[place] = Entered(Became.REPEATED, known.order.code, known.number)
        elif verdict.draft is None:
            ended[place] = Entered(Became.TO_MEND, flaws=verdict.flaws)
        elif (number := verdict.draft.order.external_id) in taken:
            ended[place] = taken_by(taken[number])
        else:
            draft = order_with_number(verdict.draft, management_number(rows[place]))
            fresh.append(_Fresh(place, entry.key, rows[place], draft))
            taken[draft.order.external_id] = draft.order.external_id
    return [ended[place] for place in sorted(ended | _placed(seller_id, fresh, ended, actor, at))]


def _by_key(seller_id: int, keys: set[str]) -> Mapping[str, ManagedOrder]:
    if not keys:
        return {}
    rows = ManagedOrder.objects.filter(seller_id=seller_id, source_key__in=keys).select_related("order")
    return {row.source_key: row for row in rows}


def _by_number(seller_id: int, numbers: set[str]) -> dict[str, str]:
    if not numbers:
        return {}
    rows = Order.objects.filter(seller_id=seller_id, shop_code="", external_id__in=numbers)
    return dict(rows.values_list("external_id", "code"))


def _placed(
    seller_id: int, fresh: Sequence[_Fresh], ended: dict[int, Entered], actor: Actor, at: datetime
) -> dict[int, Entered]:
    """Place the drafts and write what is kept beside them; adds how each ended."""
    drafts = [each.draft.order for each in fresh]
    placed = place_orders(seller_id=seller_id, drafts=drafts, actor=actor, at=at).codes
    ids = dict(Order.objects.filter(seller_id=seller_id, code__in=placed.values()).values_list("code", "pk"))
    made = [each for each in fresh if each.draft.order.key in placed]
    codes = {each.place: placed[each.draft.order.key] for each in made}
    ManagedOrder.objects.bulk_create(_managed(seller_id, each, ids[codes[each.place]]) for each in made)
    Wish.objects.bulk_create(
        Wish(
            order_id=ids[codes[each.place]],
            seller_id=seller_id,
            warehouse_id=each.draft.wish.warehouse_id,
            service_code=each.draft.wish.service_code,
            deliver_on=each.draft.wish.deliver_on,
            slot=each.draft.wish.slot,
        )
        for each in made
        if not each.draft.wish.is_empty
    )
    told = [
        OrderEntered(seller_id=seller_id, subject=codes[each.place], number=management_number(each.row))
        for each in made
    ]
    events.record_all(told, actor=actor, at=at)
    for each in fresh:  # a shop's own pull may have brought the same number between our look and our write
        code = codes.get(each.place)
        number = management_number(each.row)
        ended[each.place] = Entered(Became.NEW, code, number) if code else taken_by(each.draft.order.external_id)
    return ended


def _managed(seller_id: int, each: _Fresh, order_id: int) -> ManagedOrder:
    number = management_number(each.row)
    return ManagedOrder(
        pk=each.row, seller_id=seller_id, order_id=order_id, number=number, source_key=each.key, **each.draft.facts
    )
