"""Damage to orders, their codes and their promises."""

from __future__ import annotations

from tests.verify.damage import breaks, drop, execute, forge, one
from tests.verify.whole_house import House
from toiya.domain.catalog.models import Sku

_EVENT = """
INSERT INTO core_event (name, seller_id, subject, at, actor_kind, actor_id, actor_name, data)
VALUES (%s, %s, %s, now(), %s, '', '', '{}')
"""


def _recode(table: str, old: str, new: str) -> str:
    """The row, and all that tells of it, under another code."""
    execute(f"UPDATE {table} SET code = %s WHERE code = %s", new, old)
    return new


def _retell(old: str, new: str) -> None:
    forge("core_event", "UPDATE core_event SET subject = %s WHERE subject = %s", new, old)


@breaks("one_order_per_cart", "constraints_in_place")
def the_same_cart_twice(house: House) -> str:
    first, second = house.one.orders["allocated"], house.one.orders["received"]
    drop("orders_order", "one_order_per_cart")
    execute("UPDATE orders_order SET external_id = %s WHERE id = %s", first.external_id, second.pk)
    return min(first.code, second.code)


@breaks("placed_once")
def an_order_whose_placing_is_gone(house: House) -> str:
    code = house.one.orders["waiting"].code
    forge("core_event", "DELETE FROM core_event WHERE name = 'order.placed' AND subject = %s", code)
    return code


@breaks("events_of_the_orders_seller")
def an_event_of_another_seller(house: House) -> str:
    code = house.one.orders["waiting"].code
    forge(
        "core_event",
        "UPDATE core_event SET seller_id = %s WHERE name = 'order.placed' AND subject = %s",
        house.other.seller.pk,
        code,
    )
    return code


@breaks("events_are_whole")
def an_event_by_nobody(house: House) -> str:
    execute(_EVENT, "shop.works", house.one.seller.pk, house.one.shop.code, "")
    return house.one.shop.code


@breaks("codes_of_orders_order")
def an_order_with_another_code(house: House) -> str:
    old = house.one.orders["received"].code
    _retell(old, "ORD-2345678-A")
    return _recode("orders_order", old, "ORD-2345678-A")


@breaks("codes_of_outbound_parcel")
def a_parcel_with_a_wrong_check_character(house: House) -> str:
    code = house.one.parcels["packing"].code
    return _recode("outbound_parcel", code, code[:-1] + ("2" if code[-1] != "2" else "3"))


@breaks("codes_of_outbound_wave")
def a_wave_with_another_code(house: House) -> str:
    return _recode("outbound_wave", one("SELECT min(code) FROM outbound_wave"), "WAV-222222-2")


@breaks("codes_of_outbound_picklist")
def a_pick_list_with_another_code(house: House) -> str:
    return _recode("outbound_picklist", one("SELECT min(code) FROM outbound_picklist"), "PL-1")


@breaks("codes_of_members_seller")
def a_seller_with_another_code(house: House) -> str:
    return _recode("members_seller", house.one.seller.code, "SLR-HANATAB-2")


@breaks("codes_of_channels_connection")
def a_shop_with_another_code(house: House) -> str:
    old = house.one.shop.code
    execute("UPDATE orders_order SET shop_code = 'CON-222222-2' WHERE shop_code = %s", old)
    return _recode("channels_connection", old, "CON-222222-2")


@breaks("codes_of_channels_linkact")
def an_act_of_linking_with_another_code(house: House) -> str:
    code = one("SELECT min(code) FROM channels_linkact WHERE seller_id = %s", house.one.seller.pk)
    return _recode("channels_linkact", code, "LNK-222222-2")


@breaks("item_codes")
def an_item_with_another_code(house: House) -> str:
    sku = Sku.objects.select_related("item").get(seller=house.one.seller, seller_code="MUG")
    _retell(sku.code, "399999999999-00001")
    _recode("catalog_sku", sku.code, "399999999999-00001")
    return _recode("catalog_inventoryitem", sku.item.code, "399999999999")


@breaks("sku_codes")
def a_sku_with_an_odd_code(house: House) -> str:
    sku = Sku.objects.get(seller=house.one.seller, seller_code="MUG")
    _retell(sku.code, "MUG")
    return _recode("catalog_sku", sku.code, "MUG")


@breaks("allocated_is_promised", "lines_promised_whole")
def a_promise_of_a_piece_more(house: House) -> str:
    order = house.one.orders["allocated"]
    line = order.lines.get(item_code="MUG")
    execute("UPDATE allocation_allocation SET quantity = quantity + 1 WHERE line_id = %s", line.pk)
    return Sku.objects.get(pk=line.sku_id).code


@breaks("lines_promised_whole")
def a_line_that_wants_more_than_it_was_promised(house: House) -> str:
    order = house.one.orders["allocated"]
    execute("UPDATE orders_line SET quantity = quantity + 1 WHERE order_id = %s", order.pk)
    return order.code


@breaks("open_orders_are_listed")
def an_open_order_on_no_list(house: House) -> str:
    order = house.one.orders["allocated"]
    execute("DELETE FROM orders_openorder WHERE order_id = %s", order.pk)
    return order.code


@breaks("promises_have_a_cause")
def a_promise_to_a_cancelled_line(house: House) -> str:
    order = house.one.orders["allocated"]
    execute("UPDATE orders_line SET is_cancelled = true WHERE order_id = %s", order.pk)
    return order.code


@breaks("waiting_lines_have_a_reason")
def a_line_that_waits_for_no_reason(house: House) -> str:
    order = house.one.orders["unknown"]
    execute("DELETE FROM allocation_waitreason WHERE order_id = %s", order.pk)
    return order.code


@breaks("reasons_belong_to_waiting_lines")
def a_promised_line_with_a_reason_to_wait(house: House) -> str:
    order = house.one.orders["allocated"]
    execute(
        "INSERT INTO allocation_waitreason (line_id, seller_id, order_id, code, details, since) "
        "SELECT id, seller_id, order_id, 'no_sku', '{}', now() FROM orders_line WHERE order_id = %s",
        order.pk,
    )
    return order.code


@breaks("waiting_orders_name_a_reason")
def a_waiting_order_without_its_leading_reason(house: House) -> str:
    order = house.one.orders["waiting"]
    execute("UPDATE orders_order SET waiting_reason = '' WHERE id = %s", order.pk)
    return order.code


@breaks("status_is_last_event")
def an_order_set_back_by_hand(house: House) -> str:
    order = house.one.orders["taken_back"]
    execute("DELETE FROM allocation_waitreason WHERE order_id = %s", order.pk)
    execute("UPDATE orders_order SET status = 'received', waiting_reason = '' WHERE id = %s", order.pk)
    return order.code


@breaks("steps_follow_the_arrows")
def an_order_that_shipped_and_waits(house: House) -> str:
    order = house.one.orders["waiting"]
    for name in ("order.shipped", "order.waits"):
        execute(_EVENT, name, order.seller_id, order.code, "system")
    return order.code
