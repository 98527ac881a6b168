"""What a person proves themselves with beside the password: authenticator app, passkeys, recovery codes."""

from __future__ import annotations

import hashlib
import secrets as random
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, secrets
from toiya.core.actor import Actor
from toiya.core.codes import ALPHABET
from toiya.core.errors import Refusal
from toiya.domain.members.events import FactorAdded, FactorRemoved, RecoveryCodesMade, RecoveryCodeUsed
from toiya.domain.members.models import Factor, RecoveryCode, User
from toiya.domain.members.queries import needs_factor, person_code
from toiya.domain.members.rules import totp

RECOVERY_CODES = 10
CODE_LETTERS = 12  # of 31: 59 bits, typed from paper; the brake makes it enough
MOST_FACTORS = 10


class WrongFactorCode(Refusal):
    """Not the code of now, used already, or not a recovery code that is left. One message for all."""

    code = "wrong_factor_code"
    message = gettext_lazy("That code does not fit, or was used before. Wait for the next code and enter that one.")


class PasskeyRefused(Refusal):
    """The signature, its challenge, its origin or its owner is not what it must be."""

    code = "passkey_refused"
    message = gettext_lazy("That passkey was not accepted here. Try once more, or sign in another way.")


class AppAlreadyAdded(Refusal):
    """One authenticator app per person."""

    code = "app_already_added"
    message = gettext_lazy("There is an authenticator app already. Remove it first, then add the new one.")


class TooManyFactors(Refusal):
    """More passkeys than anybody has devices."""

    code = "too_many_factors"
    message = gettext_lazy("There are %(most)s factors already. Remove one that you no longer use first.")


class LastFactorNeeded(Refusal):
    """The role asks for a second factor, and this is the last."""

    code = "last_factor_needed"
    message = gettext_lazy("Your role asks for a second factor. Add another one first, then remove this one.")


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a browser registered, verified at the edge: the credential's name, its public data, its counter."""

    credential: str
    public_key: str
    counter: int
    name: str


def bound_to(user_id: int) -> str:
    """What the sealed seed of an app belongs to: another person's row cannot open it."""
    return f"factor app {user_id}"


@transaction.atomic
def add_app(*, user_id: int, seed: str, code: str, name: str, actor: Actor, at: datetime) -> Factor:
    """
    Add an authenticator app, proven by the code it shows now.

    :raises AppAlreadyAdded:
    :raises WrongFactorCode:
    """
    user = _locked(user_id)
    if Factor.objects.filter(user=user, kind=Factor.Kind.APP).exists():
        raise AppAlreadyAdded()
    step = totp.step_that_fits(seed, code, at=at, after=0)
    if step is None:
        raise WrongFactorCode()

    factor = Factor.objects.create(
        user=user,
        kind=Factor.Kind.APP,
        name=name,
        sealed_seed=secrets.seal(seed, bound_to=bound_to(user_id)),
        last_step=step,
        added_at=at,
    )

    _record_added(factor, actor, at)
    return factor


@transaction.atomic
def add_passkey(*, user_id: int, passkey: NewPasskey, actor: Actor, at: datetime) -> Factor:
    """
    Add a passkey whose registration the edge has verified.

    :raises PasskeyRefused: the credential is known already
    :raises TooManyFactors:
    """
    user = _locked(user_id)
    if Factor.objects.filter(credential=passkey.credential).exists():
        raise PasskeyRefused()
    if Factor.objects.filter(user=user).count() >= MOST_FACTORS:
        raise TooManyFactors(most=MOST_FACTORS)

    factor = Factor.objects.create(
        user=user,
        kind=Factor.Kind.PASSKEY,
        name=passkey.name,
        credential=passkey.credential,
        public_key=passkey.public_key,
        counter=passkey.counter,
        added_at=at,
    )

    _record_added(factor, actor, at)
    return factor


@transaction.atomic
def ask_for_factor(*, user_id: int, actor: Actor, at: datetime) -> datetime:
    """Since when this person's role asks for a second factor: now, when it had not asked before."""
    user = _locked(user_id)
    if user.factor_asked_at is None:
        user.factor_asked_at = at
        user.save(update_fields=["factor_asked_at"])
    return user.factor_asked_at


@transaction.atomic
def remove_factor(*, user_id: int, factor_id: int, actor: Actor, at: datetime) -> None:
    """
    Take a factor away; with the last one go the recovery codes.

    :raises LastFactorNeeded: the person's role asks for one
    """
    user = _locked(user_id)
    factors = list(Factor.objects.filter(user=user))
    factor = next((each for each in factors if each.pk == factor_id), None)
    if factor is None:
        return
    if len(factors) == 1 and needs_factor(user):
        raise LastFactorNeeded()

    factor.delete()
    if len(factors) == 1:
        RecoveryCode.objects.filter(user=user).delete()

    event = FactorRemoved(seller_id=None, subject=person_code(user_id), user_id=user_id, kind=factor.kind)
    events.record(event, actor=actor, at=at)


@transaction.atomic
def make_recovery_codes(*, user_id: int, actor: Actor, at: datetime) -> list[str]:
    """Ten new recovery codes, shown this once; the old ones are void."""
    user = _locked(user_id)
    codes = ["".join(random.choice(ALPHABET) for _ in range(CODE_LETTERS)) for _ in range(RECOVERY_CODES)]

    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=_hashed(user_id, code), made_at=at) for code in codes
    )

    events.record(RecoveryCodesMade(seller_id=None, subject=person_code(user_id), user_id=user_id), actor=actor, at=at)
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


@transaction.atomic
def use_code(*, user_id: int, code: str, actor: Actor, at: datetime) -> str:
    """
    Take a code of the app, or a recovery code; each works once. Returns which it was: app or recovery_code.

    :raises WrongFactorCode:
    """
    user = _locked(user_id)
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(typed) == totp.DIGITS and typed.isascii() and typed.isdigit():
        _use_app_code(user, typed, at)
        return "app"
    unused = RecoveryCode.objects.filter(user=user, used_at=None)
    if not unused.filter(code_hash=_hashed(user_id, typed)).update(used_at=at):
        raise WrongFactorCode()

    left = unused.count()
    event = RecoveryCodeUsed(seller_id=None, subject=person_code(user_id), user_id=user_id, left=left)
    events.record(event, actor=actor, at=at)
    return "recovery_code"


@transaction.atomic
def use_passkey(*, factor_id: int, counter: int, actor: Actor, at: datetime) -> Factor:
    """
    Note that a passkey signed, the edge having verified the signature.

    :raises PasskeyRefused: its counter stands where it stood before: a copy, or the same signature again
    """
    factor: Factor = Factor.objects.filter(pk=factor_id).select_related("user").lock().get()
    if (counter or factor.counter) and counter <= factor.counter:
        raise PasskeyRefused()

    factor.counter, factor.used_at = counter, at
    factor.save(update_fields=["counter", "used_at"])
    return factor


def _use_app_code(user: User, typed: str, at: datetime) -> None:
    factor = Factor.objects.filter(user=user, kind=Factor.Kind.APP).lock().first()
    if factor is None:
        raise WrongFactorCode()
    seed = secrets.unseal(factor.sealed_seed, bound_to=bound_to(user.pk))
    step = totp.step_that_fits(seed, typed, at=at, after=factor.last_step)
    if step is None:
        raise WrongFactorCode()
    factor.last_step, factor.used_at = step, at
    factor.save(update_fields=["last_step", "used_at"])


def _locked(user_id: int) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user_id)


def _hashed(user_id: int, code: str) -> str:
    return hashlib.sha256(f"{user_id} {code}".encode()).hexdigest()


def _record_added(factor: Factor, actor: Actor, at: datetime) -> None:
    event = FactorAdded(seller_id=None, subject=person_code(factor.user_id), user_id=factor.user_id, kind=factor.kind)
    events.record(event, actor=actor, at=at)
