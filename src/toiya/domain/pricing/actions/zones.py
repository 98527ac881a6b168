"""Prices of carriage by zone, taken from a sheet into the next version of a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.sheets import read_sheet
from toiya.domain.pricing import zone_sheet
from toiya.domain.pricing.models import CardVersion
from toiya.domain.pricing.steps import Draft, locked_card, newest_version, write_next
from toiya.domain.pricing.zone_sheet import MOST_ROWS, SheetFlaw


class ZoneSheetOff(Refusal):
    """The sheet is none of prices by zone; nothing of it was taken."""

    code = "zone_sheet_off"
    message = gettext_lazy("%(why)s")


WHYS = {
    "headings": gettext_lazy("The sheet has no columns service and zone. Use the sheet of this card."),
    "heading": gettext_lazy("“%(cell)s” is no column of this sheet. Use sizes such as 60, any or surcharge."),
    "too_many": gettext_lazy("The sheet has more than %(most)s rows. Hand the services in one after the other."),
    "zone": gettext_lazy("Row %(row)s has no name of a zone, or a very long one. Write a short name."),
    "service": gettext_lazy("Row %(row)s has prices and no service. Write the code of the service."),
    "place": gettext_lazy(
        "Row %(row)s: “%(cell)s” is no prefecture and no beginning of a postal code. Write 福岡県, or 3 to 7 digits."
    ),
    "other_places": gettext_lazy(
        "Row %(row)s says other places of the zone %(cell)s than a row before it. Write the same places, or none."
    ),
    "no_places": gettext_lazy("Row %(row)s does not say where the zone %(cell)s is. Write its prefectures."),
    "price": gettext_lazy("Row %(row)s: “%(cell)s” is no price. Write digits, such as 940."),
    "twice": gettext_lazy("Row %(row)s prices %(cell)s once more. Keep one of the rows."),
    "no_price": gettext_lazy("The sheet holds no price. Fill in at least one."),
}


@dataclass(frozen=True, slots=True)
class ZonePrices:
    """A sheet as it was handed in, the day its prices hold from, and a note."""

    content: bytes
    from_on: date
    note: str = ""


@transaction.atomic
def take_zone_prices(*, card_code: str, prices: ZonePrices, actor: Actor, at: datetime) -> CardVersion:
    """
    Write a version with the sheet's prices in place of all zone prices of the services it names. It waits for a second
    person, as every version does.

    :raises NotFound: :raises UnreadableSheet: :raises ZoneSheetOff:
    :raises RateOff: :raises NothingChanged: :raises CardDayOver: :raises VersionOrder:
    """
    card = locked_card(card_code)
    before = newest_version(card)
    rows = [(row.number, row.cells) for row in read_sheet(prices.content).rows]
    try:
        table = zone_sheet.table_of(rows, before.zones)
    except SheetFlaw as flaw:
        told = {"row": flaw.row, "cell": flaw.cell, "most": MOST_ROWS}
        raise ZoneSheetOff(why=WHYS[flaw.code] % told, reason=flaw.code, **told) from flaw
    rates, zones = zone_sheet.merged(before.as_card.rates, before.zones, table)

    return write_next(card, before, Draft(rates, zones, prices.from_on, prices.note), actor, at)
