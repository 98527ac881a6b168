"""Boxes, the seller's own packaging, pictures, slips and a truck's manifest in the whole house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.floor_world import labelled, released, walked
from tests.packing_world import a_box, a_box_of, a_lotted_sku, a_parcel_photo, own_packaging
from tests.world import NOON, WORLD, acting_for
from toiya.domain.outbound.actions.boxes import choose_service
from toiya.domain.outbound.actions.enclosing import choose_insert, put_enclosure
from toiya.domain.outbound.actions.evidence import print_slip, say_on_slips
from toiya.domain.outbound.actions.manifests import close_manifest, open_manifest, put_on_manifest
from toiya.domain.outbound.actions.packing import open_tote, pack_piece
from toiya.domain.outbound.actions.serials import put_serial

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def packed_with_care(side: Side) -> None:
    """An order in a box of ours with something of its seller's in it, on a closed manifest."""
    seller, house = side.seller, side.warehouse
    a_box(house)
    leaflet = own_packaging(seller, house)
    say_on_slips(seller_id=seller.pk, language="ja", words="Thank you", actor=acting_for(seller), at=NOON)
    code = released(house, side.order("boxed", {"MUG": 1})).pick_lists[0].code
    walked(code, side.picker)
    choose_insert(sku_code=leaflet.code, is_active=True, actor=acting_for(seller), at=NOON)
    parcel = open_tote(warehouse_id=house.pk, scan="T-001", actor=WORLD, at=NOON)
    choose_service(parcel_code=parcel.code, service_code="nekopos", box_code="S", actor=WORLD, at=NOON)
    put_enclosure(parcel_code=parcel.code, scan=leaflet.code, actor=WORLD, at=NOON)
    mug = seller.sku_set.get(seller_code="MUG")
    parcel = labelled(a_box_of("T-001", side.picker, mug.code, weight_g=420))
    choose_insert(sku_code=leaflet.code, is_active=False, actor=acting_for(seller), at=NOON)
    a_parcel_photo(parcel)
    print_slip(parcel_code=parcel.code, actor=WORLD, at=NOON)
    manifest = open_manifest(warehouse_id=house.pk, carrier="test_carrier", actor=WORLD, at=NOON)
    put_on_manifest(manifest_code=manifest.code, scan=parcel.code, actor=WORLD, at=NOON)
    close_manifest(manifest_code=manifest.code, actor=WORLD, at=NOON)
    side.parcels["boxed"] = parcel
    _with_its_number(side)


def _with_its_number(side: Side) -> None:
    """A piece of a lot that has a serial number, in a parcel that waits for its label."""
    lotted = a_lotted_sku(side.seller, side.warehouse, "CLOCK", {"L1": 1}, bin_code="A01-06-1", tracks_serials=True)
    code = released(side.warehouse, side.order("numbered", {"CLOCK": 1})).pick_lists[0].code
    walked(code, side.picker)
    parcel = open_tote(warehouse_id=side.warehouse.pk, scan="T-001", actor=WORLD, at=NOON)
    pack_piece(parcel_code=parcel.code, scan=lotted.code, actor=WORLD, at=NOON)
    put_serial(parcel_code=parcel.code, scan="SN-1001", actor=WORLD, at=NOON)
    side.parcels["numbered"] = a_box_of("T-001", side.picker, weight_g=320)
