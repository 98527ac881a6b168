"""Writing a seller's people before a cut-off about the orders that will miss it because they still wait (L10)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.allocation.rules import Why
from toiya.domain.members.models import Seller
from toiya.domain.notifications import rules
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter
from toiya.domain.notifications.cut_offs import waiting_at
from toiya.domain.notifications.order_readers import readers_of
from toiya.domain.warehouses.models import Warehouse


@transaction.atomic
def tell_before_cut_off(*, seller_id: int, cut_off: datetime, actor: Actor, at: datetime) -> int:
    """
    One letter for each person who wants mails about orders, and for each cut-off: which orders wait, and why. Returns
    to how many; nothing is written twice, and nothing once no order waits.
    """
    orders = list(waiting_at(seller_id, cut_off))
    readers = readers_of(seller_id) if orders else []
    words = _words(Seller.objects.get(pk=seller_id), orders, cut_off) if readers else {}

    for user in readers:
        key = f"cut-off-{seller_id}-{cut_off:%Y%m%d%H%M}-{user.pk}"
        write_letter(letter=Letter("before_cut_off", words), to=to_user(user, seller_id), key=key, at=at)
    return len(readers)


def _words(seller: Seller, orders: list[tuple[str, str, bool]], cut_off: datetime) -> dict[str, str | int]:
    zone = Warehouse.objects.order_by("pk").values_list("time_zone", flat=True).first() or "Asia/Tokyo"
    waiting = Counter(reason for _code, reason, _is_held in orders if reason)
    codes = [code for code, _reason, _is_held in orders]
    words: dict[str, str | int] = {
        "seller": seller.name,
        "orders": len(orders),
        "time": cut_off.astimezone(ZoneInfo(zone)).strftime("%H:%M"),
        "held": sum(is_held for _code, _reason, is_held in orders),
        "codes": "\n".join(codes[: rules.MOST_CODES_IN_A_MAIL]),
        "more": max(0, len(codes) - rules.MOST_CODES_IN_A_MAIL),
    }
    return words | {f"waits_{why}": waiting[why] for why in Why}
