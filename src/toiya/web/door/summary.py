"""All answers in words, group by group, for the review page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from toiya.domain.members.rules import countries, phones
from toiya.web.door.road import LABELS, Road
from toiya.web.shared import firm_words

_TABLES = {
    "industry": firm_words.INDUSTRIES,
    "business_type": firm_words.BUSINESS_TYPES,
    "business_model": firm_words.BUSINESS_MODELS,
    "online_experience": firm_words.ONLINE_EXPERIENCE,
    "service": firm_words.SERVICES,
    "payment": firm_words.PAYMENTS,
}
_LEFT_OUT = {"password", "password_again", "certificates"}


def summary_of(road: Road) -> list[dict[str, Any]]:
    """Groups of (label, value), each with the address to change it at."""
    groups = []
    for step in road.steps:
        if step == "review":
            continue
        form = road.judged(step)
        form.full_clean()
        lines = [
            (form.fields[name].label, told)
            for name, value in form.cleaned_data.items()
            if name not in _LEFT_OUT and (told := _told(form, name, value))
        ]
        if step == "business":
            lines.append((_("Certificate"), ", ".join(paper["file_name"] for paper in road.draft.papers)))
            if road.country:
                lines.insert(0, (_("Country that ships the goods"), _country(road.country)))
        groups.append({"label": LABELS[step], "lines": lines, "url": road.url(step), "step": step})
    return groups


def _told(form: Any, name: str, value: Any) -> str:
    if name == "country":
        return _country(value)
    if name == "phone":
        return phones.for_people(value)
    if name == "sites":
        return ", ".join(str(firm_words.words(firm_words.SALES_SITES, code)) for code in value)
    if name == "is_sole_trader":
        return _("Yes") if value else ""
    if name == "proof":
        return str(dict(form.fields["proof"].choices)[value])
    if name in _TABLES and value:
        return str(firm_words.words(_TABLES[name], value))
    return str(value)


def _country(code: str) -> str:
    words = _("%(country)s, charged in %(currency)s")
    return words % {"country": firm_words.country_word(code), "currency": countries.currency_of(code)}
