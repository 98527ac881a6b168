"""How often somebody may try to sign in. A device the account knows has tries of its own, so nobody locks it out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from toiya.core import limits
from toiya.core.limits import Limit
from toiya.web.shared import devices

ACCOUNT_HERE = Limit("sign-in to an account from an address", 8, timedelta(minutes=5))
ACCOUNT = Limit("sign-in to an account from anywhere", 40, timedelta(hours=1))
ADDRESS = Limit("sign-in from an address", 60, timedelta(minutes=15))
KNOWN_DEVICE = Limit("sign-in from a known device", 12, timedelta(minutes=5))
FACTOR = Limit("second step", 6, timedelta(minutes=10))


def before_password(request: HttpRequest, account: str, at: datetime) -> None:
    """Count one try with a password. :raises TooManyTries: nothing was looked at"""
    device = devices.known_as(request, account)
    if device:
        limits.take(KNOWN_DEVICE, f"{device} {account}", at=at)
        return
    address = devices.address_of(request)
    limits.take(ADDRESS, address, at=at)
    limits.take(ACCOUNT_HERE, f"{account} {address}", at=at)
    limits.take(ACCOUNT, account, at=at)


def after_password(request: HttpRequest, account: str) -> None:
    """It was the right one: the tries from here are there again."""
    limits.forget(ACCOUNT_HERE, f"{account} {devices.address_of(request)}")


def before_factor(request: HttpRequest, user_id: int, at: datetime) -> None:
    """Count one try with a code, wherever it comes from; a known device has tries of its own."""
    device = devices.known_as(request, f"user {user_id}")
    limits.take(FACTOR, f"{user_id} {device}", at=at)
