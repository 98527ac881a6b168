"""Damage to what members hold and say: codes that are not those of their rows, turns that nobody took."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge, one
from tests.verify.whole_house import House


def _recoded(table: str, house: House, forged: str) -> str:
    row = one(f"SELECT max(id) FROM {table} WHERE seller_id = %s", house.one.seller.pk)
    execute(f"UPDATE {table} SET code = %s WHERE id = %s", forged, row)
    return forged


@breaks("codes_of_members_certificate")
def a_certificate_with_another_code(house: House) -> str:
    return _recoded("members_certificate", house, "CRT-222222-2")


@breaks("codes_of_members_application")
def an_application_with_another_code(house: House) -> str:
    return _recoded("members_application", house, "APP-222222-2")


@breaks("codes_of_members_invitation")
def an_invitation_with_another_code(house: House) -> str:
    return _recoded("members_invitation", house, "INV-222222-2")


@breaks("codes_of_members_apikey")
def a_key_with_another_code(house: House) -> str:
    return _recoded("members_apikey", house, "KEY-222222-2")


@breaks("codes_of_conversations_conversation")
def a_conversation_with_another_code(house: House) -> str:
    return _recoded("conversations_conversation", house, "CNV-222222-2")


@breaks("conversations_have_words")
def a_conversation_in_which_nothing_was_said(house: House) -> str:
    seller = house.one.seller.pk
    row = one("SELECT max(id) FROM conversations_conversation WHERE seller_id = %s", seller)
    forge(
        "conversations_entry",
        "UPDATE conversations_entry SET is_internal = true, side = 'operator' WHERE conversation_id = %s",
        row,
    )
    return str(one("SELECT code FROM conversations_conversation WHERE id = %s", row))


@breaks("conversations_wait_for_the_right_side")
def a_conversation_that_waits_for_the_wrong_side(house: House) -> str:
    row = one("SELECT max(id) FROM conversations_conversation WHERE seller_id = %s", house.one.seller.pk)
    execute("UPDATE conversations_conversation SET status = 'waiting_for_seller', due_at = NULL WHERE id = %s", row)
    return str(one("SELECT code FROM conversations_conversation WHERE id = %s", row))


@breaks("links_of_their_own_shops")
def a_console_that_opens_another_shops_door(house: House) -> str:
    execute("UPDATE channels_consolelink SET shop_id = 'another' WHERE seller_id = %s", house.one.seller.pk)
    return house.one.shop.code
