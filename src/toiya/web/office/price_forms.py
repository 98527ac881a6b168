"""The office's forms for rate cards: beginning one, its table of prices, whom it is for, and a quote."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.pricing.actions.cards import CURRENCIES
from toiya.domain.pricing.amounts import plain
from toiya.domain.pricing.card_rules import RateChange
from toiya.domain.pricing.models import ChargeKind
from toiya.domain.pricing.rules import Facts, Kind, Rate
from toiya.web.shared.whole_numbers import WholeField, plain_digits

_DAY = {"required": _("Enter the day."), "invalid": _("Enter a day, such as 2026-11-24.")}
MONTHS = (1, 3, 6, 12)
MOST_FILE = 4 * 1024 * 1024


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, error_messages=_DAY, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class CardForm(forms.Form):
    """A new card: empty, or with the prices of another one."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        error_messages={"required": _("Enter a name, such as Standard 2027.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    copy_of = forms.ChoiceField(label=_("Begin with the prices of"), required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(each, each) for each in CURRENCIES])
    from_on = _day(_("From the day"))

    def __init__(self, *args: Any, cards: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["copy_of"]
        field.choices = [("", _("No prices yet")), *cards]


class AssignForm(forms.Form):
    """Whom a card is for from a day on; no card ends what was assigned before."""

    card = forms.ChoiceField(label=_("Rate card"), required=False)
    seller = forms.ChoiceField(label=_("Seller"), required=False)
    warehouse = forms.ChoiceField(label=_("Warehouse"), required=False)
    from_on = _day(_("From the day"))

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[Any, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = {"card": _("None: end what holds now"), "seller": _("All sellers"), "warehouse": _("All warehouses")}
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", empty[name]), *found]


class RatesForm(forms.Form):
    """The prices of a version, one control a rule (empty takes it out), and one rule more."""

    from_on = _day(_("In force from the day"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("What is priced"), choices=[("", "–"), *ChargeKind.choices], required=False)
    conditions = forms.CharField(
        label=_("Where"),
        required=False,
        help_text=_("Such as service=nekopos, weight_g_from=2000. Empty: everywhere."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    price = forms.CharField(label=_("Price"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    per = WholeField(label=_("For so many units"), required=False, min_value=1, initial=1)

    def __init__(self, *args: Any, rates: Sequence[Rate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rates = list(rates)
        for place, rule in enumerate(self.rates):
            self.fields[f"rate-{place}"] = forms.CharField(
                required=False,
                initial=plain(rule.price),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """What was typed as changes of rules."""
        cleaned = super().clean() or {}
        changes = [change for place, rule in enumerate(self.rates) if (change := self._changed(place, rule))]
        if cleaned.get("kind"):
            price = self._price("price", cleaned.get("price", ""))
            conditions = self._conditions(cleaned.get("conditions", ""))
            if price is None and "price" not in self.errors:
                self.add_error("price", _("Enter a price, 0 for nothing."))
            changes.append(RateChange(Kind(cleaned["kind"]), price, conditions, cleaned.get("per") or 1))
        cleaned["changes"] = changes
        return cleaned

    def _changed(self, place: int, rule: Rate) -> RateChange | None:
        name = f"rate-{place}"
        price = self._price(name, self.cleaned_data.get(name, ""))
        return None if price == rule.price else RateChange(rule.kind, price, rule.conditions, rule.per)

    def _price(self, name: str, typed: str) -> Decimal | None:
        text = plain_digits(typed)
        if not text:
            return None
        try:
            price = Decimal(text)
        except InvalidOperation:
            price = Decimal("NaN")
        if not price.is_finite():
            self.add_error(name, _("Enter a price, such as 310 or 0.5."))
            return None
        return price

    def _conditions(self, typed: str) -> Facts:
        found: dict[str, str | int] = {}
        for part in unicodedata.normalize("NFKC", typed).split(","):
            name, equals, value = (each.strip() for each in part.partition("="))
            if not part.strip():
                continue
            if not equals or not value:
                self.add_error("conditions", _("Write each condition as name=value, with commas between them."))
                return {}
            is_limit = name.endswith(("_from", "_under")) and value.isascii() and value.isdigit() and len(value) < 10
            found[name] = int(value) if is_limit else value
        return found

    @property
    def rows(self) -> list[tuple[Rate, Any]]:
        """Each rule with its control."""
        return [(rule, self[f"rate-{place}"]) for place, rule in enumerate(self.rates)]


class ZoneSheetForm(forms.Form):
    """Prices by zone as a sheet, and from when on."""

    file = forms.FileField(
        label=_("Sheet of prices by zone"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another one.")},
    )
    from_on = _day(_("In force from the day"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def clean_file(self) -> Any:
        """Not beyond what is read at once; what is in it says the content, not the name."""
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE:
            raise forms.ValidationError(_("The file is larger than 4 MB. Hand the services in one after the other."))
        return file


class QuoteForm(forms.Form):
    """Whose past months, with which card, and which service in another's place."""

    seller = forms.ChoiceField(label=_("Seller"))
    card = forms.ChoiceField(label=_("Rate card"))
    months = forms.TypedChoiceField(
        label=_("Past months"), coerce=int, choices=[(each, each) for each in MONTHS], initial=3
    )
    running = forms.BooleanField(label=_("This month up to today too"), required=False)
    service = forms.ChoiceField(label=_("In the place of this service"), required=False)
    instead = forms.ChoiceField(
        label=_("this one, where the parcel fits"),
        help_text=_("At its list price of today, unless the card has a price."),
        required=False,
    )

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = found if field.required else [("", _("As it was")), *found]

    def clean(self) -> dict[str, Any]:
        """A change of services names both."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("service")) != bool(cleaned.get("instead")):
            self.add_error("instead", _("Choose both services, or neither."))
        return cleaned
