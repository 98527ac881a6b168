"""Rate cards in the reader's words: what a rule asks for, how a price reads, why a rule cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.core.money import Money, minor_digits
from toiya.domain.pricing.amounts import plain
from toiya.domain.pricing.models import ChargeKind
from toiya.domain.pricing.rules import SHARES, Entry, Kind, Rate
from toiya.web.shared import formats

FACT_WORDS: Mapping[str, Any] = {
    "service": _("Service"),
    "size": _("Size"),
    "zone": _("Postcode begins with"),
    "area": _("Zone"),
    "prefecture": _("Prefecture"),
    "remote": _("Remote area"),
    "country": _("Country"),
    "box": _("Box"),
    "sku": _("SKU"),
    "platform": _("Sales site"),
    "warehouse": _("Warehouse"),
    "weight_g": _("Weight in g"),
    "size_cm": _("Size in cm"),
    "shipped": _("Pieces shipped in the month"),
    "is_first_month": _("First month"),
    "source": _("Source"),
    "grade": _("Grade"),
}
FLAW_WORDS: Mapping[str, Any] = {
    "price_out_of_range": _("the price is below 0 or above 1,000,000"),
    "shipping_is_free": _("shipping costs less than 1"),
    "too_many_decimals": _("the price has more than four decimals"),
    "units_out_of_range": _("the number of units is not 1 or more"),
    "unknown_fact": _("a condition names something that we do not know"),
    "limit_is_no_number": _("a limit is not a whole number"),
    "empty_condition": _("a condition is empty"),
    "unknown_zone": _("it names a zone that the card does not have"),
}


def condition_words(name: str, value: str | int, language: str) -> str:
    """One condition: `Service: post`, `Weight in g from 2,000`."""
    fact = name.removesuffix("_under").removesuffix("_from")
    word = str(FACT_WORDS.get(fact, fact))
    shown = formats.number(value, language) if isinstance(value, int) and name != fact else str(value)
    if name.endswith("_under"):
        return str(_("%(fact)s under %(limit)s") % {"fact": word, "limit": shown})
    if name.endswith("_from"):
        return str(_("%(fact)s from %(limit)s") % {"fact": word, "limit": shown})
    if fact == "is_first_month":
        return str(_("in the first month") if int(value) else _("after the first month"))
    return f"{word}: {shown}"


def price_words(rule: Rate, currency: str, language: str) -> str:
    """The price with its unit: `JPY 310`, `50 %`, `JPY 24 for 1,000,000`."""
    if rule.kind in SHARES:
        return formats.percent(rule.price / 100, language)
    amount = _amount(rule.price, currency, language)
    if rule.per == 1:
        return amount
    return str(_("%(price)s for %(units)s") % {"price": amount, "units": formats.number(rule.per, language)})


def _amount(price: Decimal, currency: str, language: str) -> str:
    """In the currency's own decimals where that is exact, else as it is written."""
    whole = Money.rounded(price, currency).minor
    is_exact = price.scaleb(minor_digits(currency)) == whole
    return formats.money(whole, currency, language) if is_exact else f"{currency} {plain(price)}"


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One rule as a table shows it."""

    kind: str
    conditions: str
    price: str
    rule: Rate


def rows_of(rates: Iterable[Rate], currency: str, language: str) -> list[PriceRow]:
    """The rules in words, in the order given."""
    return [row_of(rule, currency, language) for rule in rates]


def listed_rate(entry: Entry, currency: str) -> Rate:
    """A list price as a rule without conditions; a share's is a percentage."""
    digits = 0 if entry.kind in SHARES else minor_digits(currency)
    return Rate(entry.kind, Decimal(entry.list_price_minor or 0).scaleb(-digits), {})


def row_of(rule: Rate, currency: str, language: str, where: str = "") -> PriceRow:
    """One of them; `where` are words in place of its conditions."""
    conditions = where or " · ".join(
        condition_words(name, rule.conditions[name], language) for name in sorted(rule.conditions)
    )
    return PriceRow(kind_word(rule.kind), conditions, price_words(rule, currency, language), rule)


def kind_word(kind: Kind) -> str:
    """What is priced."""
    return str(ChargeKind(str(kind)).label)
