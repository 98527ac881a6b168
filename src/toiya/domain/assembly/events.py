"""What happens to work orders; the subject is the order's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyAsked(Event):
    """A seller asked for bundles to be put together."""

    NAME: ClassVar[str] = "assembly.asked"
    sku: str
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyAccepted(Event):
    """The warehouse will make them."""

    NAME: ClassVar[str] = "assembly.accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyDeclined(Event):
    """The warehouse will not."""

    NAME: ClassVar[str] = "assembly.declined"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyStarted(Event):
    """The floor began."""

    NAME: ClassVar[str] = "assembly.started"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyStopped(Event):
    """The rest is not made; what was made stays."""

    NAME: ClassVar[str] = "assembly.stopped"
    made: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlesMade(Event):
    """Parts became pieces of the bundle."""

    NAME: ClassVar[str] = "assembly.made"
    sku: str
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BundlesTakenApart(Event):
    """Pieces of the bundle became parts again."""

    NAME: ClassVar[str] = "assembly.taken_apart"
    sku: str
    warehouse_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyPriceSet(Event):
    """The price of a piece put together was written; subject is the warehouse."""

    NAME: ClassVar[str] = "warehouse.assembly_price_set"
    warehouse_id: int
    price_minor: int
    currency: str
    from_on: str
