"""Damage to the ways money comes in, and to causes that are booked once."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge, one
from tests.verify.whole_house import House


def _forge_booking(house: House, source: str, change: str) -> str:
    forge(
        "wallet_booked",
        f"UPDATE wallet_booked SET {change} WHERE seller_id = %s AND source = %s",
        house.one.seller.pk,
        source,
    )
    return source


@breaks("causes_are_booked_once")
def a_compensation_that_was_noted_a_yen_higher(house: House) -> str:
    return _forge_booking(house, "CLAIM-1", "amount_minor = amount_minor + 1")


@breaks("advertising_credit_pays_what_it_may")
def storage_paid_with_advertising_credit(house: House) -> str:
    return _forge_booking(house, "LEAFLET-1", "\"use\" = 'storage'")


@breaks("owed_is_what_sales_are_to_pay")
def a_fee_that_claims_its_sale_has_paid(house: House) -> str:
    execute(
        "UPDATE wallet_reservation SET is_owed = false WHERE seller_id = %s AND source = 'SHIPPING-2'",
        house.one.seller.pk,
    )
    return house.one.seller.code


@breaks("fees_fit_their_sale")
def a_sale_that_brings_less_than_its_fees(house: House) -> str:
    seller = house.one.seller
    execute("UPDATE wallet_sale SET expected_minor = 1 WHERE seller_id = %s AND status = 'awaited'", seller.pk)
    return str(one("SELECT order_code FROM wallet_sale WHERE seller_id = %s AND status = 'awaited'", seller.pk))


@breaks("settled_sales_are_booked")
def a_sale_that_says_more_was_paid(house: House) -> str:
    seller = house.one.seller
    execute(
        "UPDATE wallet_sale SET settled_minor = settled_minor + 1 WHERE seller_id = %s AND status = 'settled'",
        seller.pk,
    )
    return str(one("SELECT order_code FROM wallet_sale WHERE seller_id = %s AND status = 'settled'", seller.pk))


@breaks("money_in_has_its_cause")
def a_gift_code_that_says_it_was_redeemed(house: House) -> str:
    execute(
        "UPDATE wallet_giftcode SET status = 'redeemed', seller_id = %s "
        "WHERE id = (SELECT min(id) FROM wallet_giftcode WHERE status = 'issued')",
        house.one.seller.pk,
    )
    return str(
        one(
            "SELECT code FROM wallet_giftcode g WHERE status = 'redeemed' AND seller_id = %s AND NOT EXISTS "
            "(SELECT FROM wallet_topup WHERE token = g.code) AND money = 'free'",
            house.one.seller.pk,
        )
    )


@breaks("money_back_is_in_the_ledger")
def a_reversal_that_says_less_was_owed(house: House) -> str:
    seller = house.one.seller
    execute(
        "UPDATE wallet_reversal SET owed_minor = CASE owed_minor WHEN 0 THEN 1 ELSE 0 END WHERE seller_id = %s",
        seller.pk,
    )
    return str(one("SELECT code FROM wallet_reversal WHERE seller_id = %s", seller.pk))


@breaks("free_money_pays_debts_first", "account_is_sum_of_entries", "accounts_sum_to_zero")
def a_debt_beside_free_money(house: House) -> str:
    seller = house.one.seller
    execute(
        "INSERT INTO wallet_account (seller_id, currency, kind, balance_minor, credit_limit_minor) "
        "VALUES (%s, 'JPY', 'debt', -1, 0) ON CONFLICT (seller_id, currency, kind) DO UPDATE SET balance_minor = -1",
        seller.pk,
    )
    return seller.code
