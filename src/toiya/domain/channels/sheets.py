"""The sheet of links: which listing (number, option) is which SKU, times how many pieces (L02)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from toiya.core.actor import Permission
from toiya.domain.catalog.models import Sku
from toiya.domain.channels.actions.linking import MOST_PIECES, LinkWish, link_listings, restore_links
from toiya.domain.channels.link_rules import compared
from toiya.domain.channels.models import LinkAct, LinkChange, Listing
from toiya.domain.imports.port import Applied, Cells, Change, Column, Flaw, Sender, Verdict

NO_SKU = "-"

COLUMNS = (
    Column(
        "listing",
        {"en": "Listing number", "ja": "商品番号", "zh-hans": "商品编号", "ko": "상품번호"},
        ("ItemCode", "Item Code", "ListingNo"),
        is_required=True,
        example="900100200",
        hint=_("The site's own number of the product."),
    ),
    Column(
        "option",
        {"en": "Option", "ja": "オプション", "zh-hans": "选项", "ko": "옵션"},
        ("OptionName", "OptionCode", "Option Code"),
        example="Colour:navy / Size:M",
        hint=_("The option's text or code; empty for a product without options."),
    ),
    Column(
        "sku",
        {"en": "SKU code", "ja": "SKUコード", "zh-hans": "SKU编码", "ko": "SKU 코드"},
        ("SKU", "SellerCode", "InventoryCode"),
        is_required=True,
        example="LT-NVM",
        hint=_("Our SKU's code or your own code of it; - takes the link away."),
    ),
    Column(
        "pieces",
        {"en": "Pieces", "ja": "個数", "zh-hans": "件数", "ko": "수량"},
        ("Quantity", "Qty"),
        example="1",
        hint=_("How many pieces of the SKU one listing is; 1 when empty."),
    ),
)


FLAWS: Mapping[str, Any] = {
    "no_such_sku": _("No SKU of yours has this code. Check it, or add the SKU first."),
    "missing": _("No SKU is given. Enter its code, or - to take the link away."),
    "pieces_out_of_range": _("Enter a whole number from 1 to 1,000."),
    "no_such_listing": _("No listing has this number. Check it, or read the listings."),
    "option_unclear": _("Several options have this text or code. Enter the option as the site writes it."),
    "no_such_option": _("The listing has no such option. Copy it from the site."),
    "listing_twice": _("This listing stands in the file before. Keep one row for it."),
    "link_changed_since": _("The link was changed since. Change it on the links page instead."),
}


@dataclass(frozen=True, slots=True)
class _Read:
    """One row against the database: the listing and the wish it means, or what is wrong."""

    listing: Listing | None
    wish: LinkWish | None
    flaws: tuple[Flaw, ...] = ()


class Links:
    """The kind `links` of sheets."""

    name = "links"
    title: Any = _("Links of listings to SKUs")
    permission = Permission.EDIT_CATALOG
    columns: Sequence[Column] = COLUMNS
    flaw_words: Mapping[str, Any] = FLAWS

    def judge(self, sender: Sender, rows: Sequence[Cells]) -> list[Verdict]:
        """Three statements for a set of rows."""
        read = _read(sender.seller_id, rows)
        seen: set[int] = set()
        verdicts = []
        for row, each in zip(rows, read, strict=True):
            key = f"{row.get('listing', '')}/{row.get('option', '')}"[:120]
            if each.listing is None or each.wish is None:
                verdicts.append(Verdict("to_mend", key, flaws=each.flaws))
            elif each.listing.pk in seen:
                verdicts.append(Verdict("to_mend", key, flaws=(_twice(),)))
            else:
                seen.add(each.listing.pk)
                verdicts.append(_verdict(key, each.listing, each.wish))
        return verdicts

    def apply(self, sender: Sender, rows: Sequence[Cells]) -> list[Applied | Flaw]:
        """Link the rows in one act; each keeps what it was before. Links that are so already stay."""
        read = _read(sender.seller_id, rows)
        wishes: dict[int, LinkWish] = {}
        for each in read:
            if each.listing is not None and each.wish is not None and not _is_so(each.listing, each.wish):
                wishes.setdefault(each.listing.pk, each.wish)
        changes: Mapping[int, int] = {}
        if wishes:
            way = LinkAct.Way.FILE
            act = link_listings(wishes=list(wishes.values()), way=way, actor=sender.actor, at=sender.at)
            changes = dict(LinkChange.objects.filter(act=act).values_list("listing_id", "pk"))
        return [_applied(each, changes) for each in read]

    def undo(self, sender: Sender, applied: Sequence[Applied]) -> list[Flaw | None]:
        """Put links back, but for those that somebody changed since."""
        changes = [int(each.undo["change"]) for each in applied if "change" in each.undo]
        restored = restore_links(change_ids=changes, actor=sender.actor, at=sender.at) if changes else frozenset()
        return [_kept() if "change" in each.undo and each.undo["change"] not in restored else None for each in applied]

    def sentences(self, effects: Mapping[str, int]) -> list[str]:
        """How many listings are linked, changed and unlinked."""
        linked, unlinked = effects.get("linked", 0), effects.get("unlinked", 0)
        words = []
        if linked:
            words.append(ngettext("%(n)s listing is linked.", "%(n)s listings are linked.", linked) % {"n": linked})
        if unlinked:
            sentence = ngettext(
                "%(n)s listing is linked to no SKU any more.", "%(n)s listings are linked to no SKU any more.", unlinked
            )
            words.append(sentence % {"n": unlinked})
        return words


LINKS = Links()


def _read(seller_id: int, rows: Sequence[Cells]) -> list[_Read]:
    numbers = {row.get("listing", "") for row in rows}
    found = Listing.objects.filter(seller_id=seller_id, external_id__in=numbers, is_gone=False)
    listings: dict[str, list[Listing]] = {}
    for listing in found.select_related("sku").order_by("pk"):
        listings.setdefault(listing.external_id, []).append(listing)
    skus = _skus(seller_id, {row.get("sku", "") for row in rows})
    return [_row(row, listings.get(row.get("listing", ""), []), skus) for row in rows]


def _skus(seller_id: int, codes: Iterable[str]) -> dict[str, str]:
    wanted = set(codes) - {"", NO_SKU}
    own = Sku.objects.filter(seller_id=seller_id).filter(Q(code__in=wanted) | Q(seller_code__in=wanted))
    found: dict[str, str] = {}
    for code, seller_code in own.values_list("code", "seller_code"):
        found |= {seller_code: code} if seller_code else {}
    # Our own code last: it cannot be mistaken for another SKU's seller code.
    return found | {code: code for code in own.values_list("code", flat=True)}


def _row(row: Cells, listings: Sequence[Listing], skus: Mapping[str, str]) -> _Read:
    listing, flaw = _listing(row, listings)
    flaws = [flaw] if flaw else []
    code = row.get("sku", "")
    if code and code != NO_SKU and code not in skus:
        flaws.append(Flaw("sku", "no_such_sku"))
    if not code:
        flaws.append(Flaw("sku", "missing"))
    text = row.get("pieces", "") or "1"
    pieces = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not 1 <= pieces <= MOST_PIECES:
        flaws.append(Flaw("pieces", "pieces_out_of_range", mend="1"))
    if flaws or listing is None:
        return _Read(None, None, tuple(flaws))
    return _Read(listing, LinkWish(listing.pk, skus.get(code, ""), pieces))


def _listing(row: Cells, listings: Sequence[Listing]) -> tuple[Listing | None, Flaw | None]:
    if not listings:
        return None, Flaw("listing", "no_such_listing")
    option = compared(row.get("option", "")).strip()
    fitting = [each for each in listings if _is_option(each, option)]
    if len(fitting) == 1:
        return fitting[0], None
    mend = listings[0].option if len(listings) == 1 else ""
    if fitting:
        return None, Flaw("option", "option_unclear")
    return None, Flaw("option", "no_such_option", mend=mend)


def _is_option(listing: Listing, option: str) -> bool:
    """Whether the text or code names this option; an empty one names a product without options."""
    if not option:
        return not listing.fingerprint
    return option in {compared(listing.option).strip(), compared(listing.option_code).strip()}


def _is_so(listing: Listing, wish: LinkWish) -> bool:
    code = listing.sku.code if listing.sku is not None else ""
    return (code, listing.pieces if code else 1) == (wish.sku_code, wish.pieces if wish.sku_code else 1) and (
        listing.is_tied_by_hand or bool(code)
    )


def _verdict(key: str, listing: Listing, wish: LinkWish) -> Verdict:
    if _is_so(listing, wish):
        return Verdict("unchanged", key)
    old = f"{listing.sku.code} × {listing.pieces}" if listing.sku is not None else ""
    new = f"{wish.sku_code} × {wish.pieces}" if wish.sku_code else ""
    effects = {"linked": 1} if wish.sku_code else {"unlinked": 1}
    return Verdict("changed" if old else "new", key, changes=(Change("sku", old, new),), effects=effects)


def _applied(read: _Read, changes: Mapping[int, int]) -> Applied | Flaw:
    if read.listing is None or read.wish is None:
        return read.flaws[0]
    undo: dict[str, Any] = {"change": changes[read.listing.pk]} if read.listing.pk in changes else {}
    return Applied(read.listing.external_id[:40], undo)


def _twice() -> Flaw:
    return Flaw("listing", "listing_twice")


def _kept() -> Flaw:
    return Flaw("", "link_changed_since")
