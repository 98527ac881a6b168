"""Whose each hold is, who may place it by hand and who may lift it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class HoldOwner(StrEnum):
    """Who must do something before the order goes on."""

    SELLER = "seller"
    WAREHOUSE = "warehouse"
    CARRIER = "carrier"
    SITE = "site"


OWNERS: Mapping[str, HoldOwner] = {
    # placed by a rule of ours
    "wallet_too_low": HoldOwner.SELLER,
    "label_rejected": HoldOwner.WAREHOUSE,
    "cancel_asked": HoldOwner.SELLER,
    "shipped_elsewhere": HoldOwner.SELLER,
    "not_paid": HoldOwner.SITE,
    "vanished_at_site": HoldOwner.SELLER,
    "wish_not_kept": HoldOwner.SELLER,
    "fees_unpaid": HoldOwner.SELLER,
    "abroad": HoldOwner.WAREHOUSE,
    # placed by a person
    "seller_waits": HoldOwner.SELLER,
    "address_in_doubt": HoldOwner.SELLER,
    "goods_in_doubt": HoldOwner.WAREHOUSE,
    "warehouse_waits": HoldOwner.WAREHOUSE,
    "carrier_waits": HoldOwner.CARRIER,
    "site_waits": HoldOwner.SITE,
}
BY_HAND = ("seller_waits", "address_in_doubt", "site_waits", "goods_in_doubt", "warehouse_waits", "carrier_waits")
_SELLERS_OWN = frozenset({HoldOwner.SELLER, HoldOwner.SITE})
ENDS_BY_PAYING = frozenset({"fees_unpaid"})  # lifted by the payment, by nobody's hand


def may_place(code: str, *, is_operator: bool) -> bool:
    """Whether a person may place this hold by hand: the operator any, a seller those it can lift again."""
    return code in BY_HAND and (is_operator or OWNERS[code] in _SELLERS_OWN)


def may_lift(code: str, *, is_operator: bool) -> bool:
    """
    Whether a person may lift it: the operator any; a seller its own, and what its sales site waits for.

    Nobody lifts what ends by paying: the seller pays, or the office gives it more time.
    """
    if code in ENDS_BY_PAYING:
        return False
    return is_operator or OWNERS.get(code, HoldOwner.SELLER) in _SELLERS_OWN
