"""How the codes of a firm's profile and of an application read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

INDUSTRY: Mapping[str, Any] = {
    "fashion": _("Fashion"),
    "beauty": _("Beauty"),
    "health": _("Health"),
    "food": _("Food and drink"),
    "electronics": _("Electronics"),
    "home": _("Home and kitchen"),
    "toys": _("Toys"),
    "books": _("Books and stationery"),
    "sports": _("Sports and outdoors"),
    "pets": _("Pets"),
    "other": _("Other"),
}
BUSINESS_MODEL: Mapping[str, Any] = {
    "own_brand": _("A brand of its own"),
    "retail": _("Retail of other brands"),
    "wholesale": _("Wholesale"),
    "handmade": _("Makes the goods itself"),
    "import": _("Import"),
    "other": _("Other"),
}
EXPERIENCE: Mapping[str, Any] = {
    "none": _("None yet"),
    "under_1_year": _("Less than a year"),
    "1_to_3_years": _("1 to 3 years"),
    "over_3_years": _("More than 3 years"),
}


def word(words: Mapping[str, Any], code: str) -> Any:
    """The word of a code; a code we do not know is shown as it is."""
    return words.get(code, code)


def country_name(code: str) -> str:
    """The country in the reader's language."""
    language = {"zh-hans": "zh_Hans"}.get(get_language() or "en", get_language() or "en")
    name: str = Locale.parse(language).territories.get(code, code)
    return name
