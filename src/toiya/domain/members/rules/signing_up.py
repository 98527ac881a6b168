"""What a sign-up form becomes: who must choose what, and which services and status follow (A001, A002, A024)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

DAYS_TO_VERIFY = timedelta(days=14)  # A020
BASIC, BUSINESS = "basic", "business"


@dataclass(frozen=True, slots=True)
class Account:
    """Step 1, for everybody. The password is a hash already; `phone` is E.164."""

    email: str
    password_hash: str
    name: str
    phone: str
    language: str
    proof: str = "link"  # how the mailbox is proven: link, code (A049)


@dataclass(frozen=True, slots=True)
class Firm:
    """Step 2, for a business: codes of lists, clean numbers; the fields of BusinessProfile by name."""

    company_name: str
    company_name_en: str
    address: str
    address_en: str
    phone: str
    industry: str
    business_type: str
    is_sole_trader: bool
    registration_number: str
    real_name: str = ""
    business_model: str = ""
    online_experience: str = ""
    payment: str = "wallet"


def services_of(kind: str, service: str) -> tuple[bool, bool]:
    """(fulfilment, Smart Delivery). A basic member has Smart Delivery alone: it packs itself."""
    if kind == BASIC:
        return False, True
    return service in {"fulfilment", "both"}, service in {"smart_delivery", "both"}
