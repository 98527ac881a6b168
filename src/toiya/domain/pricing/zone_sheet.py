"""
A card's prices of carriage by zone as a sheet: a row for each service and zone, a column for each size. Pure.

What a sheet says of a service counts whole: its zone prices that the sheet leaves out are gone. Zones that no price
names any more are gone too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from toiya.domain.pricing.amounts import plain
from toiya.domain.pricing.rules import NO_ZONES, Card, Kind, Rate, Zones

SERVICE, ZONE, PLACES, ANY_SIZE, SURCHARGE = "service", "zone", "places", "any", "surcharge"
HEADINGS = (SERVICE, ZONE, PLACES, ANY_SIZE, SURCHARGE)
SIZES = (60, 80, 100, 120, 140, 160)  # the columns of a sheet that has no prices yet
MOST_ROWS = 2_000
_MOST_NAME = 30
_POSTAL = range(3, 8)  # so many digits of a postal code say where
_EMPTY_ROWS: Zones = {
    "北海道": ("北海道",),
    "北東北": ("青森県", "岩手県", "秋田県"),
    "南東北": ("宮城県", "山形県", "福島県"),
    "関東": ("茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "山梨県"),
    "信越": ("新潟県", "長野県"),
    "北陸": ("富山県", "石川県", "福井県"),
    "中部": ("岐阜県", "静岡県", "愛知県", "三重県"),
    "関西": ("滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
    "中国": ("鳥取県", "島根県", "岡山県", "広島県", "山口県"),
    "四国": ("徳島県", "香川県", "愛媛県", "高知県"),
    "九州": ("福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県"),
    "沖縄": ("沖縄県",),
}
PREFECTURES = tuple(name for names in _EMPTY_ROWS.values() for name in names)
_BY_WORD = {name: name for name in PREFECTURES} | {name[:-1]: name for name in PREFECTURES if name != "北海道"}


@dataclass(frozen=True, slots=True)
class Table:
    """What a sheet says: prices by service, zone and size, and where the zones are."""

    rates: tuple[Rate, ...]
    zones: Zones

    @property
    def services(self) -> frozenset[str]:
        """The services it prices anew."""
        return frozenset(str(each.conditions[SERVICE]) for each in self.rates)


class SheetFlaw(Exception):
    """Why a sheet is none of ours: a code, the row as the file numbers it, and the cell."""

    def __init__(self, code: str, row: int = 0, cell: str = "") -> None:
        super().__init__(code)
        self.code, self.row, self.cell = code, row, cell[:40]


def is_zoned(rule: Rate) -> bool:
    """Whether a rule is one cell of such a sheet."""
    names = set(rule.conditions)
    is_carriage = rule.kind == Kind.SHIPPING and rule.per == 1 and names in ({"service", "area", "size"}, _NAMES)
    return is_carriage or (rule.kind == Kind.SURCHARGE and rule.per == 1 and names == _NAMES)


_NAMES = {"service", "area"}


def table_of(rows: Sequence[tuple[int, Sequence[str]]], known: Zones) -> Table:
    """
    What the rows of a sheet say, each with its number in the file; the first are the headings.

    :param known: the zones of the card: a row may leave the places of one of them out
    :raises SheetFlaw:
    """
    headings = [_folded(cell) for cell in rows[0][1]] if rows else []
    if SERVICE not in headings or ZONE not in headings:
        raise SheetFlaw("headings")
    if len(rows) > MOST_ROWS:
        raise SheetFlaw("too_many")
    for heading in headings:
        if heading and heading not in HEADINGS and not heading.isdigit():
            raise SheetFlaw("heading", rows[0][0], heading)
    rates: dict[tuple[str, ...], Rate] = {}
    zones: dict[str, tuple[str, ...]] = {}
    for number, cells in rows[1:]:
        told = dict(zip(headings, (unicodedata.normalize("NFKC", cell).strip() for cell in cells), strict=False))
        zone = _zone(number, told, zones, known)
        for rule in _rates(number, told, zone):
            at = (str(rule.kind), *(str(rule.conditions.get(name, "")) for name in (SERVICE, "area", "size")))
            if at in rates:
                raise SheetFlaw("twice", number, f"{told[SERVICE]} {zone}")
            rates[at] = rule
    if not rates:
        raise SheetFlaw("no_price")
    return Table(tuple(rates.values()), zones)


def merged(rates: Iterable[Rate], zones: Zones, table: Table) -> tuple[list[Rate], dict[str, Sequence[str]]]:
    """The rules and zones of a card with what the sheet says in place of what it said of those services."""
    kept = [each for each in rates if not (is_zoned(each) and each.conditions[SERVICE] in table.services)]
    together = [*kept, *table.rates]
    named = {str(each.conditions["area"]) for each in together if "area" in each.conditions}
    return together, {name: places for name, places in {**zones, **table.zones}.items() if name in named}


def rows_of(card: Card, more: Zones = NO_ZONES) -> list[list[str]]:
    """The card's prices by zone as such a sheet; without any, the usual zones of Japan and `more`, to be filled in."""
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for rule in card.rates:
        if is_zoned(rule):
            column = SURCHARGE if rule.kind == Kind.SURCHARGE else str(rule.conditions.get("size", ANY_SIZE))
            at = (str(rule.conditions[SERVICE]), str(rule.conditions["area"]))
            cells.setdefault(at, {})[column] = plain(rule.price)
    if not cells:
        headings = [SERVICE, ZONE, PLACES, *map(str, SIZES), SURCHARGE]
        return [headings, *(["", name, " ".join(places)] for name, places in {**_EMPTY_ROWS, **more}.items())]
    used = {column for prices in cells.values() for column in prices}
    columns = [ANY_SIZE] * (ANY_SIZE in used) + sorted(used - {ANY_SIZE, SURCHARGE}, key=int) + [SURCHARGE]
    return [
        [SERVICE, ZONE, PLACES, *columns],
        *(
            [service, zone, " ".join(card.zones.get(zone, ())), *(prices.get(column, "") for column in columns)]
            for (service, zone), prices in sorted(cells.items())
        ),
    ]


def _folded(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().lower()


def _zone(number: int, told: Mapping[str, str], zones: dict[str, tuple[str, ...]], known: Zones) -> str:
    """The zone of a row, its places noted."""
    zone = told.get(ZONE, "")
    if not zone or len(zone) > _MOST_NAME:
        raise SheetFlaw("zone", number, zone)
    places = tuple(sorted({_place(number, word) for word in told.get(PLACES, "").replace(",", " ").split()}))
    before = zones.get(zone)
    if places and before is not None and places != before:
        raise SheetFlaw("other_places", number, zone)
    zones[zone] = places or before or tuple(known.get(zone, ()))
    if not zones[zone]:
        raise SheetFlaw("no_places", number, zone)
    return zone


def _place(number: int, word: str) -> str:
    digits = word.replace("-", "")
    if digits.isascii() and digits.isdigit() and len(digits) in _POSTAL:
        return digits
    if word not in _BY_WORD:
        raise SheetFlaw("place", number, word)
    return _BY_WORD[word]


def _rates(number: int, told: Mapping[str, str], zone: str) -> Iterable[Rate]:
    """The prices of a row; an empty cell says nothing."""
    for column, cell in told.items():
        if column in (SERVICE, ZONE, PLACES, "") or not cell:
            continue
        if not told.get(SERVICE):
            raise SheetFlaw("service", number)
        conditions: dict[str, str | int] = {SERVICE: told[SERVICE], "area": zone}
        if column.isdigit():
            conditions["size"] = int(column)
        yield Rate(Kind.SURCHARGE if column == SURCHARGE else Kind.SHIPPING, _price(number, cell), conditions)


def _price(number: int, cell: str) -> Decimal:
    try:
        price = Decimal(cell.replace(",", ""))
    except InvalidOperation:
        raise SheetFlaw("price", number, cell) from None
    if not price.is_finite():
        raise SheetFlaw("price", number, cell)
    return price
