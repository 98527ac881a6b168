"""A language of the tests' own: every text in brackets and 40 % longer, so that what is cut or untranslated shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from django.test import override_settings
from django.utils.translation import trans_real

from toiya.cli.languages import LOCALE

TONGUE = "el"  # its dates and numbers have no Latin letters, so that any Latin word is one of ours left untranslated
LONGER = 1.4
_FILLER = "ωωωω "


def longer(text: str) -> str:
    """The text in brackets, with filler words up to 40 % more."""
    wanted = max(ceil(len(text) * LONGER) - len(text) - 2, 0)
    filler = (" " + _FILLER * wanted)[: wanted + 1].rstrip()
    return f"⟦{text}{filler}⟧"


@contextmanager
def spoken(folder: Path) -> Iterator[str]:
    """The house speaks it as long as this lasts; yields its code, for a browser's `locale`."""
    with (LOCALE / "ja" / "LC_MESSAGES" / "django.po").open("rb") as file:
        known = pofile.read_po(file)
    catalog = Catalog(locale=TONGUE)
    for message in known:
        if message.id:
            texts = message.id if isinstance(message.id, tuple) else (message.id,)
            made = tuple(longer(text) for text in texts)
            catalog.add(message.id, made if len(made) > 1 else made[0], context=message.context)
    target = folder / TONGUE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        mofile.write_mo(file, catalog)
    with override_settings(LANGUAGES=[("en", "⟦English⟧"), (TONGUE, "⟦Longer⟧")], LOCALE_PATHS=[folder]):
        _forget()
        yield TONGUE
    _forget()


def _forget() -> None:
    """Django keeps languages per process; settings changed for a test do not reach all of it."""
    for name in ("get_languages", "get_supported_language_variant", "check_for_language"):
        cleared = getattr(getattr(trans_real, name), "cache_clear", None)
        if cleared:
            cleared()
    trans_real._translations = {}


def left_outside(shown: str) -> str:
    """What of a page's text is in no brackets: neither translated nor filled into a translation."""
    outside, depth = [], 0
    for letter in shown:
        depth += (letter == "⟦") - (letter == "⟧")
        if depth <= 0 and letter != "⟧":
            outside.append(letter)
    return "".join(outside)
