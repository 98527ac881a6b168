"""The wallet's entries as people read them: one row per cause, with what it did to free and to set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from toiya.core.actor import Actor
from toiya.domain.outbound.models import Parcel
from toiya.domain.wallet.models import Account, Entry, Posting

Kind = Posting.Kind
# The side of a posting whose entries name one cause each, and what a cause does: (free, set aside).
SIDES: Mapping[str, str] = {
    Kind.TOP_UP: "free",
    Kind.REFUND: "free",
    Kind.RESERVE: "free",
    Kind.VOID: "reserved",
    Kind.CAPTURE: "reserved",
}
EFFECTS: Mapping[str, tuple[int, int]] = {
    Kind.TOP_UP: (+1, 0),
    Kind.REFUND: (+1, 0),
    Kind.RESERVE: (-1, +1),
    Kind.VOID: (+1, -1),
    Kind.CAPTURE: (0, -1),
}
ICONS: Mapping[str, str] = {
    Kind.TOP_UP: "wallet",
    Kind.REFUND: "undo-2",
    Kind.RESERVE: "hourglass",
    Kind.VOID: "undo-2",
    Kind.CAPTURE: "check",
}


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One cause: signed changes in minor units, and the order it belongs to."""

    entry: Entry
    posting: Posting
    icon: str
    free: int
    aside: int
    order: str


def entries(actor: Actor, accounts: Mapping[str, Account], kind: str) -> QuerySet[Entry]:
    """The entries that name causes, of all kinds or of one."""
    wanted = [kind] if kind in SIDES else list(SIDES)
    sides = Q(pk__in=[])
    for side in ("free", "reserved"):
        kinds = [each for each in wanted if SIDES[each] == side]
        if kinds and side in accounts:
            postings = Posting.objects.visible_to(actor).filter(kind__in=kinds).values("id")
            sides |= Q(account_id=accounts[side].pk, posting_id__in=postings)
    return Entry.objects.visible_to(actor).filter(sides)


def rows_of(found: Sequence[Entry]) -> list[MoneyRow]:
    """The rows of one page; two queries."""
    postings = Posting.objects.in_bulk({entry.posting_id for entry in found})
    parcels = Parcel.objects.filter(code__in={entry.source for entry in found if entry.source.startswith("PCL-")})
    orders = dict(parcels.values_list("code", "order__code"))
    rows = []
    for entry in found:
        posting = postings[entry.posting_id]
        free, aside = EFFECTS[posting.kind]
        amount = abs(entry.amount_minor)
        order = orders.get(entry.source, "")
        rows.append(MoneyRow(entry, posting, ICONS[posting.kind], free * amount, aside * amount, order))
    return rows
