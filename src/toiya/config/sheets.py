"""Which kinds of sheets sellers can hand in: one line per kind."""

from __future__ import annotations

from toiya.domain.imports.kinds import install
from toiya.domain.inbound.sheets import InOutSheet


def install_sheets() -> None:
    """Put the table in force; called once at the start."""
    install(
        {
            "in-out": InOutSheet(),
        }
    )
