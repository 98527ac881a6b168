"""Boxes, packaging and trucks of the test world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.floor_world import a_coded_sku, acting_as
from tests.world import NOON, WORLD, acting_for, stock_of
from toiya.config.truths import all_checks
from toiya.core import papers
from toiya.core.checks import run
from toiya.domain.catalog.models import Sku
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.actions.boxes import BoxFacts, put_box
from toiya.domain.outbound.actions.evidence import keep_photo
from toiya.domain.outbound.actions.manifests import open_manifest, put_on_manifest
from toiya.domain.outbound.actions.packing import open_tote, pack_piece
from toiya.domain.outbound.actions.sealing import Weighing, seal_parcel
from toiya.domain.outbound.models import Manifest, PackagingBox, Parcel, ParcelPhoto
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.stock.actions.tracking import track_sku
from toiya.domain.warehouses.models import Warehouse


def a_box(
    warehouse: Warehouse,
    code: str = "S",
    sides: tuple[int, int, int] = (240, 170, 110),
    *,
    empty_g: int = 90,
    price_minor: int = 40,
) -> PackagingBox:
    """A box of the warehouse, with walls of 3 mm."""
    facts = BoxFacts(code, f"Box {code}", sides, empty_g=empty_g, price_minor=price_minor)
    return put_box(warehouse_id=warehouse.pk, facts=facts, actor=WORLD, at=NOON)


def own_packaging(seller: Seller, warehouse: Warehouse, *packed_in_it: Sku, pieces: int = 3) -> Sku:
    """A box of the seller's own in bin A01-06-1, which these SKUs are packed in."""
    box = a_coded_sku(seller, "GIFTBOX", barcode="4900000000016")
    Sku.objects.filter(pk=box.pk).update(is_packaging=True)
    Sku.objects.filter(pk__in=[sku.pk for sku in packed_in_it]).update(packaging=box)
    if pieces:
        stock_of(box, warehouse, pieces, bin_code="A01-06-1")
    return Sku.objects.get(pk=box.pk)


def a_box_of(tote: str, staff: Staff, *scans: str, weight_g: int, has_more: bool = False) -> Parcel:
    """These pieces of the tote's order in its next box, sealed for the service nekopos."""
    actor = acting_as(staff)
    parcel = open_tote(warehouse_id=staff.warehouse_id or 0, scan=tote, actor=actor, at=NOON)
    for scan in scans:
        pack_piece(parcel_code=parcel.code, scan=scan, actor=actor, at=NOON)
    weighing = Weighing(weight_g, "nekopos", has_more=has_more)
    return seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=actor, at=NOON)


def a_manifest(staff: Staff, *parcels: Parcel, carrier: str = "test_carrier") -> Manifest:
    """The open manifest of the carrier at that person's warehouse, with these parcels on it."""
    actor = acting_as(staff)
    manifest = open_manifest(warehouse_id=staff.warehouse_id or 0, carrier=carrier, actor=actor, at=NOON)
    for parcel in parcels:
        put_on_manifest(manifest_code=manifest.code, scan=parcel.code, actor=actor, at=NOON)
    return manifest


def a_parcel_photo(parcel: Parcel, moment: str = "open", content: bytes = b"\x89PNG\r\n\x1a\n") -> ParcelPhoto:
    """A picture of the box."""
    picture = papers.keep(papers.Paper("box.png", papers.PNG, content), at=NOON)
    return keep_photo(parcel_code=parcel.code, moment=moment, picture=picture, actor=WORLD, at=NOON)


def a_lotted_sku(
    seller: Seller,
    warehouse: Warehouse,
    code: str,
    pieces: Mapping[str, int],
    *,
    bin_code: str = "A01-01-1",
    tracks_serials: bool = False,
    expires_on: Mapping[str, date] | None = None,
) -> Sku:
    """A SKU kept by lot, 300 g, with so many pieces of each lot in one bin."""
    sku, actor = a_coded_sku(seller, code), acting_for(seller)
    track_sku(
        sku_code=sku.code, tracks_lots=True, tracks_expiry=False, tracks_serials=tracks_serials, actor=actor, at=NOON
    )
    place, last = warehouse.bins.get(code=bin_code).pk, expires_on or {}
    arrivals = [Arrival(sku.pk, place, quantity, lot, last.get(lot)) for lot, quantity in pieces.items()]
    receive_stock(
        seller_id=seller.pk, warehouse_id=warehouse.pk, arrivals=arrivals, source="CB-LOTS", actor=WORLD, at=NOON
    )
    return Sku.objects.get(pk=sku.pk)


def problems() -> list[str]:
    """Everything `verify` finds."""
    return [problem.message for finding in run(all_checks(), at=NOON) for problem in finding.problems]
