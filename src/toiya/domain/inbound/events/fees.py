"""What happened to the fee of a delivery once it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFeeCounted(Event):
    """What was counted costs something else than was set aside; `is_due`: the wallet does not cover it yet."""

    NAME: ClassVar[str] = "bundle.fee_counted"
    fee_minor: int
    estimate_minor: int
    currency: str
    is_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleFeeTaken(Event):
    """A fee that was due was taken from money that came later."""

    NAME: ClassVar[str] = "bundle.fee_taken"
    amount_minor: int
    currency: str
