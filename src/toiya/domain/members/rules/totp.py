"""Codes of an authenticator app (RFC 6238, SHA-1, 6 digits, 30 seconds): what every app on the market makes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SEED_BYTES = 20
# One step earlier and one later: clocks of phones go a little wrong, and typing takes its time.
DRIFT = (-1, 0, 1)


def seed_from(random_bytes: bytes) -> str:
    """A seed as apps take it by hand: base32 without padding."""
    return base64.b32encode(random_bytes).decode().rstrip("=")


def step_of(at: datetime) -> int:
    """The number of the time step at an instant."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(seed: str, step: int) -> str:
    """The code that an app shows during that step."""
    key = base64.b32decode(seed + "=" * (-len(seed) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    (value,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(value & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


def step_that_fits(seed: str, code: str, *, at: datetime, after: int) -> int | None:
    """
    The step whose code this is, or None.

    :param after: the last step that was used; it and all before it are over, so that no code works twice
    """
    now = step_of(at)
    fitting = [now + drift for drift in DRIFT if hmac.compare_digest(code_at(seed, now + drift), code)]
    return next((step for step in fitting if step > after), None)


def address_for_app(seed: str, *, account: str, issuer: str) -> str:
    """What the square code says that an app reads."""
    query = urlencode({"secret": seed, "issuer": issuer, "digits": DIGITS, "period": STEP_SECONDS})
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{query}"
