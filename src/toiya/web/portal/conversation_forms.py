"""The one field of a conversation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from toiya.domain.conversations.rules import MOST_LETTERS


class WordsForm(forms.Form):
    """What is said: plain text."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=MOST_LETTERS,
        error_messages={"required": _("Write your message first.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
