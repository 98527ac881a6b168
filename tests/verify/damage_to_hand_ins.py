"""Damage to parcels that their sellers pack."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge
from tests.verify.whole_house import House


@breaks("hand_ins_go_with_their_parcel", "handed_in_once")
def a_parcel_that_is_here_without_having_come(house: House) -> str:
    parcel = house.one.parcels["own_here"]
    execute("UPDATE outbound_handin SET handed_in_at = NULL WHERE parcel_id = %s", parcel.pk)
    return parcel.code


@breaks("hand_ins_hold_no_stock", "shipped_is_packed")
def pieces_of_ours_that_left_with_a_sellers_own_parcel(house: House) -> str:
    own, ours = house.one.parcels["own_gone"], house.one.parcels["shipped"]
    forge("stock_movement", "UPDATE stock_movement SET source = %s WHERE kind = 4 AND source = %s", own.code, ours.code)
    return own.code


@breaks("handed_in_once", "steps_follow_the_arrows")
def a_parcel_whose_coming_was_forgotten(house: House) -> str:
    parcel = house.one.parcels["own_gone"]
    forge(
        "core_event", "UPDATE core_event SET name = 'parcel.announced' WHERE name = 'parcel.handed_in' "
        "AND data ->> 'parcel' = %s", parcel.code,
    )  # fmt: skip
    return parcel.code


@breaks("codes_of_outbound_handinlist")
def a_list_with_another_code(house: House) -> str:
    seller = house.one.seller.pk
    execute("UPDATE outbound_handinlist SET code = 'HIL-222222-2' WHERE seller_id = %s", seller)
    return "HIL-222222-2"
