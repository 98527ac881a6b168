"""Orders as the sales site or the seller gave them: lines, addresses, holds."""

from toiya.domain.orders.models.entries import ManagedOrder, Wish
from toiya.domain.orders.models.holds import Hold
from toiya.domain.orders.models.orders import Address, Line, OpenOrder, Order
from toiya.domain.orders.models.promises import PromiseMove
from toiya.domain.orders.models.splits import LineOrigin, MergedAway, SplitOff
from toiya.domain.orders.models.ways import OrderWay, ShopWay

__all__ = [
    "Address",
    "Hold",
    "Line",
    "LineOrigin",
    "ManagedOrder",
    "MergedAway",
    "OpenOrder",
    "Order",
    "OrderWay",
    "PromiseMove",
    "ShopWay",
    "SplitOff",
    "Wish",
]
