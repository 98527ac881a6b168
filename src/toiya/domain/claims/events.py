"""What happens to claims and credits. The subject of a claim's events is its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOpened(Event):
    """
    Something was damaged or lost and money may be owed for it; `about` is the parcel's or SKU's code. `is_for_seller`:
    a person of the operator opened it.
    """

    NAME: ClassVar[str] = "claim.opened"
    claim_id: int
    about: str
    kind: str
    is_for_seller: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Event):
    """A person added a picture or paper."""

    NAME: ClassVar[str] = "claim.evidence_added"
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimValueCorrected(Event):
    """A person said what a piece is worth."""

    NAME: ClassVar[str] = "claim.value_corrected"
    sku: str
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFiled(Event):
    """The claim was handed to whoever pays."""

    NAME: ClassVar[str] = "claim.filed"
    claim_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAccepted(Event):
    """The claim is paid with this amount."""

    NAME: ClassVar[str] = "claim.accepted"
    claim_id: int
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDeclined(Event):
    """Nothing is paid; `ground` is one of the claim's grounds."""

    NAME: ClassVar[str] = "claim.declined"
    claim_id: int
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPaid(Event):
    """The amount is in the seller's wallet."""

    NAME: ClassVar[str] = "claim.paid"
    claim_id: int
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayCredited(Event):
    """The order was late by our fault; what the contract says for that is in the wallet. The subject is the order."""

    NAME: ClassVar[str] = "order.delay_credited"
    amount_minor: int
    currency: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelaysCredited(Event):
    """Credits for late orders were booked together; the subject is the seller's code."""

    NAME: ClassVar[str] = "seller.delays_credited"
    last_order_id: int
    orders: int
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingTermsSet(Event):
    """A carrier wants to be told within other days, from a day on. The subject is the carrier; it is no seller's."""

    NAME: ClassVar[str] = "claim_terms.set"
    starts_on: str
    within_days: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRuleSet(Event):
    """Late orders are credited otherwise from a day on. The subject is the seller's code, or "all"."""

    NAME: ClassVar[str] = "credit_rule.set"
    starts_on: str
    amount_minor: int
    currency: str
    percent: int
    month_cap_minor: int
