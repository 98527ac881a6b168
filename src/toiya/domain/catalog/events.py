"""What happens to the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuAdded(Event):
    """A SKU was registered; subject is its code."""

    NAME: ClassVar[str] = "sku.added"
    seller_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerCodeSet(Event):
    """A SKU got another code of the seller's own; subject is the SKU's code."""

    NAME: ClassVar[str] = "sku.seller_code_set"
    seller_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSet(Event):
    """A SKU is picked from its parts from now on; subject is its code."""

    NAME: ClassVar[str] = "sku.bundle_set"
    parts: int
    pieces: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleUnset(Event):
    """A SKU is no bundle any more; subject is its code."""

    NAME: ClassVar[str] = "sku.bundle_unset"
