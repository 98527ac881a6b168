"""Giving a proof: a link that was pressed, a code that was typed, a password set by a link. Each works once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.events import Event
from toiya.domain.members import proving
from toiya.domain.members.events import EmailChanged, EmailVerified, PasswordReset, PhoneVerified
from toiya.domain.members.models import Challenge, User
from toiya.domain.members.proving import OF_EMAIL, Purpose
from toiya.domain.members.rules.proofs import MOST_WRONG_CODES, Verdict


class ProofUnknown(Refusal):
    """We made no such link, or it was cut on its way; or no code is under way."""

    code = "proof_unknown"
    message = gettext_lazy("We do not know this link or code. Copy the whole link, or ask for a new one.")


class ProofUsed(Refusal):
    code = "proof_used"
    message = gettext_lazy("This was used already, and each works once. Go on, or ask for a new one.")


class ProofReplaced(Refusal):
    code = "proof_replaced"
    message = gettext_lazy("A newer mail or message replaced this one. Use the newest, or ask for another.")


class ProofExpired(Refusal):
    code = "proof_expired"
    message = gettext_lazy("This is too old to count. Ask for a new one; it comes within a minute.")


class CodeDead(Refusal):
    """Five wrong tries: even the right code counts no more."""

    code = "code_dead"
    message = gettext_lazy("Five wrong codes were entered, so this one ended. Ask for a new code.")


class WrongCode(Refusal):
    code = "wrong_code"
    message = gettext_lazy("That is not the code we sent. Check the six digits; tries left: %(left)s.")


class MailboxTaken(Refusal):
    """Told only to somebody who has just proven that the mailbox is theirs."""

    code = "mailbox_taken"
    message = gettext_lazy("%(email)s is another account's log-in. Sign in with that account, or use another e-mail.")


@dataclass(frozen=True, slots=True)
class Proven:
    """Whose proof it was, and what it proved; `was_changed` when it took the place of another."""

    user: User
    target: str
    was_changed: bool


def verify_email_by_link(*, token: str, actor: Actor, at: datetime) -> Proven:
    """
    The mailbox is its person's; a new one takes the place of the old. Whoever was kept out is in again at once (L35).

    :raises ProofUnknown: or ProofUsed, ProofReplaced, ProofExpired
    :raises MailboxTaken: another account signs in with it
    """
    with transaction.atomic():
        challenge, user = _locked_by_token(token, Purpose.EMAIL_LINK)
        _check(challenge, at)
        return _prove_email(user, challenge, actor, at)


def verify_email_by_code(*, user_id: int, code: str, actor: Actor, at: datetime) -> Proven:
    """
    The same by six digits (A049). Five wrong ones end the code, however many come at once.

    :raises ProofUnknown: or ProofUsed, ProofReplaced, ProofExpired
    :raises WrongCode: it is counted
    :raises CodeDead: it was the fifth, or came after it
    :raises MailboxTaken: another account signs in with it
    """
    trouble: Refusal | None
    with transaction.atomic():
        challenge, user = _locked_code(user_id, Purpose.EMAIL_CODE)
        trouble = _try_code(challenge, code, at)
        if trouble is None:
            return _prove_email(user, challenge, actor, at)
    raise trouble  # outside, so that the counted try stays


def verify_phone(*, user_id: int, code: str, actor: Actor, at: datetime) -> Proven:
    """
    The phone is its person's (A046), and takes the place of the one before.

    :raises ProofUnknown: or ProofUsed, ProofReplaced, ProofExpired
    :raises WrongCode: it is counted
    :raises CodeDead: it was the fifth, or came after it
    """
    trouble: Refusal | None
    with transaction.atomic():
        challenge, user = _locked_code(user_id, Purpose.PHONE_CODE)
        trouble = _try_code(challenge, code, at)
        if trouble is None:
            proven = Proven(user, challenge.target, challenge.target != user.phone)
            user.phone, user.phone_verified_at = challenge.target, at
            user.save(update_fields=["phone", "phone_verified_at"])
            _use(challenge, at)
            verified = PhoneVerified(seller_id=None, subject=str(user.pk), user_id=user.pk)
            events.record(verified, actor=actor, at=at)
            return proven
    raise trouble


@transaction.atomic
def set_password_by_link(*, token: str, password: str, actor: Actor, at: datetime) -> User:
    """
    Set a new password, which ends every session of the person. The caller has judged it.

    The link came through the registered mailbox, so that one is proven with it. A second factor stays as it is.

    :raises ProofUnknown: or ProofUsed, ProofReplaced, ProofExpired
    """
    challenge, user = _locked_by_token(token, Purpose.PASSWORD_RESET)
    _check(challenge, at)

    user.set_password(password)
    changed = ["password"]
    told: list[Event] = []
    if user.email == challenge.target and user.email_verified_at is None:
        user.email_verified_at, user.verify_by = at, None
        changed += ["email_verified_at", "verify_by"]
        told.append(_event(EmailVerified, user, challenge))
    user.save(update_fields=changed)
    _use(challenge, at)
    # Whoever takes an account back also stops the change to another's mailbox.
    _end(Challenge.objects.filter(user=user, purpose__in=OF_EMAIL).exclude(target=user.email), at)

    events.record_all([_event(PasswordReset, user, challenge), *told], actor=actor, at=at)
    return user


def _locked_by_token(token: str, purpose: str) -> tuple[Challenge, User]:
    """The proof and its person, the person locked first: all that happens to one person is one after the other."""
    hashed = proving.hash_of(purpose, token, 0)
    found = Challenge.objects.filter(secret_hash=hashed, purpose=purpose).first()
    if found is None:
        raise ProofUnknown()
    user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=found.user_id)
    challenge: Challenge = Challenge.objects.filter(pk=found.pk).lock().get()
    if not user.is_active or user.erased_at is not None:
        raise ProofUnknown()
    return challenge, user


def _locked_code(user_id: int, purpose: str) -> tuple[Challenge, User]:
    """The newest code of that kind."""
    user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user_id)
    newest = Challenge.objects.filter(user=user, purpose=purpose).order_by("-pk").values("pk")[:1]
    challenge: Challenge | None = Challenge.objects.filter(pk__in=newest).lock().first()
    if challenge is None:
        raise ProofUnknown()
    return challenge, user


def _check(challenge: Challenge, at: datetime) -> None:
    trouble = _trouble_of(challenge, at)
    if trouble is not None:
        raise trouble


def _trouble_of(challenge: Challenge, at: datetime) -> Refusal | None:
    verdict = proving.verdict_on(challenge, at)
    if verdict is Verdict.USED:
        return ProofUsed()
    if verdict is Verdict.REPLACED:
        return ProofReplaced()
    if verdict is Verdict.EXPIRED:
        return ProofExpired()
    return CodeDead() if verdict is Verdict.DEAD else None


def _try_code(challenge: Challenge, code: str, at: datetime) -> Refusal | None:
    """Compare and count; the row is locked, so parallel guesses come one after the other."""
    trouble = _trouble_of(challenge, at)
    if trouble is not None:
        return trouble
    if constant_time_compare(challenge.secret_hash, proving.hash_of(challenge.purpose, code, challenge.pk)):
        return None
    challenge.wrong_tries += 1
    challenge.save(update_fields=["wrong_tries"])
    left = MOST_WRONG_CODES - challenge.wrong_tries
    return WrongCode(left=left) if left else CodeDead()


def _prove_email(user: User, challenge: Challenge, actor: Actor, at: datetime) -> Proven:
    was_changed = challenge.target != user.email
    changed = ["email", "email_verified_at", "verify_by", "mail_bounced_at"]
    if was_changed and user.login == user.email:
        user.login = challenge.target  # the e-mail is the log-in (A003), but for accounts of old
        changed.append("login")
    user.email = challenge.target
    user.email_verified_at, user.verify_by, user.mail_bounced_at = at, None, None
    try:
        with transaction.atomic():
            user.save(update_fields=changed)
    except IntegrityError as taken:
        raise MailboxTaken(email=challenge.target) from taken
    _use(challenge, at)
    # What went to the mailbox of before must open nothing any more.
    ended = [*OF_EMAIL, Purpose.PASSWORD_RESET] if was_changed else OF_EMAIL
    _end(Challenge.objects.filter(user=user, purpose__in=ended), at)

    told = [_event(EmailVerified, user, challenge)]
    if was_changed:
        told.append(_event(EmailChanged, user, challenge))
    events.record_all(told, actor=actor, at=at)
    return Proven(user, challenge.target, was_changed)


def _use(challenge: Challenge, at: datetime) -> None:
    challenge.used_at, challenge.sealed_secret = at, ""
    challenge.save(update_fields=["used_at", "sealed_secret"])


def _end(challenges: QuerySet[Challenge], at: datetime) -> None:
    challenges.filter(used_at=None, replaced_at=None).update(replaced_at=at, sealed_secret="")


def _event(
    kind: type[EmailVerified] | type[EmailChanged] | type[PasswordReset], user: User, challenge: Challenge
) -> Event:
    return kind(seller_id=None, subject=str(user.pk), user_id=user.pk, challenge_id=challenge.pk)
