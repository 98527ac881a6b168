"""Secrets at rest: AES-256-GCM with the key's name in the value, bound to the row and column they belong to."""

from __future__ import annotations

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE_BYTES = 12


def _keys() -> dict[str, bytes]:
    pairs = (pair.split(":", 1) for pair in settings.FIELD_KEYS.split(",") if pair)
    return {name: bytes.fromhex(key) for name, key in pairs}


def seal(secret: str, *, bound_to: str) -> str:
    """Encrypt with the first key of the ring. `bound_to` names row and column; another row cannot open it."""
    name, key = next(iter(_keys().items()))
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, secret.encode(), bound_to.encode())
    return f"{name}:{base64.b64encode(nonce + sealed).decode()}"


def unseal(value: str, *, bound_to: str) -> str:
    """Decrypt. :raises cryptography.exceptions.InvalidTag: the value was changed or belongs to another row"""
    name, encoded = value.split(":", 1)
    raw = base64.b64decode(encoded)
    opened = AESGCM(_keys()[name]).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], bound_to.encode())
    return opened.decode()
