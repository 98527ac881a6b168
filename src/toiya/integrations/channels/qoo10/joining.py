"""The seller console's way over to us: its signed assertion checked, and the key it gives for one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels.port import Assertion, IssuedKey, JoinPurpose
from toiya.domain.channels.rules import CLOCK_SKEW
from toiya.integrations.channels.qoo10 import console
from toiya.integrations.channels.qoo10.client import Client, Post

ALGORITHM = (
    "Ed25519"  # EdDSA by its full name (RFC 9864); one, fixed: what the assertion's head says of it decides nothing
)
OLDEST = timedelta(minutes=5)
LONGEST_ASSERTION = 8192


class Console:
    """The console of one host, with its pinned key: from the settings, or fetched once from the address in them."""

    def __init__(self, client: Client, base: str, pinned_key: str = "") -> None:
        """
        :param base: the console's address, which is also its name as an issuer
        :param pinned_key: its public Ed25519 key as a JSON web key; '' fetches it at the first need
        :raises ValueError: the pinned key is none
        """
        self._client = client
        self._base = base
        self._lock = Lock()
        self._key: OKPKey | None = _public_key(json.loads(pinned_key)) if pinned_key else None
        parts = urlsplit(base)
        self.origins = frozenset({f"{parts.scheme}://{parts.netloc}"})

    def begin_url(self) -> str:
        """QX Smart Inventory's page, with the button at its top (A031)."""
        return f"{self._base}/smart-inventory/"

    def verify_assertion(self, raw: str, audience: str, at: datetime) -> Assertion:
        """
        See the port. The key is not fetched anew for an assertion it does not fit: it is pinned.

        :raises Rejected: `assertion_refused`
        :raises Unreachable: the key could not be fetched
        """
        if not raw.isascii() or len(raw) > LONGEST_ASSERTION:
            raise _refused("no assertion")
        key = self._pinned()
        try:
            claims = jwt.decode(raw, key, algorithms=[ALGORITHM]).claims
        except (JoseError, ValueError, TypeError, KeyError, RecursionError) as trouble:
            raise _refused(type(trouble).__name__) from trouble
        if not isinstance(claims, dict) or claims.get("iss") != self._base or claims.get("aud") != audience:
            raise _refused("issuer or audience")
        try:
            return _assertion(claims, at)
        except (ValueError, TypeError, KeyError, OverflowError, OSError) as trouble:
            raise _refused("claims") from trouble

    def issue_key_for(self, raw: str, shop_id: str, at: datetime) -> IssuedKey:  # noqa: ARG002 (the site knows the time)
        """
        See the port; the site also switches QX Smart Inventory on (A030).

        :raises Rejected: `grant_refused`, `other_shop`
        :raises Unreachable: no answer
        """
        return console.ask_key(self._client, Post(f"{self._base}/join/key", {"assertion": raw}), shop_id)

    def _pinned(self) -> OKPKey:
        with self._lock:
            if self._key is None:
                self._key = _first_key(self._client.get(f"{self._base}/keys.json"))
            return self._key


def _first_key(body: bytes) -> OKPKey:
    try:
        return _public_key(json.loads(body)["keys"][0])
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as trouble:
        raise Unreachable("no_console_key", type(trouble).__name__) from trouble


def _public_key(told: Any) -> OKPKey:
    """:raises ValueError: not the public half of an Ed25519 key"""
    if not isinstance(told, dict) or (told.get("kty"), told.get("crv")) != ("OKP", "Ed25519") or "d" in told:
        raise ValueError("not a public Ed25519 key")
    try:
        return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": str(told["x"])})
    except JoseError as trouble:
        raise ValueError("not a public Ed25519 key") from trouble


def _assertion(claims: Mapping[str, Any], at: datetime) -> Assertion:
    issued_at, expires_at = _moment(claims["iat"]), _moment(claims["exp"])
    is_timely = issued_at - CLOCK_SKEW <= at <= min(expires_at, issued_at + OLDEST) + CLOCK_SKEW
    if not is_timely or expires_at <= issued_at:
        raise _refused("too old, or not yet")
    where = claims.get("address", {})
    if not isinstance(where, dict):
        raise ValueError("address is not an object")
    return Assertion(
        issuer=_text(claims, "iss"),
        token_id=_needed(claims, "jti"),
        shop_id=_needed(claims, "sub"),
        purpose=JoinPurpose(claims["purpose"]),
        expires_at=min(expires_at, issued_at + OLDEST),
        email=_needed(claims, "email"),
        shop_name=_text(claims, "shop_name"),
        contact_name=_text(claims, "name"),
        phone=_text(claims, "phone_number"),
        country=_text(where, "country"),
        postal_code=_text(where, "postal_code"),
        address=_text(where, "formatted"),
        company_name=_text(claims, "company_name"),
    )


def _moment(seconds: Any) -> datetime:
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise ValueError("not whole seconds")
    return datetime.fromtimestamp(seconds, UTC)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a text")
    return value.strip()


def _needed(claims: Mapping[str, Any], name: str) -> str:
    value = _text(claims, name)
    if not value or len(value) > 100 or not value.isprintable():
        raise ValueError(f"{name} is missing or too long")
    return value


def _refused(why: str) -> Rejected:
    return Rejected("assertion_refused", why)
