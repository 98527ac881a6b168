"""Passkeys (WebAuthn): what the browser is asked, and whether its answer holds. A challenge is used once."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from toiya.domain.members.actions.factors import NewPasskey, PasskeyRefused
from toiya.domain.members.models import Factor, User

STATE = "passkey_challenge"
LONGEST_ANSWER = 20_000
# What fido2 raises on an answer that is not one: wrong challenge, origin, signature, or no JSON of that shape at all.
BROKEN = (ValueError, TypeError, KeyError, AttributeError, IndexError)


def registration_options(request: Any, user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey for this person; keeps the challenge in the session."""
    person = PublicKeyCredentialUserEntity(id=_handle(user), name=user.email or user.login, display_name=user.name)
    options, state = _server(request).register_begin(
        person,
        credentials=[_public(factor) for factor in _passkeys(user)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[STATE] = {"for": "create", "user": user.pk, "state": dict(state)}
    return dict(options)


def registered(request: Any, user: User, answer: str, name: str) -> NewPasskey:
    """The passkey a browser made. :raises PasskeyRefused: it is not the answer to what we asked this person"""
    state = _taken_state(request, "create")
    if state.get("user") != user.pk:
        raise PasskeyRefused()
    try:
        made = _server(request).register_complete(state["state"], _read(answer))
    except BROKEN as reason:
        raise PasskeyRefused() from reason
    credential = made.credential_data
    if credential is None:
        raise PasskeyRefused()
    public_key = base64.b64encode(bytes(credential)).decode()
    return NewPasskey(websafe_encode(credential.credential_id), public_key, made.counter, name)


def signing_options(request: Any, user: User | None) -> dict[str, Any]:
    """What the browser needs to sign: with a passkey of this person, or (None) of whoever holds one."""
    options, state = _server(request).authenticate_begin(
        credentials=[_public(factor) for factor in _passkeys(user)] if user else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[STATE] = {"for": "get", "user": user.pk if user else None, "state": dict(state)}
    return dict(options)


def signed(request: Any, answer: str, user: User | None) -> tuple[Factor, int]:
    """
    The passkey that signed, and its counter.

    :raises PasskeyRefused: no challenge of ours, used before, another person's, another site's, or not its signature
    """
    state = _taken_state(request, "get")
    if state.get("user") != (user.pk if user else None):
        raise PasskeyRefused()
    try:
        told = _read(answer)
        found = Factor.objects.filter(kind=Factor.Kind.PASSKEY, credential=str(told["rawId"]).rstrip("="))
        factor = found.select_related("user").first()
        if factor is None or not factor.user.is_active or (user and factor.user_id != user.pk):
            raise PasskeyRefused()
        handle = told["response"].get("userHandle")
        if handle and websafe_decode(handle) != _handle(factor.user):
            raise PasskeyRefused()
        _server(request).authenticate_complete(state["state"], [_public(factor)], told)
        counter = int.from_bytes(websafe_decode(told["response"]["authenticatorData"])[33:37], "big")
    except BROKEN as reason:
        raise PasskeyRefused() from reason
    return factor, counter


def _server(request: Any) -> Fido2Server:
    origin = f"{request.scheme}://{request.get_host()}"
    host = settings.PASSKEY_HOST or request.get_host().rsplit(":", 1)[0]
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name="Toiya"), verify_origin=lambda told: bool(told == origin)
    )


def _taken_state(request: Any, purpose: str) -> dict[str, Any]:
    state = request.session.pop(STATE, None)
    if not state or state.get("for") != purpose:
        raise PasskeyRefused()
    return dict(state)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("longer than any answer")
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError("no object")
    return read


def _passkeys(user: User) -> list[Factor]:
    return list(Factor.objects.filter(user=user, kind=Factor.Kind.PASSKEY))


def _public(factor: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(base64.b64decode(factor.public_key))


def _handle(user: User) -> bytes:
    return f"toiya-{user.pk}".encode()
