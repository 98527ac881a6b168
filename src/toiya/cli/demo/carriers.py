"""The demo's carriers: two services with numbers of a test range, one whose numbers come by file."""

from __future__ import annotations

from datetime import datetime

from toiya.core.actor import Actor
from toiya.domain.carriers.actions.contracts import NewNumberRange, open_number_range
from toiya.domain.carriers.actions.terms import ContractDraft, offer_service, set_contract
from toiya.domain.carriers.models import Way

# Dearer than the test carrier's, so that nobody packs with them unasked.
PRICES = {"NEKOPOS": 1_150, "TAKKYUBIN": 1_480, "HIKYAKU": 1_380}


def open_carriers(actor: Actor, at: datetime) -> None:
    """Services, a range of test numbers, and what was agreed."""
    numbers = NewNumberRange("yamato", 99_800_000_001, 99_899_999_999, is_test=True)
    open_number_range(numbers=numbers, actor=actor, at=at)
    by_file = ContractDraft("sagawa", Way.FILE, "ehiden3", customer_code="000000000000", lost_after_days=5)
    set_contract(contract=by_file, actor=actor, at=at)
    for code, price in PRICES.items():
        offer_service(service_code=code, price_minor=price, actor=actor, at=at)
