"""What happens to members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
class MemberUpgraded(Event):
    """A basic member became a business member; subject is the seller's code."""

    NAME: ClassVar[str] = "member.upgraded"
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyEdited(Event):
    """A seller changed what it told of its firm: field names, and [old, new] of each; subject is the seller's code."""

    NAME: ClassVar[str] = "company.edited"
    fields: Sequence[str]
    changes: Mapping[str, Sequence[str | bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateAdded(Event):
    """A paper of a firm was taken in; subject is the certificate's code."""

    NAME: ClassVar[str] = "certificate.added"
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateWithdrawn(Event):
    """A paper no longer holds; subject is the certificate's code."""

    NAME: ClassVar[str] = "certificate.withdrawn"
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSeen(Event):
    """Somebody looked at a paper; subject is the certificate's code."""

    NAME: ClassVar[str] = "certificate.seen"
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAdministratorMade(Event):
    """The installation got its first person; subject is the user's number."""

    NAME: ClassVar[str] = "member.first_administrator"
    user_id: int
