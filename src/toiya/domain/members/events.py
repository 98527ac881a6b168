"""What happens to members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerJoined(Event):
    """A seller was taken on; subject is the seller's code."""

    NAME: ClassVar[str] = "seller.joined"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSignedUp(Event):
    """Somebody signed up by the form, or joined from a sales site's console; subject is the seller's code."""

    NAME: ClassVar[str] = "member.signed_up"
    user_id: int
    kind: str  # basic, business
    way: str  # form, console


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailToVerify(Event):
    """An e-mail address waits to be proven by its owner; subject is the user's number."""

    NAME: ClassVar[str] = "member.email_to_verify"
    user_id: int
    way: str  # link, code


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSubmitted(Event):
    """A seller applied for our service, or answered what we asked; subject is the application's code."""

    NAME: ClassVar[str] = "application.submitted"
    application_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesChosen(Event):
    """Which of our two services the seller uses changed; subject is the seller's code."""

    NAME: ClassVar[str] = "seller.services_chosen"
    fulfilment: bool
    smart_delivery: bool
