"""What happens to debts. Subjects: the request's code, else the seller's or the bill's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequested(Event):
    """A seller was asked to pay."""

    NAME: ClassVar[str] = "payment.requested"
    request_id: int
    amount_minor: int
    currency: str
    due_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMade(Event):
    """All or part of a request was paid; `owed_minor` is left."""

    NAME: ClassVar[str] = "payment.made"
    payment: str
    amount_minor: int
    currency: str
    owed_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentWithdrawn(Event):
    """The operator asks no more for it."""

    NAME: ClassVar[str] = "payment.withdrawn"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BillAskedAgain(Event):
    """A bill whose request was withdrawn was asked for once more; subject is the bill's code."""

    NAME: ClassVar[str] = "payment.bill_asked_again"
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPostponed(Event):
    """The seller got more time; the time line begins anew with the new day."""

    NAME: ClassVar[str] = "payment.postponed"
    due_on: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDisputed(Event):
    """A seller says that a line is wrong."""

    NAME: ClassVar[str] = "payment.disputed"
    dispute: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEnded(Event):
    """A dispute was decided, or taken back; `amount_minor` was credited."""

    NAME: ClassVar[str] = "payment.dispute_ended"
    dispute_id: int
    dispute: str
    outcome: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DunningStepTaken(Event):
    """The time line of an unpaid request went on by a step."""

    NAME: ClassVar[str] = "payment.step_taken"
    step_id: int
    step: str
    announces_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchSuspended(Event):
    """Nothing leaves for the seller until it has paid; subject is the seller's code."""

    NAME: ClassVar[str] = "seller.dispatch_suspended"
    request: str
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStopped(Event):
    """Nothing is taken in for the seller either; subject is the seller's code."""

    NAME: ClassVar[str] = "seller.service_stopped"
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerReinstated(Event):
    """Everything goes on again for the seller; subject is its code."""

    NAME: ClassVar[str] = "seller.reinstated"
    request: str
    orders: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoPaySet(Event):
    """The seller lets what is asked for be taken from the wallet, or pays by hand; subject is its code."""

    NAME: ClassVar[str] = "seller.auto_pay_set"
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlanPrepared(Event):
    """All goods of a seller were listed for sending back; subject is the plan's code."""

    NAME: ClassVar[str] = "return_plan.prepared"
    request: str
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlanAgreed(Event):
    """The seller agreed to the list."""

    NAME: ClassVar[str] = "return_plan.agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlanConfirmed(Event):
    """A person of the operator confirmed it: the goods are to be sent back. The codes are of what was called off."""

    NAME: ClassVar[str] = "return_plan.confirmed"
    plan_id: int
    orders: Sequence[str] = ()
    removals: Sequence[str] = ()
    transfers: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPlanDropped(Event):
    """The goods stay: the seller has paid, or was given more time."""

    NAME: ClassVar[str] = "return_plan.dropped"
