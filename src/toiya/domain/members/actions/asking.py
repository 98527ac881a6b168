"""Asking somebody to prove that a mailbox or a phone is theirs: a link or code is made, hashed, put on its way."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.copying import next_ids
from toiya.core.errors import Refusal
from toiya.domain.members import proving
from toiya.domain.members.events import PasswordResetAsked, ProofAsked
from toiya.domain.members.models import Challenge, ResetWish, User
from toiya.domain.members.proving import OF_EMAIL, Purpose
from toiya.domain.members.rules import proofs

_LIVES: dict[str, timedelta] = {
    Purpose.EMAIL_LINK: proofs.LINK_LIVES,
    Purpose.EMAIL_CODE: proofs.CODE_LIVES,
    Purpose.PHONE_CODE: proofs.CODE_LIVES,
    Purpose.PASSWORD_RESET: proofs.RESET_LIVES,
}
_MOST_ACCOUNTS = 20  # of one mailbox that get a link at once


class NothingToProve(Refusal):
    """The mailbox or the phone is proven already."""

    code = "nothing_to_prove"
    message = gettext_lazy("%(target)s is verified already. Go on, or enter another one to change it.")


@transaction.atomic
def ask_for_proof(*, user_id: int, purpose: str, target: str = "", actor: Actor, at: datetime) -> Challenge:
    """
    Send a person a link or a code, which replaces the one sent before.

    :param target: another mailbox or phone than the registered one; it takes its place only when it was proven
    :raises NothingToProve: it is the registered one and was proven already
    """
    user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user_id)
    is_of_email = purpose in OF_EMAIL
    target = (target or (proving.mailbox_to_prove(user) if is_of_email else user.phone)).strip()
    target = target.lower() if is_of_email else target
    registered = (user.email, user.email_verified_at) if is_of_email else (user.phone, user.phone_verified_at)
    if not target or (target == registered[0] and registered[1] is not None):
        raise NothingToProve(target=registered[0])

    challenge = _issued(user, purpose, target, at)

    events.record(_asked(challenge), actor=actor, at=at)
    return challenge


@transaction.atomic
def begin_email_proof(*, user_id: int, purpose: str, actor: Actor, at: datetime) -> Challenge | None:
    """
    Send the first link or code after somebody joined, and count the 14 days (A020) from now where nobody did yet.

    None where the mailbox is proven, or such a proof is under way already: this may run twice.
    """
    user = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=user_id)
    under_way = proving.open_proof(user, purpose)
    if user.email_verified_at is not None or (under_way is not None and under_way.expires_at > at):
        return None

    challenge = _issued(user, purpose, user.email, at)
    if user.verify_by is None:
        user.verify_by = at + proofs.LINK_LIVES
        user.save(update_fields=["verify_by"])

    events.record(_asked(challenge), actor=actor, at=at)
    return challenge


@transaction.atomic
def ask_for_reset(*, asked: str, language: str, actor: Actor, at: datetime) -> None:
    """
    Keep that somebody wants a new password for an e-mail or a log-in id. Nobody is looked up here, so answer and work
    are the same for every name.
    """
    wish = ResetWish.objects.create(asked=asked.strip().lower(), language=language, asked_at=at)

    event = PasswordResetAsked(seller_id=None, subject=str(wish.pk), wish_id=wish.pk)
    events.record(event, actor=actor, at=at)


@transaction.atomic
def answer_reset_wish(*, wish_id: int, actor: Actor, at: datetime) -> int:
    """
    Send each account of that name its own link (A039); nothing where nobody is found. Returns how many.

    The wish is removed, so this may run twice.
    """
    wish: ResetWish | None = ResetWish.objects.filter(pk=wish_id).lock().first()
    if wish is None:
        return 0
    named = Q(login=wish.asked) | Q(email=wish.asked)
    found = User.objects.filter(named, is_active=True, erased_at=None).order_by("pk")
    users = list(found.select_for_update(no_key=True, of=("self",))[:_MOST_ACCOUNTS])

    sent = [_issued(user, Purpose.PASSWORD_RESET, user.email, at) for user in users]
    wish.delete()

    events.record_all([_asked(challenge) for challenge in sent], actor=actor, at=at)
    return len(sent)


def _issued(user: User, purpose: str, target: str, at: datetime) -> Challenge:
    """A fresh proof in the place of the older ones of its kind, and of any for another mailbox."""
    older = Q(purpose=purpose)
    if purpose in OF_EMAIL:
        older |= Q(purpose__in=OF_EMAIL) & ~Q(target=target)
    Challenge.objects.filter(older, user=user, used_at=None, replaced_at=None).update(replaced_at=at, sealed_secret="")
    number = next_ids("members_challenge_id_seq", 1)[0]
    secret = proving.new_secret(purpose)
    return Challenge.objects.create(
        id=number,
        user=user,
        purpose=purpose,
        target=target,
        language=user.language,
        secret_hash=proving.hash_of(purpose, secret, number),
        sealed_secret=proving.seal(number, secret),
        made_at=at,
        expires_at=at + _LIVES[purpose],
    )


def _asked(challenge: Challenge) -> ProofAsked:
    return ProofAsked(
        seller_id=None,
        subject=str(challenge.user_id),
        user_id=challenge.user_id,
        challenge_id=challenge.pk,
        purpose=challenge.purpose,
    )
