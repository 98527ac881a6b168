"""What happens to agreements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSigned(Event):
    """A seller signed a version of a country's agreement; subject is the agreement's code."""

    NAME: ClassVar[str] = "agreement.signed"
    country: str
    version: int
    centres: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CentresChosen(Event):
    """From now on a seller uses these centres; subject is its code."""

    NAME: ClassVar[str] = "seller.centres_chosen"
    centres: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAnnounced(Event):
    """A new version of a country's agreement holds from a day on; subject is country and version, such as JP-2."""

    NAME: ClassVar[str] = "terms.announced"
    version_id: int
    country: str
    version: int
    holds_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VariationSet(Event):
    """A seller was offered numbers of its own; subject is its code."""

    NAME: ClassVar[str] = "terms.variation_set"
    country: str
    changes: Mapping[str, int]
