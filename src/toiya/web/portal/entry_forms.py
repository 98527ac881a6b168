"""The form that enters an order by hand (A157): several lines, the receiver, how it is to go, who gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor
from toiya.domain.catalog.models import Barcode, Sku
from toiya.domain.orders import delivery
from toiya.domain.orders.entries import Entry, EntryFlaw, EntryLine
from toiya.domain.orders.entry_rules import SLOTS
from toiya.domain.orders.entry_words import FIELDS, sentence_of
from toiya.domain.orders.models import Line, Order
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared import formats

FIRST_ROWS = 3
MOST_ROWS = 50
LINE_FIELDS = ("sku", "quantity", "price", "title")
_LONG = {"address": 300, "address_detail": 300, "remark": 1000, "gift_address": 300}
RECEIVER = ("receiver", "receiver_kana", "phone", "mobile", "country", "postal_code", "address", "address_detail")
SENDING = ("branch", "service", "deliver_on", "slot", "remark")
ORIGIN = ("site", "reference", "buyer", "sub_category", "kind", "third_party")
GIFT = ("gift_name", "gift_country", "gift_postal_code", "gift_address", "gift_contact", "customs_code")
NEEDED = {"receiver", "address"}
_OFF = {"autocomplete": "off"}


class EntryForm(forms.Form):
    """All fields are text, judged by the same rules as files and programs; a flaw comes back to its field."""

    is_as_written = forms.BooleanField(label=_("Take the address as it is written"), required=False)

    def __init__(self, posted: QueryDict | None, *, initial: Mapping[str, str], actor: Actor, today: date) -> None:
        super().__init__(posted, initial=dict(initial))
        self.rows_shown = _rows_wanted(posted, initial)
        self.actor = actor
        self.mends: list[EntryFlaw] = []
        houses = [(house.name, house.name) for house in Warehouse.objects.order_by("pk")]
        services = [(offer.code, offer.name) for offer in delivery.rules_in_force().read().offers(today)]
        choices: dict[str, list[tuple[str, Any]]] = {
            "branch": [*houses, ("", _("None: you pack it yourself"))],
            "service": [("", _("Ordinary, with tracking")), *services],
            "slot": [("", _("Any time")), *((slot, _("Morning") if slot == "AM" else slot) for slot in SLOTS)],
        }
        for name in (*RECEIVER, *SENDING, *ORIGIN, *GIFT):
            self.fields[name] = _field(name, choices.get(name))
        for place in range(1, self.rows_shown + 1):
            for name in LINE_FIELDS:
                self.fields[f"{name}_{place}"] = _line_field(name, is_needed=place == 1)

    def lines(self) -> list[list[Any]]:
        """The bound fields, row by row."""
        return [[self[f"{name}_{place}"] for name in LINE_FIELDS] for place in range(1, self.rows_shown + 1)]

    def section(self, names: Sequence[str]) -> list[Any]:
        """The bound fields of one part of the form."""
        return [self[name] for name in names]

    def entry(self, key: str) -> Entry:
        """What was typed, for the domain to judge."""
        told = {name: self.cleaned_data.get(name, "") for name in (*RECEIVER, *SENDING, *ORIGIN, *GIFT)}
        self._places = [place for place in range(1, self.rows_shown + 1) if self._is_filled(place)]
        typed = {place: str(self.cleaned_data[f"sku_{place}"]) for place in self._places}
        codes = _codes_of(self.actor, set(typed.values()))
        lines = tuple(
            EntryLine(
                sku=codes.get(typed[place], ""),
                seller_sku="" if typed[place] in codes else typed[place],
                title=self.cleaned_data[f"title_{place}"],
                quantity=self.cleaned_data[f"quantity_{place}"],
                price=self.cleaned_data[f"price_{place}"],
            )
            for place in self._places
        )
        return Entry(lines=lines, key=key, is_as_written=self.cleaned_data["is_as_written"], **told)

    def _is_filled(self, place: int) -> bool:
        return any(self.cleaned_data.get(f"{name}_{place}") for name in LINE_FIELDS)

    def put(self, flaws: Sequence[EntryFlaw]) -> None:
        """Show each flaw at its field, and keep those that one press mends."""
        for flaw in flaws:
            name = self._name_of(flaw)
            self.add_error(name if name in self.fields else None, str(sentence_of(flaw)))
            if flaw.mend and name in self.fields:
                self.mends.append(EntryFlaw(name, flaw.code, flaw.values, flaw.mend))

    def _name_of(self, flaw: EntryFlaw) -> str:
        field = "sku" if flaw.field == "seller_sku" else flaw.field
        if field not in LINE_FIELDS:
            return field
        place = self._places[flaw.line] if flaw.line < len(self._places) else 1
        return f"{field}_{place}"


def _field(name: str, choices: Sequence[tuple[str, Any]] | None) -> forms.Field:
    if choices is not None:
        return forms.ChoiceField(label=FIELDS[name], choices=choices, required=False)
    hints = {
        "country": _("A code such as JP, or the country's name."),
        "postal_code": _("Seven digits in Japan, such as 273-0017."),
        "phone": _("This or the mobile phone is needed."),
        "reference": _("The number at the site where it was sold. Empty: the management number."),
        "site": _("Where it was sold, such as Amazon JP."),
        "customs_code": _("Only for countries that ask for it, such as Korea."),
    }
    widget = forms.DateInput(attrs={"type": "date"}) if name == "deliver_on" else forms.TextInput(attrs=_OFF)
    return forms.CharField(
        label=FIELDS[name],
        help_text=hints.get(name, ""),
        max_length=_LONG.get(name, 100),
        required=name in NEEDED,
        error_messages={"required": _("Nothing is there. Enter it.")},
        widget=widget,
    )


def _line_field(name: str, *, is_needed: bool) -> forms.Field:
    attrs = _OFF | (
        {"inputmode": "numeric"} if name == "quantity" else {"inputmode": "decimal"} if name == "price" else {}
    )
    if name == "sku":
        attrs = _OFF | {"list": "sku-choices"}
    return forms.CharField(
        label=FIELDS[name],
        max_length=300 if name == "title" else 100,
        required=is_needed and name in {"quantity", "price"},
        error_messages={"required": _("Nothing is there. Enter it.")},
        widget=forms.TextInput(attrs=attrs),
    )


def mended(posted: QueryDict) -> QueryDict:
    """What was posted, with the value that a [Use …] button brings in its field."""
    name, _equals, value = posted.get("use", "").partition("=")
    changed = posted.copy()
    if name:
        changed[name] = value
    return changed


def initial_of(order: Order) -> dict[str, str]:
    """The form as an entered order would fill it."""
    told = {name: getattr(order.managed, name) for name in (*ORIGIN, *GIFT, "mobile")}
    to, wish = order.address, getattr(order, "wish", None)
    told |= {
        "receiver": to.name,
        "receiver_kana": to.name_kana,
        "phone": "" if order.managed.mobile else to.phone,
        "country": to.country,
        "postal_code": to.postal_code,
        "address": to.first_line,
        "address_detail": to.second_line,
        "remark": order.note,
        "branch": wish.warehouse.name if wish and wish.warehouse else "",
        "service": wish.service_code if wish else "",
        "deliver_on": wish.deliver_on.isoformat() if wish and wish.deliver_on else "",
        "slot": wish.slot if wish else "",
    }
    lines = list(Line.objects.filter(order=order, is_cancelled=False).order_by("pk"))
    codes = dict(Sku.objects.filter(pk__in=[line.sku_id for line in lines if line.sku_id]).values_list("pk", "code"))
    for place, line in enumerate(lines, start=1):
        told |= {
            f"sku_{place}": codes.get(line.sku_id or 0, line.match_code),
            f"quantity_{place}": str(line.quantity),
            f"price_{place}": formats.major(line.unit_price_minor, order.currency),
            f"title_{place}": line.title,
        }
    return told


def _rows_wanted(posted: QueryDict | None, initial: Mapping[str, str]) -> int:
    """How many lines the form shows: all that were there, one free one at least; three more on [More lines]."""
    names = posted if posted is not None else initial
    there = max((int(name[4:]) for name in names if name.startswith("sku_") and name[4:].isdecimal()), default=0)
    if posted is None:
        there += FIRST_ROWS if "more" in initial else 1
    return min(MOST_ROWS, max(FIRST_ROWS * 2 if "more" in initial else FIRST_ROWS, there))


def _codes_of(actor: Actor, typed: set[str]) -> dict[str, str]:
    """Our SKU code for each of these codes or barcodes of the reader's own."""
    own = Sku.objects.visible_to(actor)
    found = dict(Barcode.objects.filter(sku__in=own, barcode__in=typed).values_list("barcode", "sku__code"))
    found |= dict(own.filter(seller_code__in=typed - {""}).values_list("seller_code", "code"))
    return found | {code: code for code in own.filter(code__in=typed).values_list("code", flat=True)}
