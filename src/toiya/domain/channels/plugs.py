"""The sales sites that exist; filled once from `config/plugs.py`."""

from __future__ import annotations

from collections.abc import Mapping

from toiya.domain.channels.port import Channel

_channels: dict[str, Channel] = {}


def install(channels: Mapping[str, Channel]) -> None:
    """Put the table of `config/plugs.py` in force."""
    _channels.clear()
    _channels.update(channels)


def channel_of(name: str) -> Channel:
    """The plug of a kind of sales site. :raises KeyError: no such plug"""
    return _channels[name]


def all_channels() -> Mapping[str, Channel]:
    """Every plug by name."""
    return _channels
