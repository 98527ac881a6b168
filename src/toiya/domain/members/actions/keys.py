"""Keys for programs: 256 bits shown once, kept as a hash, able to do at most what their maker may."""

from __future__ import annotations

import hashlib
import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.domain.members.events import KeyMade, KeyRevoked
from toiya.domain.members.models import ApiKey, Membership, Seller
from toiya.domain.members.rules import SELLER_ROLES
from toiya.domain.members.rules.scopes import SCOPES

PREFIX = "toiya_"
SECRET_BYTES = 32
BEGINNING = len(PREFIX) + 6
MOST_KEYS = 50


class ScopeBeyondRole(Refusal):
    """A key does at most what its maker may."""

    code = "scope_beyond_role"
    message = gettext_lazy("A key may do only what you may do yourself. Choose among the permissions shown.")


class TooManyKeys(Refusal):
    """So many keys that nobody knows them apart."""

    code = "too_many_keys"
    message = gettext_lazy("There are %(most)s keys already. Revoke those that no program uses any more.")


@dataclass(frozen=True, slots=True)
class WantedKey:
    """Name, what it may do (values of Permission), and until when."""

    name: str
    scopes: Sequence[str]
    expires_at: datetime | None


@transaction.atomic
def make_key(*, seller_id: int, key: WantedKey, actor: Actor, at: datetime) -> tuple[ApiKey, str]:
    """
    A new key of the acting member, and its secret, which is not kept.

    :raises ScopeBeyondRole: it would do more than the maker may, or nothing
    :raises TooManyKeys:
    """
    seller = Seller.objects.filter(pk=seller_id).lock().get()
    role = Membership.objects.filter(seller=seller, user_id=int(actor.id)).values_list("role", flat=True).first()
    own = SELLER_ROLES.get(role or "", frozenset())
    if not key.scopes or not set(key.scopes) <= ({str(each) for each in own} & {str(each) for each in SCOPES}):
        raise ScopeBeyondRole()
    if ApiKey.objects.filter(seller=seller, revoked_at=None).count() >= MOST_KEYS:
        raise TooManyKeys(most=MOST_KEYS)

    secret = PREFIX + random.token_urlsafe(SECRET_BYTES)
    number = next_ids("members_apikey_id_seq", 1)[0]
    row = ApiKey.objects.create(
        id=number,
        seller=seller,
        code=code_for("KEY", number),
        name=key.name,
        beginning=secret[:BEGINNING],
        secret_hash=hashed(secret),
        scopes=sorted(set(key.scopes)),
        made_by_id=int(actor.id),
        made_at=at,
        expires_at=key.expires_at,
    )

    event = KeyMade(seller_id=seller_id, subject=row.code, scopes=" ".join(row.scopes))
    events.record(event, actor=actor, at=at)
    return row, secret


@transaction.atomic
def revoke_key(*, seller_id: int, code: str, actor: Actor, at: datetime) -> None:
    """The key works no more, from the next request on. Once more changes nothing."""
    keys = ApiKey.objects.filter(seller_id=seller_id, code=code, revoked_at=None).lock()
    revoke_rows(list(keys), "wish", actor, at)


def revoke_keys_of(*, seller_id: int, user_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """All keys that a member made die with the member's role; part of a higher action."""
    keys = ApiKey.objects.filter(seller_id=seller_id, made_by_id=user_id, revoked_at=None).lock()
    revoke_rows(list(keys), reason, actor, at)


def revoke_rows(keys: Sequence[ApiKey], reason: str, actor: Actor, at: datetime) -> None:
    """These keys end; part of an action."""
    if not keys:
        return
    ApiKey.objects.filter(pk__in=[key.pk for key in keys]).update(revoked_at=at)
    events.record_all(
        [KeyRevoked(seller_id=key.seller_id, subject=key.code, reason=reason) for key in keys], actor=actor, at=at
    )


def note_used(*, key_id: int, at: datetime) -> None:
    """A program used the key just now."""
    ApiKey.objects.filter(pk=key_id).update(last_used_at=at)


def hashed(secret: str) -> str:
    """What we keep of a key's secret: 256 random bits need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()
