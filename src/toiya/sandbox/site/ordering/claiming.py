"""Claims about a line: buyers' and sellers' cancellations, returns, exchanges (channels.md 1.5, 1.8)."""

from dataclasses import dataclass
from datetime import datetime

from toiya.sandbox.site.models import Claim, Line
from toiya.sandbox.site.models.orders import ClaimStat, Status
from toiya.sandbox.site.ordering import stock
from toiya.sandbox.site.ordering.refusals import OrderingRefused

# From here on the order is gone from the list; while a buyer only asks, the line stays there (ours).
CANCELLED_STATS = {ClaimStat.CANCELLED, ClaimStat.NOT_RECEIVED_REFUNDED, ClaimStat.UNPAID_CANCELLED}
OPEN_STATS = {
    ClaimStat.CANCEL_REQUESTED,
    ClaimStat.CANCELLING,
    ClaimStat.RETURN_REQUESTED,
    ClaimStat.RETURNING,
    ClaimStat.EXCHANGE_REQUESTED,
    ClaimStat.EXCHANGE_APPROVED,
    ClaimStat.REDELIVERING,
}
BEFORE_SHIPPING = {ClaimStat.CANCEL_REQUESTED, ClaimStat.CANCELLING, ClaimStat.CANCELLED}


@dataclass(frozen=True)
class Wish:
    """What is claimed: the state to reach, the reason given and the seller's memo."""

    stat: ClaimStat = ClaimStat.CANCELLED
    reason: str = ""
    memo: str = ""


def claim(line: Line, wish: Wish, *, at: datetime) -> Claim:
    """
    Open a claim on a line, or move its open one on. A cancelled line leaves the order list.

    :raises OrderingRefused: the line is cancelled already, or shipped when a cancellation is wished
    """
    if line.is_cancelled:
        raise OrderingRefused(f"Order {line.order_no} is cancelled already. Choose another line.")
    if wish.stat in BEFORE_SHIPPING and line.status >= Status.ON_DELIVERY:
        raise OrderingRefused(f"Order {line.order_no} is shipped. Ask for a return instead.")
    found = Claim.objects.filter(line=line, completed_at=None).last()
    record = found or Claim(line=line, requested_at=at)
    record.stat = wish.stat
    record.reason = wish.reason or record.reason
    record.memo = wish.memo or record.memo
    record.completed_at = None if wish.stat in OPEN_STATS else at
    record.save()
    if wish.stat in CANCELLED_STATS:
        line.is_cancelled = True
        line.save()
        if line.status < Status.ON_DELIVERY:
            stock.give_back(line)
    return record
