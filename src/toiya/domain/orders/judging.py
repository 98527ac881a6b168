"""
Judging entered orders: raw cells become a draft, or every flaw is named with its mend. Reads, writes nothing.

A set is judged with a constant number of statements, whatever its size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller
from toiya.domain.members.rules.phones import international
from toiya.domain.orders import delivery, entry_rules, places
from toiya.domain.orders.cells import Judge, plain
from toiya.domain.orders.delivery import Asked, OfferedNow
from toiya.domain.orders.entries import EnteredDraft, Entry, EntryFlaw, EntryLine, JudgedEntry, WishDraft
from toiya.domain.orders.entry_rules import folded_words
from toiya.domain.orders.receivers import phone_for_labels
from toiya.domain.orders.rules import MOST_PIECES, AddressDraft, LineDraft, OrderDraft, Tie
from toiya.domain.stock.models import Balance
from toiya.domain.warehouses.models import CentreUse, Warehouse

JAPAN = ZoneInfo("Asia/Tokyo")
MOST_LINES = 200
_TEXTS: Mapping[str, int] = {
    "sub_category": 100,
    "kind": 60,
    "buyer": 100,
    "third_party": 100,
    "gift_name": 100,
    "gift_postal_code": 12,
    "gift_address": 300,
    "gift_contact": 60,
    "customs_code": 30,
}


@dataclass(frozen=True, slots=True)
class World:
    """What a set of entries is judged against, read once."""

    seller: Seller
    today: date
    skus: Mapping[str, Sku]  # by our code, and by the seller's own
    houses: Mapping[str, Warehouse]  # by every word a file may call them
    services: Mapping[str, str]  # code by folded code and name
    offered: OfferedNow
    only_house: str = ""
    usable: frozenset[int] = frozenset()  # warehouses that the seller's agreement covers, or where its goods lie


@dataclass(slots=True)
class _Found:
    """The flaws of one entry while it is judged."""

    flaws: list[EntryFlaw] = field(default_factory=list)

    def add(self, name: str, code: str, mend: str = "", line: int = 0, **values: str | int) -> None:
        self.flaws.append(EntryFlaw(name, code, values, mend, line))

    def take(self, judge: Judge, line: int = 0) -> None:
        for name, found in judge.problems.items():
            shown = found.value if len(found.value) <= 40 else f"{found.value[:39]}…"
            is_value = found.problem == "not_a_number" and "–" not in found.mend
            self.add(name, found.problem, found.mend if is_value else "", line, value=shown, limit=found.mend)


def day_in_japan(at: datetime) -> date:
    """The day it is at the warehouses."""
    return at.astimezone(JAPAN).date()


def read_world(seller: Seller, entries: Sequence[Entry], today: date) -> World:
    """A few statements, however many entries."""
    lines = [line for entry in entries for line in entry.lines]
    ours = {plain(line.sku) for line in lines} - {""}
    theirs = {plain(line.seller_sku) for line in lines} - {""}
    mine = Sku.objects.filter(seller_id=seller.pk)
    skus = {sku.seller_code: sku for sku in mine.filter(seller_code__in=theirs)} if theirs else {}
    skus |= {sku.code: sku for sku in mine.filter(code__in=ours)} if ours else {}
    houses = list(_houses(seller.pk))
    words = {
        folded_words(word): house
        for house in houses
        for word in (house.code, house.name, house.branch_code, house.branch_code.lstrip("0"))
        if word
    }
    offered = delivery.rules_in_force().read()
    offers = offered.offers(today)
    services = {folded_words(word): offer.code for offer in offers for word in (offer.name, offer.code)}
    only = houses[0].name if len(houses) == 1 else ""
    usable = frozenset(house.pk for house in houses if house.is_usable)
    return World(seller, today, skus, words, services, offered, only, usable)


def _houses(seller_id: int) -> QuerySet[Any]:
    lying = Balance.objects.filter(seller_id=seller_id, warehouse_id=OuterRef("pk"), on_hand__gt=0)
    used = CentreUse.objects.filter(seller_id=seller_id, warehouse_id=OuterRef("pk"), ended_at=None)
    return Warehouse.objects.annotate(is_usable=Exists(lying) | Exists(used)).order_by("pk")


def judge_entries(seller: Seller, entries: Sequence[Entry], channel: str, today: date) -> list[JudgedEntry]:
    """One judgement per entry, in order. The draft of one without a reference has no number yet."""
    world = read_world(seller, entries, today)
    return [_judged(world, entry, channel) for entry in entries]


def _judged(world: World, entry: Entry, channel: str) -> JudgedEntry:
    found = _Found()
    typed = {name: getattr(entry, name) for name in (*_TEXTS, "site", "remark")}
    judge = Judge(typed | {"reference": plain(entry.reference)})
    reference, site = judge.text("reference", 36), judge.text("site", 22)
    facts = {name: judge.text(name, most) for name, most in _TEXTS.items()}
    note = judge.text("remark", 1000)
    found.take(judge)
    lines = _lines(world, entry, found)
    address = _address(entry, found)
    house = _house(world, entry, found)
    _goods(world, entry, found, has_house=house is not None)
    wish = _wish(world, entry, address, house, found)
    facts |= _gift(entry, found) | {"reference": reference, "site": site, "mobile": plain(entry.mobile)[:30]}
    if found.flaws:
        return JudgedEntry(None, tuple(found.flaws))
    order = OrderDraft(
        channel=channel,
        shop_code="",
        external_id=entry_rules.external_number(reference, site, ""),
        lines=lines,
        address=address,
        currency=world.seller.currency,
        total_minor=sum(line.quantity * line.unit_price_minor for line in lines),
        note=note,
    )
    return JudgedEntry(EnteredDraft(order, wish, facts))


def _lines(world: World, entry: Entry, found: _Found) -> tuple[LineDraft, ...]:
    if not entry.lines:
        found.add("sku", "no_lines")
    if len(entry.lines) > MOST_LINES:
        found.add("sku", "too_many_lines", most=MOST_LINES)
    return tuple(_line(world, line, place, found) for place, line in enumerate(entry.lines[:MOST_LINES]))


def _line(world: World, line: EntryLine, place: int, found: _Found) -> LineDraft:
    values = {"title": line.title, "product_code": line.product_code, "quantity": line.quantity, "price": line.price}
    judge = Judge(values)
    sku = _sku(world, line, place, found)
    title = judge.text("title", 300, may_cut=True) or (f"{sku.name} {sku.option}".strip() if sku else "")
    draft = LineDraft(
        external_id=str(place + 1),
        title=title or line.product_code or line.seller_sku,
        option="",
        item_code=judge.text("product_code", 100),
        option_code=plain(line.seller_sku)[:100] or (sku.seller_code if sku else ""),
        quantity=judge.whole("quantity", MOST_PIECES),
        unit_price_minor=judge.money("price", world.seller.currency),
        tie=Tie(sku.pk) if sku else None,
    )
    if not draft.title:
        found.add("title", "missing", "", place)
    found.take(judge, place)
    return draft


def _sku(world: World, line: EntryLine, place: int, found: _Found) -> Sku | None:
    """The SKU by our code, else by the seller's own; a code that is none of the seller's is a flaw."""
    for name, code in (("sku", plain(line.sku)), ("seller_sku", plain(line.seller_sku))):
        if not code:
            continue
        sku = world.skus.get(code)
        if sku is None:
            found.add(name, "unknown_sku", "", place, value=code[:40])
        elif not sku.is_active:
            found.add(name, "sku_off", "", place, value=code[:40])
        return sku
    return None


def _address(entry: Entry, found: _Found) -> AddressDraft:
    named = {
        "receiver": entry.receiver,
        "receiver_kana": entry.receiver_kana,
        "address": entry.address,
        "address_detail": entry.address_detail,
        "postal_code": entry.postal_code,
    }
    judge = Judge(named)
    country = entry_rules.country_of(entry.country)
    if not country:
        found.add("country", "not_a_country", "", value=entry.country[:40])
    address = AddressDraft(
        name=judge.text("receiver", 100, is_required=True),
        name_kana=judge.text("receiver_kana", 100),
        phone=_phone(entry, country, found),
        postal_code=judge.text("postal_code", 12),
        first_line=judge.text("address", 300, is_required=True),
        second_line=judge.text("address_detail", 300),
        country=country or "JP",
    )
    found.take(judge)
    if country != "JP" or "address" in judge.problems:
        return address
    return _in_japan(entry, address, found)


def _in_japan(entry: Entry, address: AddressDraft, found: _Found) -> AddressDraft:
    digits = places.digits_of(address.postal_code)
    flaw = places.flaw_of(address.postal_code, address.first_line)
    if flaw is not None and not (entry.is_as_written and digits):
        found.add(flaw.field, flaw.code, flaw.mend, value=address.postal_code, place=flaw.place)
    return AddressDraft(
        name=address.name,
        name_kana=address.name_kana,
        phone=address.phone,
        postal_code=places.written(digits) if digits else address.postal_code,
        first_line=address.first_line,
        second_line=address.second_line,
    )


def _phone(entry: Entry, country: str, found: _Found) -> str:
    """The mobile number, else the other, as labels print it; each must be a number that exists."""
    numbers = {}
    for name in ("mobile", "phone"):
        typed = plain(getattr(entry, name))
        if not typed:
            continue
        number = international(typed, country or "JP")
        if not number:
            found.add(name, "not_a_phone", "", value=typed[:40])
        numbers[name] = phone_for_labels(number, country)
    if not numbers:
        found.add("phone", "missing")
    return numbers.get("mobile") or numbers.get("phone") or ""


def _house(world: World, entry: Entry, found: _Found) -> Warehouse | None:
    if entry.ship_country and entry_rules.country_of(entry.ship_country) != "JP":
        found.add("ship_country", "not_from_there", "JP", value=entry.ship_country[:40])
    word = folded_words(entry.branch)
    house = world.houses.get(word)
    if word and house is None:
        found.add("branch", "unknown_branch", world.only_house, value=entry.branch[:40], names=_names(world))
    if house is not None and house.pk not in world.usable:
        found.add("branch", "centre_not_applied_for", "", value=house.name)
    return house


def _names(world: World) -> str:
    return ", ".join(dict.fromkeys(house.name for house in world.houses.values()))


def _goods(world: World, entry: Entry, found: _Found, *, has_house: bool) -> None:
    """A warehouse of ours sends only what it keeps: then SKU and branch are needed (A163)."""
    packs_itself = world.seller.uses_smart_delivery
    if not entry_rules.needs_goods(has_branch=has_house, packs_itself=packs_itself):
        return
    if not entry.branch.strip():
        found.add("branch", "branch_needed", world.only_house, names=_names(world))
    for place, line in enumerate(entry.lines):
        if not line.sku.strip() and not line.seller_sku.strip():
            found.add("sku", "sku_needed", "", place)


def _wish(world: World, entry: Entry, address: AddressDraft, house: Warehouse | None, found: _Found) -> WishDraft:
    ordinary = entry_rules.is_ordinary(entry.service)
    service = "" if ordinary else world.services.get(folded_words(entry.service), "")
    if not ordinary and not service:
        names = ", ".join(offer.name for offer in world.offered.offers(world.today))
        found.add("service", "unknown_service", "", value=entry.service[:40], names=names)
    slot = entry_rules.slot_of(entry.slot)
    if slot is None:
        found.add("slot", "not_a_slot", "", value=entry.slot[:40], names=", ".join(entry_rules.SLOTS))
    day = entry_rules.day_of(entry.deliver_on)
    if entry.deliver_on.strip() and day is None:
        found.add("deliver_on", "not_a_day", "", value=entry.deliver_on[:40])
    if day is not None and day < world.today:
        found.add("deliver_on", "day_is_past", "", value=str(day))
    wish = WishDraft(house.pk if house else None, service, day, slot or "")
    if not found.flaws and address.country == "JP":
        towns = places.towns_of(places.digits_of(address.postal_code))
        prefecture = towns[0].prefecture if towns else ""
        asked = Asked(service, day, wish.slot, world.today, address, prefecture)
        found.flaws.extend(world.offered.flaws(asked))
    return wish


def _gift(entry: Entry, found: _Found) -> dict[str, str]:
    country = entry_rules.country_of(entry.gift_country) if entry.gift_country.strip() else ""
    if entry.gift_country.strip() and not country:
        found.add("gift_country", "not_a_country", "", value=entry.gift_country[:40])
    return {"gift_country": country}
