"""Orders come in: one way for every channel, hand entry and file, for a set of one seller's orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.events import EventSet
from toiya.domain.orders import rules, sql
from toiya.domain.orders.actions.abroad import HOME, hold_abroad
from toiya.domain.orders.events import OrderPlaced
from toiya.domain.orders.rules import OrderDraft
from toiya.domain.orders.site_wishes import note_wishes
from toiya.domain.warehouses.queries import promised_trucks

_TRIES = 5


class UnusableDraft(Refusal):
    """An order cannot be taken as it is; the field and the mend are named."""

    code = "unusable_draft"
    message = gettext_lazy("Order %(external_id)s, %(field)s: %(problem)s")


PROBLEMS = {
    "missing": gettext_lazy("nothing is there. Enter it and try once more."),
    "out_of_range": gettext_lazy("enter a whole number from 1 to 1,000,000."),
    "not_a_code": gettext_lazy("it is not a code of capital letters, such as JPY or JP. Enter one."),
    "control_character": gettext_lazy("there is a control character in it. Remove it."),
}
FIELDS = {
    "order_number": gettext_lazy("order number"),
    "lines": gettext_lazy("lines"),
    "quantity": gettext_lazy("quantity"),
    "receiver": gettext_lazy("receiver's name"),
    "address": gettext_lazy("receiver's address"),
    "currency": gettext_lazy("currency"),
    "country": gettext_lazy("country"),
    "text": gettext_lazy("text"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of the drafts: new orders by (shop code, external id), and those we had already."""

    codes: dict[tuple[str, str], str] = field(default_factory=dict)
    known: frozenset[tuple[str, str]] = frozenset()


def place_orders(*, seller_id: int, drafts: Sequence[OrderDraft], actor: Actor, at: datetime) -> Placed:
    """
    Take a set of orders of one seller. An order that is known already is left alone.

    Lines are matched to SKUs by the option's code, else the product's (A215); what does not match waits.

    :raises UnusableDraft: the first draft that cannot be taken (none is taken then)
    """
    for _ in range(_TRIES):
        try:
            return _place(seller_id, drafts, actor, at)
        except IntegrityError:
            continue  # another pull committed one of them between our look and our write: now it is known
    return _place(seller_id, drafts, actor, at)


@transaction.atomic
def _place(seller_id: int, drafts: Sequence[OrderDraft], actor: Actor, at: datetime) -> Placed:
    wanted = {draft.key: draft for draft in drafts}
    known = sql.known_keys(seller_id, wanted.keys())

    # In key order, so that two transactions with the same orders wait for each other and never crosswise.
    keys = sorted(wanted.keys() - known if known else wanted)
    fresh = [wanted[key] for key in keys]
    if found := rules.first_flaw(fresh):
        draft, flaw = found
        raise UnusableDraft(external_id=draft.external_id, field=FIELDS[flaw.field], problem=PROBLEMS[flaw.problem])

    sku_ids = sql.skus_by_code(seller_id, {line.match_code for draft in fresh for line in draft.lines})
    promises = promised_trucks({draft.channel for draft in fresh}, at)
    codes = sql.write_orders(seller_id, fresh, sku_ids, promises, at)
    note_wishes(seller_id, codes, fresh)

    events.record_sets([_placed(seller_id, codes, fresh)], actor=actor, at=at)
    if leaving := [code for code, draft in zip(codes, fresh, strict=True) if draft.address.country != HOME]:
        hold_abroad(seller_id=seller_id, order_codes=leaving, actor=actor, at=at)
    return Placed(dict(zip(keys, codes, strict=True)), frozenset(known))


def _placed(seller_id: int, codes: Sequence[str], drafts: Sequence[OrderDraft]) -> EventSet:
    orders = [
        (code, draft.channel, draft.external_id, sum([line.quantity for line in draft.lines]))
        for code, draft in zip(codes, drafts, strict=True)
    ]
    orders.sort()  # by code: entries that lie side by side in the events' index cost half
    subjects, channels, external_ids, pieces = zip(*orders, strict=True) if orders else ((), (), (), ())
    fields = {"channel": channels, "external_id": external_ids, "pieces": pieces}
    return EventSet(OrderPlaced, seller_id, subjects, fields)
