"""The form that hands a file in: the file, and what its kind asks besides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor
from toiya.core.sheets import MEGABYTE, MOST_CSV_BYTES
from toiya.domain.channels.models import Connection
from toiya.domain.imports.meanings import OPTION, saved_names
from toiya.domain.imports.port import KindOfSheet, Option, WithOptions
from toiya.domain.orders.imports import CHANNEL


class SheetForm(forms.Form):
    """A file of some kind; `again` appears when the same file was here before."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or CSV (Shift_JIS or UTF-8). At most 20 MB and 100,000 rows."),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Download it once more."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    again = forms.BooleanField(label=_("Read this file once more"), required=False)

    def __init__(self, *args: Any, options: Sequence[Option], asks_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = options
        for option in options:
            self.fields[option.name] = _field(option)
        if not asks_again:
            self.fields["again"].widget = forms.HiddenInput()

    def clean_file(self) -> Any:
        """Its size, before anything of it is read."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_CSV_BYTES:
            words = _("The file has %(size)s MB; at most %(limit)s MB fit. Split it.")
            numbers = {"size": upload.size // MEGABYTE, "limit": MOST_CSV_BYTES // MEGABYTE}
            raise forms.ValidationError(words % numbers)
        return upload

    def answers(self) -> dict[str, str]:
        """What was answered besides the file."""
        return {option.name: self.cleaned_data.get(option.name, "") for option in self.options}


def _field(option: Option) -> forms.Field:
    if option.choices:
        return forms.ChoiceField(
            label=option.title,
            help_text=option.hint,
            required=False,
            choices=option.choices,
            initial=option.choices[0][0],
        )
    return forms.CharField(
        label=option.title,
        help_text=option.hint,
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _names(kind: KindOfSheet, actor: Actor) -> list[Option]:
    """Which of the seller's own mappings the file follows, once there is one."""
    names = saved_names(actor.seller_id or 0, kind.name)
    choices = [("", _("As its headings say")), *((name, name) for name in names)]
    return [Option(OPTION, _("Columns"), _("Whose file it is, of those you kept."), choices)] if names else []


def options_of(kind: KindOfSheet, actor: Actor) -> list[Option]:
    """What the kind asks this reader; an order file may belong to one of their shops."""
    asked = [*_names(kind, actor), *(kind.options_for(actor) if isinstance(kind, WithOptions) else ())]
    if kind.name != "orders":
        return asked
    shops = Connection.objects.visible_to(actor).filter(channel=CHANNEL).order_by("pk").values_list("code", "name")
    choices = [(code, name) for code, name in shops]
    hint = _("An order that also comes over the site itself is then one order, not two.")
    return [*asked, Option("shop", _("Shop"), hint, [*choices, ("", _("No shop"))])] if choices else asked
