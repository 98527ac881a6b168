"""The road from signing up to the first parcel: which steps a seller has, and where it stands on each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_NAME, FEWEST_NAME = 100, 2


class State(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"  # the seller's next one
    LATER = "later"  # the seller's, after that
    WAITS = "waits"  # somebody else has it
    TROUBLE = "trouble"


class Who(StrEnum):
    """Who must act."""

    SELLER = "seller"
    OPERATOR = "operator"
    WAREHOUSE = "warehouse"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tables say of a seller. Nothing of it is ticked by hand."""

    is_business: bool = True
    uses_fulfilment: bool = True
    uses_smart_delivery: bool = False
    email_verified: bool = False
    mail_bounced: bool = False
    phone_verified: bool = False
    firm_complete: bool = False
    real_name: bool = False
    certificate: bool = False
    seller_status: str = "pending"
    application_status: str = ""
    has_shop: bool = False
    has_order: bool = False
    has_sku: bool = False
    stock_received: bool = False
    topped_up: bool = False
    label_made: bool = False
    parcel_shipped: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its state, who must act, and about how many minutes it takes the seller."""

    code: str
    state: State
    who: Who = Who.SELLER
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class _Draft:
    code: str
    is_done: bool
    minutes: int
    who: Who = Who.SELLER
    is_trouble: bool = False


def is_real_name(name: str) -> bool:
    """Whether a payout could go to that name: letters, at least two, no digits and no signs (A047)."""
    text = name.strip()
    allowed = all(letter.isalpha() or letter in " .'’-・·" for letter in text)
    return allowed and sum(letter.isalpha() for letter in text) >= FEWEST_NAME and len(text) <= MOST_NAME


def steps_of(facts: Facts) -> list[Step]:
    """The seller's own road, in order; exactly one step is the next one, unless others have the rest."""
    found: list[Step] = []
    has_next = False
    for draft in _drafts(facts):
        state = _state(draft, has_next)
        has_next = has_next or state in {State.NOW, State.TROUBLE}
        found.append(Step(draft.code, state, draft.who, draft.minutes))
    return found


def _state(draft: _Draft, has_next: bool) -> State:
    if draft.is_done:
        return State.DONE
    if draft.is_trouble:
        return State.TROUBLE
    if draft.who is not Who.SELLER:
        return State.WAITS
    return State.LATER if has_next else State.NOW


def _drafts(facts: Facts) -> Sequence[_Draft]:
    return [*_about_you(facts), *_approval(facts), *_goods(facts), *_first_parcel(facts)]


def _about_you(facts: Facts) -> list[_Draft]:
    steps = [
        _Draft("verify_email", facts.email_verified and not facts.mail_bounced, 1, is_trouble=facts.mail_bounced),
        _Draft("verify_phone", facts.phone_verified, 1),
    ]
    if facts.is_business:
        steps += [
            _Draft("firm", facts.firm_complete, 5),
            _Draft("real_name", facts.real_name, 1),
            _Draft("certificate", facts.certificate, 3),
        ]
    return steps


def _approval(facts: Facts) -> list[_Draft]:
    is_active = facts.seller_status == "active"
    is_with_seller = facts.seller_status == "rejected" or facts.application_status in {"", "asked"}
    who = Who.SELLER if is_with_seller and not is_active else Who.OPERATOR
    is_trouble = not is_active and (facts.seller_status == "rejected" or facts.application_status == "asked")
    return [_Draft("approval", is_active, 3, who, is_trouble)]


def _goods(facts: Facts) -> list[_Draft]:
    steps = [_Draft("shop", facts.has_shop or facts.has_order, 2), _Draft("sku", facts.has_sku, 5)]
    if facts.uses_fulfilment:
        steps.append(_Draft("stock", facts.stock_received, 20))
    return [*steps, _Draft("wallet", facts.topped_up, 2)]


def _first_parcel(facts: Facts) -> list[_Draft]:
    steps = []
    if facts.uses_smart_delivery:
        steps.append(_Draft("label", facts.label_made, 2))
        steps.append(_Draft("hand_in", facts.parcel_shipped, 10))
    who = Who.WAREHOUSE if facts.uses_fulfilment and not facts.uses_smart_delivery else Who.SELLER
    if facts.uses_fulfilment and not facts.uses_smart_delivery:
        steps.append(_Draft("first_parcel", facts.parcel_shipped, 0, who))
    return steps
