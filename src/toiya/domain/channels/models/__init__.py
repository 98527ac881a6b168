"""Shops we are connected to, what we tell and hear, and how sellers come over from a site's console."""

from toiya.domain.channels.models.joins import ConsoleLink, PendingJoin, UsedAssertion
from toiya.domain.channels.models.linking import LinkAct, LinkChange
from toiya.domain.channels.models.numbers import ListingRules, NumberDifference, Reconciliation, ShopRules
from toiya.domain.channels.models.settlements import SettlementFile
from toiya.domain.channels.models.shops import (
    Confirmation,
    Connection,
    Listing,
    Notice,
    Pull,
    StockPush,
    Stranger,
    Wish,
    WriteBack,
)

__all__ = [
    "Confirmation",
    "Connection",
    "ConsoleLink",
    "LinkAct",
    "LinkChange",
    "Listing",
    "ListingRules",
    "Notice",
    "NumberDifference",
    "PendingJoin",
    "Pull",
    "Reconciliation",
    "SettlementFile",
    "ShopRules",
    "StockPush",
    "Stranger",
    "UsedAssertion",
    "Wish",
    "WriteBack",
]
