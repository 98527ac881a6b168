"""Words for the lists a firm chooses from; the lists themselves are codes in `members.rules`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from babel import Locale
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from toiya.domain.members.rules import countries, phones
from toiya.web.shared.formats import tongue

FIRST_COUNTRIES = ("JP", "KR", "CN", "SG")

INDUSTRIES: Mapping[str, Any] = {
    "fashion": _("Clothes"),
    "accessories": _("Bags, shoes, jewellery"),
    "beauty": _("Cosmetics"),
    "health": _("Health and supplements"),
    "food": _("Food and drinks"),
    "home": _("Home and furniture"),
    "electronics": _("Electronics"),
    "hobby": _("Hobby, games, idol goods"),
    "sports": _("Sports and outdoor"),
    "kids": _("Baby and children"),
    "pets": _("Pets"),
    "books": _("Books, music, stationery"),
    "automotive": _("Cars and motorcycles"),
    "other": _("Something else"),
}
BUSINESS_TYPES: Mapping[str, Any] = {
    "online_shop": _("Online shop"),
    "retail": _("Retail with a shop"),
    "wholesale": _("Wholesale"),
    "manufacturer": _("Manufacturer"),
    "import_export": _("Import and export"),
    "agency": _("Agency for other brands"),
    "service": pgettext_lazy("of the warehouse", "Service"),
    "other": _("Something else"),
}
BUSINESS_MODELS: Mapping[str, Any] = {
    "own_brand": _("We sell our own brand"),
    "resale": _("We buy and resell"),
    "made_to_order": _("We make to order"),
    "dropshipping": _("Our suppliers send the goods"),
    "mixed": _("Several of these"),
}
ONLINE_EXPERIENCE: Mapping[str, Any] = {
    "none": _("Not yet selling online"),
    "under_1_year": _("Less than a year"),
    "1_to_3_years": _("1 to 3 years"),
    "over_3_years": _("More than 3 years"),
}
SALES_SITES: Mapping[str, Any] = {
    "qoo10": "Qoo10",
    "rakuten": _("Rakuten"),
    "yahoo_shopping": _("Yahoo Shopping"),
    "amazon": "Amazon",
    "aliexpress": "AliExpress",
    "shopify": "Shopify",
    "coupang": "Coupang",
    "smartstore": _("Naver SmartStore"),
    "own_site": _("Our own site"),
    "files": _("No sales site: we bring orders as a file (CSV) or type them in"),
    "other": _("Another site"),
}
SERVICES: Mapping[str, Any] = {
    "fulfilment": _("Fulfilment: the warehouse stores, picks, packs and ships"),
    "smart_delivery": _("Smart Delivery: we pack and hand parcels in; the warehouse forwards and tracks them"),
    "both": _("Both"),
}
PAYMENTS: Mapping[str, Any] = {
    "wallet": _("The Toiya wallet: bank transfer, card, or set off against sales. No other account is needed."),
    "new_qoo10": _("Also make a Qoo10 account for me, to pay with. One that exists already is not touched."),
    "own_qoo10": _("Also pay with my own Qoo10 account."),
}


def words(table: Mapping[str, Any], code: str) -> Any:
    """The word for a code; the code itself where a list has lost it since."""
    return table.get(code, code)


def choices(table: Mapping[str, Any], codes: Iterable[str], empty: Any = None) -> list[tuple[str, Any]]:
    """Pairs for a form's field, in the order of the codes."""
    head = [("", empty)] if empty is not None else []
    return [*head, *((code, table[code]) for code in codes)]


@lru_cache(maxsize=8)
def _territories(language: str) -> Mapping[str, str]:
    locale = {"zh": "zh_Hans", "ja": "ja", "ko": "ko"}.get(language, "en")
    return dict(Locale.parse(locale).territories)


def country_word(code: str) -> str:
    """The country's name in the reader's language."""
    return _territories(tongue(get_language() or "en")).get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """Every country a seller can be in, each with the currency of its charges (A009), seen without scripts too."""
    names = _territories(tongue(get_language() or "en"))
    others = sorted(phones.regions() - set(FIRST_COUNTRIES), key=lambda code: names.get(code, code))
    known = [(code, f"{names.get(code, code)} ({countries.currency_of(code)})") for code in (*FIRST_COUNTRIES, *others)]
    return [("", str(_("Choose one"))), *known]
