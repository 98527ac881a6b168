"""Damage to goods and money."""

from __future__ import annotations

from tests.verify.damage import breaks, drop, execute, forge, one
from tests.verify.whole_house import House
from toiya.domain.catalog.models import Sku
from toiya.domain.stock.models import Balance, BinStock, Movement
from toiya.domain.wallet.models import Account
from toiya.domain.warehouses.models import Bin

_MOVEMENT = """
INSERT INTO stock_movement (seller_id, warehouse_id, sku_id, kind, quantity, from_bin_id, to_bin_id, lot, source,
                            at, actor)
VALUES (%s, %s, %s, %s, %s, %s, %s, '', 'FORGED', now(), 'nobody')
"""


def _mug(house: House) -> Sku:
    return Sku.objects.get(seller=house.one.seller, seller_code="MUG")


def _balance(house: House) -> Balance:
    return Balance.objects.get(sku=_mug(house))


def _mugs_in(house: House, code: str = "A01-02-1") -> BinStock:
    return BinStock.objects.get(sku=_mug(house), bin__code=code)


def _bin(house: House, code: str) -> Bin:
    return house.one.warehouse.bins.get(code=code)


def _moved(house: House, kind: Movement.Kind, quantity: int, from_bin: Bin | None, to_bin: Bin | None) -> str:
    sku = _mug(house)
    ids = [place.pk if place else None for place in (from_bin, to_bin)]
    execute(_MOVEMENT, sku.seller_id, house.one.warehouse.pk, sku.pk, int(kind), quantity, *ids)
    return sku.code


def _account(house: House, kind: str) -> Account:
    return Account.objects.get(seller=house.one.seller, kind=kind)


def _add(house: House, kind: str, minor: int) -> str:
    account = _account(house, kind)
    execute("UPDATE wallet_account SET balance_minor = balance_minor + %s WHERE id = %s", minor, account.pk)
    return house.one.seller.code


@breaks("on_hand_is_sum_of_movements", "bins_sum_to_on_hand")
def a_balance_with_a_piece_more(house: House) -> str:
    execute("UPDATE stock_balance SET on_hand = on_hand + 1 WHERE id = %s", _balance(house).pk)
    return _mug(house).code


@breaks("allocated_is_sum_of_movements", "allocated_is_promised")
def a_balance_with_a_promise_more(house: House) -> str:
    execute("UPDATE stock_balance SET allocated = allocated + 1 WHERE id = %s", _balance(house).pk)
    return _mug(house).code


@breaks("blocked_is_sum_of_movements", "blocked_lies_in_blocked_bins")
def a_balance_with_a_piece_set_aside_too_many(house: House) -> str:
    execute("UPDATE stock_balance SET blocked = blocked + 1 WHERE id = %s", _balance(house).pk)
    return _mug(house).code


@breaks("blocked_lies_in_blocked_bins")
def a_shelf_that_became_quarantine_with_goods_on_it(house: House) -> str:
    execute("UPDATE warehouses_bin SET kind = 'quarantine' WHERE id = %s", _bin(house, "A01-02-1").pk)
    return _mug(house).code


@breaks("bin_is_sum_of_movements", "bins_sum_to_on_hand")
def a_bin_with_a_piece_more(house: House) -> str:
    execute("UPDATE stock_binstock SET quantity = quantity + 1 WHERE id = %s", _mugs_in(house).pk)
    return _mug(house).code


@breaks("bins_sum_to_on_hand", "movements_touch_the_right_bins")
def a_piece_found_in_no_bin(house: House) -> str:
    execute("UPDATE stock_balance SET on_hand = on_hand + 1 WHERE id = %s", _balance(house).pk)
    return _moved(house, Movement.Kind.FOUND, 1, None, None)


@breaks("movements_touch_the_right_bins")
def a_move_from_nowhere_to_nowhere(house: House) -> str:
    return _moved(house, Movement.Kind.MOVE, 1, None, None)


@breaks("bins_are_in_their_warehouse")
def a_move_within_another_warehouse(house: House) -> str:
    place = house.other.warehouse.bins.get(code="A01-01-1")
    return _moved(house, Movement.Kind.MOVE, 1, place, place)


@breaks("allocated_within_on_hand", "constraints_in_place")
def more_promised_than_there_is(house: House) -> str:
    balance = _balance(house)
    lost = balance.available + 1
    drop("stock_balance", "allocated_within_on_hand")
    execute("UPDATE stock_balance SET on_hand = on_hand - %s WHERE id = %s", lost, balance.pk)
    execute("UPDATE stock_binstock SET quantity = quantity - %s WHERE id = %s", lost, _mugs_in(house).pk)
    return _moved(house, Movement.Kind.LOST, lost, _bin(house, "A01-02-1"), None)


@breaks("bin_stock_not_negative", "constraints_in_place")
def a_bin_with_fewer_than_none(house: House) -> str:
    held = _mugs_in(house)
    drop("stock_binstock", "bin_stock_not_negative")
    drop("stock_binstock", "stock_binstock_quantity_check")
    execute("UPDATE stock_binstock SET quantity = -1 WHERE id = %s", held.pk)
    target = _mugs_in(house, "OUT-1")
    execute("UPDATE stock_binstock SET quantity = quantity + %s WHERE id = %s", held.quantity + 1, target.pk)
    return _moved(house, Movement.Kind.MOVE, held.quantity + 1, _bin(house, "A01-02-1"), _bin(house, "OUT-1"))


@breaks("receipts_were_told")
def a_receipt_that_nobody_told(house: House) -> str:
    code = _mug(house).code
    forge("core_event", "DELETE FROM core_event WHERE name = 'stock.received' AND subject = %s", code)
    return code


def _refund(house: House) -> int:
    return int(one("SELECT min(id) FROM wallet_posting WHERE kind = 'refund' AND seller_id = %s", house.one.seller.pk))


@breaks("postings_sum_to_zero", "accounts_sum_to_zero")
def a_posting_with_a_yen_more(house: House) -> str:
    free = _account(house, "free")
    forge(
        "wallet_entry",
        "UPDATE wallet_entry SET amount_minor = amount_minor + 1 WHERE posting_id = %s AND account_id = %s",
        _refund(house),
        free.pk,
    )
    return _add(house, "free", 1)


@breaks("account_is_sum_of_entries")
def a_yen_carried_between_accounts(house: House) -> str:
    _add(house, "fees", -1)
    return _add(house, "free", 1)


@breaks("accounts_sum_to_zero", "account_is_sum_of_entries")
def a_yen_from_nowhere(house: House) -> str:
    return _add(house, "free", 1)


@breaks("accounts_within_limits", "constraints_in_place")
def more_spent_than_there_was(house: House) -> str:
    drop("wallet_account", "free_within_limit")
    posting = one(
        "INSERT INTO wallet_posting (seller_id, kind, currency, at, actor) VALUES (%s, 'refund', 'JPY', now(), '') "
        "RETURNING id",
        house.one.seller.pk,
    )
    for kind, minor in (("free", -5_000_000), ("fees", 5_000_000)):
        execute(
            "INSERT INTO wallet_entry (seller_id, posting_id, account_id, amount_minor, source) "
            "VALUES (%s, %s, %s, %s, 'FORGED')",
            house.one.seller.pk,
            posting,
            _account(house, kind).pk,
            minor,
        )
        _add(house, kind, minor)
    return house.one.seller.code


@breaks("entries_in_one_currency")
def a_posting_in_dollars_on_yen_accounts(house: House) -> str:
    forge("wallet_posting", "UPDATE wallet_posting SET currency = 'USD' WHERE id = %s", _refund(house))
    return house.one.seller.code


def _end(house: House, source: str, status: str) -> None:
    execute(
        "UPDATE wallet_reservation SET status = %s WHERE seller_id = %s AND source = %s",
        status,
        house.one.seller.pk,
        source,
    )


@breaks("reservations_end_once")
def a_taken_fee_that_claims_to_be_given_back(house: House) -> str:
    _end(house, "STORAGE-1", "voided")
    return "STORAGE-1"


@breaks("open_reservations_are_reserved", "reservations_end_once")
def an_open_reservation_that_claims_to_be_over(house: House) -> str:
    _end(house, "STORAGE-3", "captured")
    return house.one.seller.code


@breaks("top_ups_were_told")
def a_top_up_that_nobody_told(house: House) -> str:
    forge(
        "core_event",
        "DELETE FROM core_event WHERE name = 'wallet.topped_up' AND seller_id = %s",
        house.one.seller.pk,
    )
    return house.one.seller.code
