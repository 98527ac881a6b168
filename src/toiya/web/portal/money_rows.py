"""The wallet's entries as people read them: one row per cause, with what it did to free and to set aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from toiya.core.actor import Actor
from toiya.domain.assembly.models import WorkOrder
from toiya.domain.outbound.models import Parcel
from toiya.domain.wallet.models import Account, Deposit, Entry, Posting, Reservation

Kind = Posting.Kind
# The side of a posting whose entries name one cause each, and what a cause does: (free, set aside).
SIDES: Mapping[str, str] = {
    Kind.TOP_UP: "free",
    Kind.REFUND: "free",
    Kind.RESERVE: "free",
    Kind.VOID: "reserved",
    Kind.CAPTURE: "reserved",
    Kind.CHARGE: "free",
    Kind.CHARGE_ADVERTISING: "advertising",
    Kind.COMPENSATE: "free",
    Kind.SETTLE_SALE: "free",
    Kind.GRANT: "advertising",
    Kind.DEFER: "owed",
    Kind.VOID_DEFERRED: "reserved",
    Kind.REPAY: "free",
    Kind.COVER: "advertising",
    Kind.TAKE_BACK: "free",
    Kind.OWE_BACK: "debt",
    Kind.PAY_DEBT: "free",
    Kind.TAKE_CREDIT: "advertising",
    Kind.UNSETTLE: "free",
    Kind.UNPAY: "owed",
}
EFFECTS: Mapping[str, tuple[int, int]] = {
    Kind.TOP_UP: (+1, 0),
    Kind.REFUND: (+1, 0),
    Kind.RESERVE: (-1, +1),
    Kind.VOID: (+1, -1),
    Kind.CAPTURE: (0, -1),
    Kind.CHARGE: (-1, 0),
    Kind.CHARGE_ADVERTISING: (0, 0),
    Kind.COMPENSATE: (+1, 0),
    Kind.SETTLE_SALE: (+1, 0),
    Kind.GRANT: (0, 0),
    Kind.DEFER: (0, +1),
    Kind.VOID_DEFERRED: (0, -1),
    Kind.REPAY: (-1, 0),
    Kind.COVER: (+1, 0),
    Kind.TAKE_BACK: (-1, 0),
    Kind.OWE_BACK: (0, 0),
    Kind.PAY_DEBT: (-1, 0),
    Kind.TAKE_CREDIT: (0, 0),
    Kind.UNSETTLE: (-1, 0),
    Kind.UNPAY: (+1, 0),
}
CREDIT: Mapping[str, int] = {Kind.GRANT: +1, Kind.CHARGE_ADVERTISING: -1, Kind.COVER: -1, Kind.TAKE_CREDIT: -1}
DEBT: Mapping[str, int] = {Kind.OWE_BACK: +1, Kind.PAY_DEBT: -1}
ICONS: Mapping[str, str] = {
    Kind.TOP_UP: "wallet",
    Kind.REFUND: "undo-2",
    Kind.RESERVE: "hourglass",
    Kind.VOID: "undo-2",
    Kind.CAPTURE: "check",
    Kind.CHARGE: "check",
    Kind.CHARGE_ADVERTISING: "check",
    Kind.COMPENSATE: "wallet",
    Kind.SETTLE_SALE: "store",
    Kind.GRANT: "wallet",
    Kind.DEFER: "hourglass",
    Kind.VOID_DEFERRED: "undo-2",
    Kind.REPAY: "check",
    Kind.COVER: "undo-2",
    Kind.TAKE_BACK: "undo-2",
    Kind.OWE_BACK: "undo-2",
    Kind.PAY_DEBT: "check",
    Kind.TAKE_CREDIT: "undo-2",
    Kind.UNSETTLE: "undo-2",
    Kind.UNPAY: "hourglass",
}


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One cause: signed changes in minor units, and where it is looked at."""

    entry: Entry
    posting: Posting
    icon: str
    free: int
    aside: int
    credit: int
    debt: int
    order: str
    url: str


@dataclass(frozen=True, slots=True)
class AsideRow:
    """Money set aside for one cause; `is_owed` waits for a sale instead of being taken from free money."""

    source: str
    amount_minor: int
    is_owed: bool
    order: str
    url: str


@dataclass(frozen=True, slots=True)
class Causes:
    """Where the causes of entries are looked at: an order, a delivery, a work order's SKU, a top-up."""

    orders: Mapping[str, str]
    skus: Mapping[str, str]
    transfers: Mapping[str, str | None]

    def order(self, source: str) -> str:
        """The order's code, or nothing."""
        return source if source.startswith("ORD-") else self.orders.get(source, "")

    def url(self, source: str) -> str:
        """The cause's page, or nothing."""
        if order := self.order(source):
            return reverse("portal:order", args=[order])
        if sku := self.skus.get(source.partition("/")[0]):
            return reverse("portal:sku-assembly", args=[sku])
        if reference := self.transfers.get(source):
            return reverse("portal:transfer", args=[reference])
        pages = {"CB": "portal:inbound-bundle", "CLM": "portal:claim", "CRD": "portal:card-payment"}
        page = pages.get(source.partition("-")[0])
        return reverse(page, args=[source.partition("/")[0]]) if page else ""


def causes_of(sources: Collection[str]) -> Causes:
    """One query for each kind whose page has another name: parcels, work orders, deposits."""
    works = {source.partition("/")[0] for source in sources if source.startswith("WO-")}
    parcels = Parcel.objects.filter(code__in=[source for source in sources if source.startswith("PCL-")])
    deposits = Deposit.objects.filter(code__in=[source for source in sources if source.startswith("DEP-")])
    return Causes(
        dict(parcels.values_list("code", "order__code")),
        dict(WorkOrder.objects.filter(code__in=works).values_list("code", "sku__code")),
        dict(deposits.values_list("code", "transfer__reference")),
    )


def entries(actor: Actor, accounts: Mapping[str, Account], kind: str) -> QuerySet[Entry]:
    """The entries that name causes, of all kinds or of one."""
    wanted = [kind] if kind in SIDES else list(SIDES)
    sides = Q(pk__in=[])
    for side in sorted(set(SIDES.values())):
        kinds = [each for each in wanted if SIDES[each] == side]
        if kinds and side in accounts:
            postings = Posting.objects.visible_to(actor).filter(kind__in=kinds).values("id")
            sides |= Q(account_id=accounts[side].pk, posting_id__in=postings)
    return Entry.objects.visible_to(actor).filter(sides)


def rows_of(found: Sequence[Entry]) -> list[MoneyRow]:
    """The rows of one page; two queries."""
    postings = Posting.objects.in_bulk({entry.posting_id for entry in found})
    causes = causes_of([entry.source for entry in found])
    rows = []
    for entry in found:
        posting = postings[entry.posting_id]
        free, aside = EFFECTS[posting.kind]
        amount = abs(entry.amount_minor)
        beside = CREDIT.get(posting.kind, 0) * amount, DEBT.get(posting.kind, 0) * amount
        where = causes.order(entry.source), causes.url(entry.source)
        rows.append(MoneyRow(entry, posting, ICONS[posting.kind], free * amount, aside * amount, *beside, *where))
    return rows


def set_aside_now(found: Sequence[Reservation]) -> list[AsideRow]:
    """Open reservations with where they came from; one query."""
    causes = causes_of([row.source for row in found])
    return [
        AsideRow(row.source, row.amount_minor, row.is_owed, causes.order(row.source), causes.url(row.source))
        for row in found
    ]
