"""Manifests of the trucks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestOpened(Event):
    """A manifest was begun for a carrier's truck; the subject is its code."""

    NAME: ClassVar[str] = "manifest.opened"
    warehouse_id: int
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelOnManifest(Event):
    """The parcel was scanned onto a truck's manifest."""

    NAME: ClassVar[str] = "parcel.on_manifest"
    parcel: str
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelOffManifest(Event):
    """The parcel was taken off a manifest before the truck left."""

    NAME: ClassVar[str] = "parcel.off_manifest"
    parcel: str
    manifest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestClosed(Event):
    """No more parcels go on the manifest; the subject is its code."""

    NAME: ClassVar[str] = "manifest.closed"
    parcels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestHandedOver(Event):
    """The driver took the parcels of the manifest; each of them ships now."""

    NAME: ClassVar[str] = "manifest.handed_over"
    manifest_id: int
    parcels: int
