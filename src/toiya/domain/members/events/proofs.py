"""What happens to mailboxes and phones: proving that they are somebody's, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailToVerify(Event):
    """An e-mail address waits to be proven by its owner; subject is the user's number."""

    NAME: ClassVar[str] = "member.email_to_verify"
    user_id: int
    way: str  # link, code


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofAsked(Event):
    """A link or a code is to be sent to an address or a phone; subject is the user's number."""

    NAME: ClassVar[str] = "member.proof_asked"
    user_id: int
    challenge_id: int
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailVerified(Event):
    """A person proved that the registered mailbox is theirs; subject is the user's number."""

    NAME: ClassVar[str] = "member.email_verified"
    user_id: int
    challenge_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailChanged(Event):
    """A person proved another mailbox, which is the registered one now; subject is the user's number."""

    NAME: ClassVar[str] = "member.email_changed"
    user_id: int
    challenge_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneVerified(Event):
    """A person proved a phone number; subject is the user's number."""

    NAME: ClassVar[str] = "member.phone_verified"
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordResetAsked(Event):
    """Somebody asked at the door for a new password, for an account that may or may not be; subject is the wish's."""

    NAME: ClassVar[str] = "member.password_reset_asked"
    wish_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset(Event):
    """A person set a new password by a link; subject is the user's number."""

    NAME: ClassVar[str] = "member.password_reset"
    user_id: int
    challenge_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMailsSet(Event):
    """A person said whether they want mails about new orders; subject is the user's number."""

    NAME: ClassVar[str] = "member.order_mails_set"
    user_id: int
    wants: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxRefused(Event):
    """A person's registered mailbox sent our letter back for good; subject is the user's number."""

    NAME: ClassVar[str] = "member.mailbox_refused"
    user_id: int
