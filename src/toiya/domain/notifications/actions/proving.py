"""Letters that carry a proof, and the notices that follow when one was given."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.members import proving
from toiya.domain.members.models import Challenge
from toiya.domain.members.proving import OF_EMAIL, Purpose
from toiya.domain.members.rules.proofs import Verdict
from toiya.domain.notifications.actions.writing import Letter, Recipient, write_letter
from toiya.domain.notifications.models import Message

_KINDS: dict[str, str] = {
    Purpose.EMAIL_LINK: "verify_link",
    Purpose.EMAIL_CODE: "verify_code",
    Purpose.PHONE_CODE: "verify_phone",
    Purpose.PASSWORD_RESET: "password_reset",
}


@transaction.atomic
def post_challenge(*, challenge_id: int, actor: Actor, at: datetime) -> bool:
    """
    Write the letter that carries a proof, and forget the secret here; False where it was written, used or replaced.

    A new mailbox gets the proof; the registered one is told that somebody asked for the change (S33).
    """
    challenge: Challenge | None = Challenge.objects.filter(pk=challenge_id).lock().first()
    if challenge is None or not challenge.sealed_secret or proving.verdict_on(challenge, at) is not Verdict.GOOD:
        return False
    user = challenge.user
    is_sms = challenge.purpose == Purpose.PHONE_CODE

    letter = Letter(
        kind=_KINDS[challenge.purpose],
        words={"login": user.login, "useless_after": challenge.expires_at.isoformat()},
        secret=proving.unseal(challenge),
        channel=Message.Channel.SMS if is_sms else Message.Channel.MAIL,
    )
    to = Recipient(challenge.target, challenge.language, user.name, user.pk)
    write_letter(letter=letter, to=to, key=_key(challenge, ""), at=at)
    if challenge.purpose in OF_EMAIL and challenge.target != user.email:
        _tell(challenge, "email_change_asked", user.email, at)
    challenge.sealed_secret, challenge.sent_at = "", at
    challenge.save(update_fields=["sealed_secret", "sent_at"])
    return True


@transaction.atomic
def tell_email_changed(*, challenge_id: int, actor: Actor, at: datetime) -> None:
    """Tell the mailbox of before that it is the registered one no more."""
    challenge = Challenge.objects.select_related("user").get(pk=challenge_id)
    before = Message.objects.filter(key=_key(challenge, "-email_change_asked")).first()
    if before is not None:
        _tell(challenge, "email_changed", before.recipient, at)


@transaction.atomic
def tell_password_reset(*, challenge_id: int, actor: Actor, at: datetime) -> None:
    """Tell a person that their password was set anew, and where to turn if it was not they."""
    challenge = Challenge.objects.select_related("user").get(pk=challenge_id)
    _tell(challenge, "password_was_reset", challenge.user.email, at)


def _tell(challenge: Challenge, kind: str, mailbox: str, at: datetime) -> None:
    user = challenge.user
    words = {"login": user.login, "new_mailbox": _hinted(challenge.target)}
    to = Recipient(mailbox, user.language, user.name, user.pk)
    write_letter(letter=Letter(kind, words), to=to, key=_key(challenge, f"-{kind}"), at=at)


def _hinted(address: str) -> str:
    """Enough of an address for its owner to know it again: the old mailbox may be a stranger's by now."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def _key(challenge: Challenge, suffix: str) -> str:
    return f"challenge-{challenge.pk}{suffix}"
