"""Damage to manifests, boxes, and what lies in parcels besides what was ordered."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import NOON, House


@breaks("parcels_are_on_their_truck")
def a_parcel_on_another_carriers_truck(house: House) -> str:
    parcel = house.one.parcels["boxed"]
    change = "UPDATE outbound_manifest m SET carrier = 'sagawa' FROM outbound_manifestparcel p "
    execute(change + "WHERE p.manifest_id = m.id AND p.parcel_id = %s", parcel.pk)
    return parcel.code


@breaks("handed_over_has_left")
def a_truck_that_left_without_its_parcel(house: House) -> str:
    parcel = house.one.parcels["boxed"]
    change = "UPDATE outbound_manifest m SET status = 'handed_over', handed_over_at = %s "
    one_truck = "FROM outbound_manifestparcel p WHERE p.manifest_id = m.id AND p.parcel_id = %s"
    execute(change + one_truck, NOON, parcel.pk)
    return parcel.code


@breaks("enclosures_have_their_place")
def packaging_in_no_place(house: House) -> str:
    parcel = house.one.parcels["boxed"]
    execute("UPDATE outbound_enclosure SET bin_id = NULL WHERE parcel_id = %s", parcel.pk)
    return parcel.code


@breaks("boxes_are_of_the_house")
def a_box_of_another_house(house: House) -> str:
    parcel = house.one.parcels["boxed"]
    change = "UPDATE outbound_parcelbox SET box_id = (SELECT id FROM outbound_packagingbox WHERE warehouse_id <> %s) "
    execute(change + "WHERE parcel_id = %s", parcel.warehouse_id, parcel.pk)
    return parcel.code


@breaks("codes_of_outbound_manifest")
def a_manifest_with_another_code(house: House) -> str:
    parcel = house.one.parcels["boxed"]
    change = "UPDATE outbound_manifest m SET code = 'MAN-NONE' FROM outbound_manifestparcel p "
    execute(change + "WHERE p.manifest_id = m.id AND p.parcel_id = %s", parcel.pk)
    return "MAN-NONE"


@breaks("serial_numbers_are_packed")
def a_serial_number_in_another_parcel(house: House) -> str:
    parcel = house.one.parcels["boxed"]
    execute("UPDATE outbound_serialnumber SET parcel_id = %s WHERE seller_id = %s", parcel.pk, parcel.seller_id)
    return parcel.code
