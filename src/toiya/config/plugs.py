"""Which integrations exist: one line each."""

from __future__ import annotations


def install_plugs() -> None:
    """Put the plugs in force."""
