"""Damage to orders stopped on the floor."""

from __future__ import annotations

from tests.verify.damage import breaks, execute
from tests.verify.whole_house import House


@breaks("stops_have_their_outcome")
def a_request_whose_parcel_is_of_another_order(house: House) -> str:
    order, parcel = house.one.orders["sealed"], house.one.parcels["shipped"]
    execute("UPDATE outbound_stop SET parcel_id = %s WHERE order_id = %s AND outcome = 'sealed'", parcel.pk, order.pk)
    return order.code


@breaks("stopped_pieces_lie_in_totes")
def a_pile_of_a_piece_more(house: House) -> str:
    order = house.one.orders["stopped"]
    execute(
        "UPDATE outbound_carryback SET quantity = quantity + 1 WHERE put_at IS NULL AND seller_id = %s",
        order.seller_id,
    )
    return order.code
