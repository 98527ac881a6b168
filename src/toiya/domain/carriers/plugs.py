"""The carriers that exist; filled once from `config/plugs.py`."""

from __future__ import annotations

from collections.abc import Mapping

from toiya.domain.carriers.port import Carrier

_carriers: dict[str, Carrier] = {}


def install(carriers: Mapping[str, Carrier]) -> None:
    """Put the table of `config/plugs.py` in force."""
    _carriers.clear()
    _carriers.update(carriers)


def carrier_of(name: str) -> Carrier:
    """The plug of a carrier. :raises KeyError: no such plug"""
    return _carriers[name]


def carriers() -> Mapping[str, Carrier]:
    """Every carrier there is, by name."""
    return _carriers
