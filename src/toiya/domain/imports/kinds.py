"""Which kinds of sheets this installation takes; `config/sheets.py` puts them in force at the start."""

from __future__ import annotations

from collections.abc import Mapping

from toiya.core.errors import NotFound
from toiya.domain.imports.port import KindOfSheet, NamesBuyers

_KINDS: dict[str, KindOfSheet] = {}


def install(kinds: Mapping[str, KindOfSheet]) -> None:
    """Put the table in force."""
    _KINDS.clear()
    _KINDS.update(kinds)


def kind_of(name: str) -> KindOfSheet:
    """The kind of that name. :raises NotFound:"""
    found = _KINDS.get(name)
    if found is None:
        raise NotFound(kind="sheet", code=name)
    return found


def kinds() -> Mapping[str, KindOfSheet]:
    """All of them, by name."""
    return dict(_KINDS)


def naming_buyers() -> list[str]:
    """The kinds whose rows name people who bought."""
    return [name for name, kind in _KINDS.items() if isinstance(kind, NamesBuyers) and kind.names_buyers]
