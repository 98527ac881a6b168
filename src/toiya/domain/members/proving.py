"""The secrets of proofs: how they are made and hashed, and which one somebody holds in their hand."""

from __future__ import annotations

import secrets as random
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from toiya.core import secrets
from toiya.core.models import EventRow
from toiya.domain.members.events import MemberSignedUp
from toiya.domain.members.models import Challenge, Membership, User
from toiya.domain.members.rules import proofs
from toiya.domain.members.rules.proofs import Verdict

Purpose = Challenge.Purpose
OF_EMAIL = (Purpose.EMAIL_LINK, Purpose.EMAIL_CODE)
CODES = (Purpose.EMAIL_CODE, Purpose.PHONE_CODE)
_TOKEN_BYTES = 32
_SALT = "toiya.members.proof"


def new_secret(purpose: str) -> str:
    """Six digits, or 256 bits for a link."""
    if purpose in CODES:
        return f"{random.randbelow(10**proofs.CODE_DIGITS):0{proofs.CODE_DIGITS}d}"
    return random.token_urlsafe(_TOKEN_BYTES)


def hash_of(purpose: str, secret: str, challenge_id: int) -> str:
    """
    The keyed hash we keep: without our key nobody can try a million codes against a stolen table.

    A code's hash holds the number of its proof, so equal codes look different; a link is found by its hash.
    """
    told = f"code {challenge_id} {secret}" if purpose in CODES else f"link {secret}"
    return salted_hmac(_SALT, told, algorithm="sha256").hexdigest()


def seal(challenge_id: int, secret: str) -> str:
    """The secret as it waits to be sent."""
    return secrets.seal(secret, bound_to=f"challenge {challenge_id}")


def unseal(challenge: Challenge) -> str:
    """The secret of a proof that was not sent yet."""
    return secrets.unseal(challenge.sealed_secret, bound_to=f"challenge {challenge.pk}")


def verdict_on(challenge: Challenge, at: datetime) -> Verdict:
    """What this proof is worth now."""
    state = proofs.State(
        expires_at=challenge.expires_at,
        is_used=challenge.used_at is not None,
        is_replaced=challenge.replaced_at is not None,
        wrong_tries=challenge.wrong_tries,
    )
    return proofs.verdict_on(state, at)


@dataclass(frozen=True, slots=True)
class Held:
    """A link in somebody's hand: the proof behind it, its person, and what it is worth now."""

    challenge: Challenge
    user: User
    verdict: Verdict


def held(token: str, purpose: str, at: datetime) -> Held | None:
    """What stands behind a link's token; None when we made no such link. Looking uses nothing up."""
    hashed = hash_of(purpose, token, 0)
    found = Challenge.objects.filter(secret_hash=hashed, purpose=purpose).select_related("user").first()
    return None if found is None else Held(found, found.user, verdict_on(found, at))


def open_proof(user: User, *purposes: str) -> Challenge | None:
    """The newest proof of these kinds that was neither given nor replaced; it may have expired."""
    found: Challenge | None = (
        Challenge.objects.filter(user=user, purpose__in=purposes, used_at=None, replaced_at=None)
        .order_by("-pk")
        .first()
    )
    return found


def mailbox_to_prove(user: User) -> str:
    """The address a proof is under way for: a new one that was asked for, else the registered one while unproven."""
    under_way = open_proof(user, *OF_EMAIL)
    if under_way is not None:
        return under_way.target
    return user.email if user.email_verified_at is None else ""


def joined_from_console(user: User) -> bool:
    """Whether the account was made at a sales site's console, where another password holds (A043)."""
    sellers = Membership.objects.filter(user=user).values_list("seller__code", flat=True)
    return EventRow.objects.filter(
        subject__in=list(sellers), name=MemberSignedUp.NAME, data__user_id=user.pk, data__way="console"
    ).exists()
