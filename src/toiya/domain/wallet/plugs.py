"""The card gateway of this installation, if it has one; filled once from `config/plugs.py`."""

from __future__ import annotations

from toiya.domain.wallet.port import CardGateway

_gateways: list[CardGateway] = []


def install(gateway: CardGateway | None) -> None:
    """Put it in force."""
    _gateways[:] = [gateway] if gateway else []


def has_gateway() -> bool:
    """Whether sellers can pay by card here."""
    return bool(_gateways)


def gateway() -> CardGateway:
    """The plug. :raises IndexError: there is none"""
    return _gateways[0]
