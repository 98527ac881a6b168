"""Which kinds of sheets sellers can hand in: one line per kind."""

from __future__ import annotations

from toiya.domain.channels.sheets import LINKS
from toiya.domain.imports.kinds import install


def install_sheets() -> None:
    """Put the table in force; called once at the start."""
    kinds = [
        LINKS,
    ]
    install({kind.name: kind for kind in kinds})
