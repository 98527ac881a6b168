"""Tags and filters every page may use; registered as built-ins, so no page loads them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toiya.web.shared import charts, fields, formats, freight, icons
from toiya.web.shared.clock import now_of, zone_of
from toiya.web.shared.statuses import KIND_ICONS, Kind, Status

register = template.Library()
CODE = re.compile(r"([0-9A-Z]+(?:-[0-9A-Z]+)+)")


def _language() -> str:
    return get_language() or "en"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """`{% icon "truck" %}`; a second word becomes a class: `{% icon "truck" "s" %}` is 16 px."""
    return icons.icon(name, extra)


@register.simple_tag
def status_symbols() -> SafeString:
    """The sheet of status drawings; once per page, in the base templates."""
    return icons.symbols()


@register.inclusion_tag("toiya/components/chip.html")
def chip(status: Status | str, word: str = "", name: str = "") -> dict[str, Any]:
    """`{% chip order_status %}` with a Status, or `{% chip "wait" _("Waiting for stock") %}`, then an icon."""
    if isinstance(status, Status):
        kind, shown, drawing = status.kind.value, status.word, status.icon
    else:
        kind, shown, drawing = status, word, name or KIND_ICONS[Kind(status)]
    return {"kind": kind, "word": shown, "icon": drawing, "symbol": icons.symbol_id(kind, drawing)}


@register.inclusion_tag("toiya/components/code.html")
def code(value: str, copy: bool = True) -> dict[str, Any]:
    """A code with its last group bold and a copy button; `{% code sku.code copy=False %}` without."""
    head, dash, tail = str(value).rpartition("-")
    return {"value": value, "head": head + dash, "tail": tail, "copy": copy}


@register.filter
def whole_codes(text: Any) -> SafeString:
    """A sentence whose codes (A03-02-1, ORD-7K2M-4) never break at a hyphen."""
    parts = CODE.split(str(text))
    whole = (format_html('<span class="whole">{}</span>', part) for part in parts[1::2])
    return format_html_join("", "{}{}", zip_longest(parts[::2], whole, fillvalue=""))


@register.filter
def money(value: Any, currency: str = "") -> SafeString | str:
    """`{{ entry.amount_minor|money:"JPY" }}` or `{{ some_money|money }}`: JPY 1,200, minus U+2212 first."""
    if value is None:
        return "–"
    minor, iso = (value, currency) if isinstance(value, int) else (value.minor, value.currency)
    shown = formats.money(minor, iso, _language())
    return format_html('<data class="money" value="{}">{}</data>', formats.major(minor, iso), shown)


@register.filter
def amount(value: int, currency: str) -> str:
    """The number alone, for columns whose heading names the currency."""
    return formats.amount(value, currency, _language())


@register.filter
def money_change(value: int, currency: str) -> str:
    """`+20,000` or `−180`."""
    return formats.money_change(value, currency, _language())


@register.filter
def number(value: int) -> str:
    """1,234,567."""
    return formats.number(value, _language())


@register.filter
def percent(value: float) -> str:
    """A share of one: 0.93 is `93 %`, in the other languages `93%`."""
    return formats.percent(value, _language())


@register.filter
def counted(value: int, unit: str) -> str:
    """`{{ 3|counted:"pieces" }}`: 3 pcs, 3個. Units: pieces, orders, cartons, parcels."""
    return formats.counted(value, unit, _language())


@register.filter
def weight(grams: int) -> str:
    """950 g, 1.25 kg."""
    return formats.weight(grams, _language())


@register.filter
def duration(span: timedelta) -> str:
    """1 h 38 min."""
    return formats.duration(span, _language())


@register.simple_tag(takes_context=True)
def moment(context: template.Context, instant: datetime | None, zone: Any = None) -> SafeString | str:
    """`{% moment order.placed_at warehouse.time_zone %}`: 16:00 JST, with day or year when it is not today."""
    if instant is None:
        return "–"
    where = zone_of(context, zone)
    shown = formats.instant_with_zone(instant, where, _language(), now_of(context))
    return format_html('<time datetime="{}">{}</time>', instant.isoformat(timespec="seconds"), shown)


@register.simple_tag(takes_context=True)
def clock(context: template.Context, instant: datetime, zone: Any = None) -> SafeString:
    """Only the time of day, 16:05: for lists that name the day and the zone elsewhere."""
    shown = formats.clock(instant, zone_of(context, zone))
    return format_html('<time datetime="{}">{}</time>', instant.isoformat(timespec="seconds"), shown)


@register.simple_tag(takes_context=True)
def deadline(context: template.Context, instant: datetime, zone: Any = None) -> SafeString:
    """Absolute first, then relative while it is within a day: `16:00 JST, in 1 h 38 min`."""
    exact, left = moment(context, instant, zone), instant - now_of(context)
    if abs(left) >= timedelta(days=1):
        return format_html("{}", exact)
    span = formats.duration(left, _language())
    words = _("%(time)s, in %(span)s") if left > timedelta(0) else _("%(time)s, %(span)s ago")
    before, after = words.split("%(time)s")
    return format_html("{}{}{}", before % {"span": span}, exact, after % {"span": span})


@register.filter
def day(value: date, style: str = "table") -> SafeString:
    """A date without a zone: `{{ due_on|day }}` 21 Nov 2026, `|day:"long"`, `|day:"short"`."""
    shapes = {"table": formats.date_table, "long": formats.date_long, "short": formats.date_short}
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), shapes[style](value, _language()))


@register.inclusion_tag("toiya/components/freight_mark.html")
def freight_mark(seller: Any, size: str = "", named: bool = True) -> dict[str, Any]:
    """The seller's mark and, unless `named=False`, its name beside it; `size="l"` is 48 px."""
    mark = freight.FreightMark(seller.mark_frame, seller.mark_character, seller.name)
    return {"mark": mark, "size": size, "named": named}


@register.inclusion_tag("toiya/components/quantity_trio.html")
def quantity_trio(on_hand: int, allocated: int, url: str = "", blocked: int = 0) -> dict[str, Any]:
    """On hand − allocated = available, less what is set aside; each number a link into `url` when given."""
    available = on_hand - allocated - blocked
    return {"on_hand": on_hand, "allocated": allocated, "blocked": blocked, "available": available, "url": url}


@register.inclusion_tag("toiya/components/field.html")
def field(bound: BoundField, unit: str = "", size: str = "") -> dict[str, Any]:
    """Label, hint, error, control and unit of a form's field; `size` is short or tiny."""
    return fields.anatomy(bound) | {"unit": unit, "size": size}


@register.inclusion_tag("toiya/components/error_summary.html")
def error_summary(form: Any) -> dict[str, Any]:
    """All that is to mend in a bound form, with links to the fields; nothing when nothing is."""
    return {"errors": fields.errors_of(form), "form": form}


@register.inclusion_tag("toiya/components/segment_bar.html")
def segment_bar(segments: Any, label: str) -> dict[str, Any]:
    """Who had it how long: segments of (owner, timedelta, is_waiting), see `charts.Segment`."""
    return {"bar": charts.segment_bar(segments, _language()), "label": label}


@register.inclusion_tag("toiya/components/sparkline.html")
def sparkline(values: Any, label: str) -> dict[str, Any]:
    """120 × 32 line of up to a few dozen numbers; the label says what it shows."""
    return {"points": charts.sparkline(list(values)), "label": label}


@register.inclusion_tag("toiya/components/stacked_bar.html")
def stacked_bar(parts: Any, label: str) -> dict[str, Any]:
    """One bar of at most four (word, count) parts, labelled; answers how much of a whole is done."""
    return {"parts": charts.stacked_bar(list(parts)), "label": label}


@register.inclusion_tag("toiya/components/bars.html")
def bars(rows: Any, label: str) -> dict[str, Any]:
    """Ranked horizontal bars of (word, count, url)."""
    return {"rows": charts.bars(list(rows)), "label": label}


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The present query string with changes: `{% query_with sort="code" after=None %}`; None removes."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag
def zone(name: str) -> ZoneInfo:
    """`{% zone warehouse.time_zone as zone %}`: what `moment` and `clock` then use by themselves."""
    return ZoneInfo(name)
