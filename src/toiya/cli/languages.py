"""The translations as Django wants them: compiled with Babel, for a bare machine has no gettext programs."""

import os
from pathlib import Path

from babel.messages import mofile, pofile

from toiya.config.places import ROOT

LOCALE = ROOT / "locale"


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Compile each django.po that is newer than its django.mo; return the files written."""
    return [write for source in sorted(locale.glob("*/LC_MESSAGES/django.po")) if (write := compile_one(source))]


def compile_one(source: Path) -> Path | None:
    """
    Compile one file unless it is up to date; several processes may do so at once.

    A file that cannot be written (an installation owned by someone else) stays as it is.
    """
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return None
    fresh = target.with_suffix(f".{os.getpid()}.mo")
    try:
        with source.open("rb") as file:
            catalog = pofile.read_po(file, locale=source.parent.parent.name)
        with fresh.open("wb") as file:
            mofile.write_mo(file, catalog)
        fresh.replace(target)
    except PermissionError:
        return None
    return target
