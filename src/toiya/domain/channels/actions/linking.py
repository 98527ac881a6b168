"""Linking listings to SKUs, many at once, and taking a whole act back (L02, L44, A094-A096)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.events import LinksUndone, ListingsLinked
from toiya.domain.channels.models import Connection, LinkAct, LinkChange, Listing, StockPush

MOST_PIECES = 1000


class LinkPiecesOutOfRange(Refusal):
    """One listing is some pieces of its SKU."""

    code = "link_pieces_out_of_range"
    message = gettext_lazy("%(pieces)s pieces in one listing cannot be. Enter a whole number from 1 to 1,000.")


class NothingToLink(Refusal):
    """All is as asked for already."""

    code = "nothing_to_link"
    message = gettext_lazy("These links are so already. Choose other listings, or another SKU.")


class AlreadyUndone(Refusal):
    """An act is taken back once."""

    code = "links_already_undone"
    message = gettext_lazy("%(code)s was taken back already. Link the listings anew instead.")


class LinksChangedSince(Refusal):
    """Nothing of the act is left to take back."""

    code = "links_changed_since"
    message = gettext_lazy("All links of %(code)s were changed since. Change them on the links page instead.")


@dataclass(frozen=True, slots=True)
class LinkWish:
    """One listing is to be so many pieces of a SKU; of none with an empty code ([Do not set], A095)."""

    listing_id: int
    sku_code: str
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of taking an act back: links put back, and those changed by somebody since."""

    restored: int
    kept: int


@transaction.atomic
def link_listings(
    *, wishes: Sequence[LinkWish], way: LinkAct.Way = LinkAct.Way.PAGE, actor: Actor, at: datetime
) -> LinkAct:
    """
    Link listings of one seller to SKUs, or to none; no code changes these links afterwards.

    Waiting orders are judged again; what is allocated or past stays as it is. Links that are so already are left alone.

    :raises NotFound: no such listing or SKU of the seller
    :raises LinkPiecesOutOfRange: a listing of less than one piece, or of too many
    :raises NothingToLink: every one of the links is so already
    """
    by_id = {wish.listing_id: wish for wish in wishes}
    listings = _locked(list(by_id), actor)
    if missing := by_id.keys() - {listing.pk for listing in listings}:
        raise NotFound(kind="listing", code=str(min(missing)))
    seller_id = listings[0].seller_id if listings else 0
    if any(listing.seller_id != seller_id for listing in listings):
        raise NotFound(kind="listing", code=str(max(by_id)))
    if wrong := [wish.pieces for wish in wishes if not 1 <= wish.pieces <= MOST_PIECES]:
        raise LinkPiecesOutOfRange(pieces=wrong[0])
    skus = _skus(seller_id, wishes)

    changes = [change for listing in listings if (change := _change(listing, by_id[listing.pk], skus))]
    if not changes:
        raise NothingToLink()

    act = _write(seller_id, way, changes, actor, at)
    unlinked = [change.listing_id for change in changes if change.new_sku_id is None]
    _drop_numbers(unlinked, at)

    linked = ListingsLinked(seller_id=seller_id, subject=act.code, listings=len(changes), unlinked=len(unlinked))
    events.record(linked, actor=actor, at=at)
    return act


@transaction.atomic
def undo_links(*, act_code: str, actor: Actor, at: datetime) -> Undone:
    """
    Put the links of an act back to what they were, but for those that somebody changed since.

    :raises NotFound: no such act of this seller
    :raises AlreadyUndone: it was taken back before
    :raises LinksChangedSince: nothing of it is left
    """
    found: LinkAct | None = LinkAct.objects.visible_to(actor).filter(code=act_code).first()
    if found is None:
        raise NotFound(kind="link act", code=act_code)
    changes = {change.listing_id: change for change in LinkChange.objects.filter(act=found)}
    listings = _locked(list(changes), actor)
    act = LinkAct.objects.filter(pk=found.pk).lock().get()
    if act.undone_at is not None:
        raise AlreadyUndone(code=act.code)

    restored = _restored(listings, changes)
    if not restored:
        raise LinksChangedSince(code=act.code)

    _put_back(restored, changes, at)
    act.undone_at = at
    act.save(update_fields=["undone_at"])

    undone = Undone(len(restored), len(changes) - len(restored))
    told = LinksUndone(seller_id=act.seller_id, subject=act.code, restored=undone.restored, kept=undone.kept)
    events.record(told, actor=actor, at=at)
    return undone


@transaction.atomic
def restore_links(*, change_ids: Sequence[int], actor: Actor, at: datetime) -> frozenset[int]:
    """Put single links back to what they were before these changes; returns the changes that nobody changed since."""
    found = LinkChange.objects.visible_to(actor).filter(pk__in=change_ids).select_related("act")
    changes = {change.listing_id: change for change in found.order_by("pk")}
    listings = _locked(list(changes), actor)

    restored = _restored(listings, changes)

    _put_back(restored, changes, at)

    by_act: dict[LinkAct, list[int]] = {}
    for listing in restored:
        by_act.setdefault(changes[listing.pk].act, []).append(listing.pk)
    undone = [
        LinksUndone(seller_id=act.seller_id, subject=act.code, restored=len(places), kept=0)
        for act, places in by_act.items()
    ]
    events.record_all(undone, actor=actor, at=at)
    return frozenset(changes[listing.pk].pk for listing in restored)


def _restored(listings: Sequence[Listing], changes: Mapping[int, LinkChange]) -> list[Listing]:
    return [listing for listing in listings if _is_as_left(listing, changes[listing.pk])]


def _put_back(restored: Sequence[Listing], changes: Mapping[int, LinkChange], at: datetime) -> None:
    for listing in restored:
        change = changes[listing.pk]
        listing.sku_id, listing.pieces = change.old_sku_id, change.old_pieces
        listing.is_tied_by_hand = change.was_tied_by_hand
    Listing.objects.bulk_update(restored, ["sku", "pieces", "is_tied_by_hand"])
    _drop_numbers([listing.pk for listing in restored if listing.sku_id is None], at)


def _locked(listing_ids: list[int], actor: Actor) -> list[Listing]:
    """The listings, after their shops: a pull that places orders by their links holds the shop (R01)."""
    visible = Listing.objects.visible_to(actor).filter(pk__in=listing_ids)
    shops = sorted(set(visible.values_list("connection_id", flat=True)))
    list(Connection.objects.filter(pk__in=shops).lock())
    return list(visible.lock())


def _skus(seller_id: int, wishes: Sequence[LinkWish]) -> dict[str, int]:
    codes = {wish.sku_code for wish in wishes} - {""}
    skus = dict(Sku.objects.filter(seller_id=seller_id, code__in=codes).values_list("code", "pk"))
    if missing := codes - skus.keys():
        raise NotFound(kind="SKU", code=min(missing))
    return skus


def _change(listing: Listing, wish: LinkWish, skus: dict[str, int]) -> LinkChange | None:
    """What is to be recorded; a tie by code that a person confirms becomes theirs. None when it is so already."""
    sku_id = skus.get(wish.sku_code)
    pieces = wish.pieces if sku_id else 1
    if (listing.sku_id, listing.pieces, listing.is_tied_by_hand) == (sku_id, pieces, True):
        return None
    return LinkChange(
        seller_id=listing.seller_id,
        listing=listing,
        old_sku_id=listing.sku_id,
        old_pieces=listing.pieces,
        was_tied_by_hand=listing.is_tied_by_hand,
        new_sku_id=sku_id,
        new_pieces=pieces,
    )


def _write(seller_id: int, way: LinkAct.Way, changes: Sequence[LinkChange], actor: Actor, at: datetime) -> LinkAct:
    number = next_ids("channels_linkact_id_seq", 1)[0]
    act = LinkAct(
        pk=number, seller_id=seller_id, code=code_for("LNK", number), way=way, actor_name=actor.name[:100], made_at=at
    )
    act.save(force_insert=True)
    for change in changes:
        change.act = act
        change.listing.sku_id, change.listing.pieces = change.new_sku_id, change.new_pieces
        change.listing.is_tied_by_hand = True
    LinkChange.objects.bulk_create(changes)
    Listing.objects.bulk_update([change.listing for change in changes], ["sku", "pieces", "is_tied_by_hand"])
    return act


def _is_as_left(listing: Listing, change: LinkChange) -> bool:
    left = (change.new_sku_id, change.new_pieces, True)
    return (listing.sku_id, listing.pieces, listing.is_tied_by_hand) == left


def _drop_numbers(listing_ids: Sequence[int], at: datetime) -> None:
    """A listing of no SKU shows no number of ours."""
    waiting = StockPush.objects.filter(listing_id__in=listing_ids, status=StockPush.Status.WAITING)
    waiting.update(status=StockPush.Status.DROPPED, settled_at=at)
