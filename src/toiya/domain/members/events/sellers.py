"""What happens to sellers: joining, papers, approval, first steps, services."""

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
class ApplicationSubmitted(Event):
    """A seller applied for our service; subject is the application's code."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAsked(Event):
    """The operator wants to know more before it decides."""

    NAME: ClassVar[str] = "application.asked"
    application_id: int
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAnswered(Event):
    """The seller answered what the operator asked."""

    NAME: ClassVar[str] = "application.answered"
    application_id: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationApproved(Event):
    """The seller may use the service, with what it was granted."""

    NAME: ClassVar[str] = "application.approved"
    application_id: int
    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRejected(Event):
    """The operator declined, with its reason; the seller may apply again."""

    NAME: ClassVar[str] = "application.rejected"
    application_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceTicked(Event):
    """A seller has a step of its own plan behind it; subject is the seller's code."""

    NAME: ClassVar[str] = "guidance.ticked"
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceUnticked(Event):
    """A seller took back that a step of its plan is done."""

    NAME: ClassVar[str] = "guidance.unticked"
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesChosen(Event):
    """Which of our two services the seller uses changed; subject is the seller's code."""

    NAME: ClassVar[str] = "seller.services_chosen"
    fulfilment: bool
    smart_delivery: bool
