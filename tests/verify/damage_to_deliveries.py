"""Damage to deliveries on their way in."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, one
from tests.verify.whole_house import House


@breaks("bundles_hold_their_requests")
def a_line_that_tells_more_than_was_asked(house: House) -> str:
    bundle = house.one.bundles["sent"]
    execute("UPDATE inbound_bundleline SET told = told + 1 WHERE bundle_id = %s", bundle.pk)
    return bundle.code


@breaks("cartons_within_bundle")
def cartons_that_hold_more_than_the_delivery(house: House) -> str:
    bundle = house.one.bundles["confirmed"]
    execute(
        "UPDATE inbound_cartonline SET quantity = 5 WHERE carton_id = "
        "(SELECT min(id) FROM inbound_carton WHERE bundle_id = %s)", bundle.pk,
    )  # fmt: skip
    return bundle.code


@breaks("bundle_fees_set_aside", "bundles_are_charged_their_fee")
def a_delivery_whose_fee_is_not_what_was_set_aside(house: House) -> str:
    bundle = house.one.bundles["asked"]
    execute("UPDATE inbound_cargobundle SET estimate_minor = estimate_minor + 1 WHERE id = %s", bundle.pk)
    return bundle.code


@breaks("requests_follow_their_bundle")
def a_request_that_is_open_and_in_a_bundle(house: House) -> str:
    code = one("SELECT code FROM inbound_inboundrequest WHERE bundle_id = %s", house.one.bundles["sent"].pk)
    execute("UPDATE inbound_inboundrequest SET status = 'requested' WHERE code = %s", code)
    return str(code)


@breaks("taken_out_as_asked")
def a_request_completed_with_fewer_pieces_than_asked(house: House) -> str:
    seller = house.one.seller.pk
    code = one(
        "SELECT code FROM inbound_inboundrequest WHERE kind = 'out' AND status = 'completed' AND seller_id = %s", seller
    )
    execute("UPDATE inbound_inboundrequest SET quantity = quantity + 1 WHERE code = %s", code)
    return str(code)


@breaks("dock_slots_fit_their_bundle")
def a_time_at_the_dock_that_a_rejected_delivery_holds(house: House) -> str:
    bundle, taken = house.one.bundles["rejected"], house.one.bundles["confirmed"]
    execute("UPDATE inbound_dockslot SET bundle_id = %s WHERE bundle_id = %s", bundle.pk, taken.pk)
    return bundle.code


@breaks("codes_of_inbound_cargobundle", "bundle_fees_set_aside", "bundles_are_charged_their_fee")
def a_delivery_with_another_code(house: House) -> str:
    execute("UPDATE inbound_cargobundle SET code = 'CB-222222-2' WHERE id = %s", house.one.bundles["asked"].pk)
    return "CB-222222-2"


@breaks("codes_of_inbound_inboundrequest")
def a_request_with_another_code(house: House) -> str:
    pk = one("SELECT min(id) FROM inbound_inboundrequest WHERE kind = 'in' AND seller_id = %s", house.one.seller.pk)
    execute("UPDATE inbound_inboundrequest SET code = 'IO-222222-2' WHERE id = %s", pk)
    return "IO-222222-2"


@breaks("codes_of_inbound_carton")
def a_carton_with_another_code(house: House) -> str:
    pk = one("SELECT min(id) FROM inbound_carton WHERE bundle_id = %s", house.one.bundles["confirmed"].pk)
    execute("UPDATE inbound_carton SET code = 'CTN-222222-2' WHERE id = %s", pk)
    return "CTN-222222-2"
