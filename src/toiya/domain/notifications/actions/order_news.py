"""Writing a seller's people about new orders: one mail for all that came in, with no buyer's data in it (A046)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.allocation.rules import Why
from toiya.domain.channels.models import Connection
from toiya.domain.members.models import Seller
from toiya.domain.notifications import rules
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter
from toiya.domain.notifications.models import OrderNews
from toiya.domain.notifications.order_readers import readers_of
from toiya.domain.orders.models import Order

_SETTLING = timedelta(minutes=1)  # an order with a lower number may commit a moment later
_OLDEST = timedelta(days=1)  # nobody wants a mail about last week


@transaction.atomic
def write_order_news(*, seller_id: int, actor: Actor, at: datetime) -> int:
    """
    Write each person of the seller who wants it about the orders nobody was told of; returns how many are written to.

    Only to mailboxes that were verified and take our mail. Running twice writes nothing twice.
    """
    OrderNews.objects.bulk_create([OrderNews(seller_id=seller_id)], ignore_conflicts=True)
    news: OrderNews = OrderNews.objects.filter(seller_id=seller_id).lock().get()
    untold = Order.objects.filter(seller_id=seller_id, pk__gt=news.told_up_to, placed_at__lte=at - _SETTLING)
    orders = list(untold.order_by("pk").values_list("pk", "code", "shop_code", "waiting_reason", "placed_at", "status"))
    if not orders:
        return 0
    fresh = [order for order in orders if order[4] > at - _OLDEST and order[5] != Order.Status.CANCELLED]

    readers = readers_of(seller_id) if fresh else []
    seller = Seller.objects.get(pk=seller_id)
    words = _words(seller, fresh) if readers else {}
    for user in readers:
        letter = Letter("new_orders", words)
        key = f"orders-{seller_id}-{orders[-1][0]}-{user.pk}"
        write_letter(letter=letter, to=to_user(user, seller_id), key=key, at=at)
    news.told_up_to, news.told_at = orders[-1][0], at
    news.save(update_fields=["told_up_to", "told_at"])
    return len(readers)


def _words(seller: Seller, orders: Sequence[tuple[int, str, str, str, datetime, str]]) -> dict[str, str | int]:
    """Codes and counts; how they are called is the template's, in the reader's language."""
    shops = Counter(order[2] for order in orders)
    names = dict(Connection.objects.filter(code__in=[code for code in shops if code]).values_list("code", "name"))
    waiting = Counter(order[3] for order in orders if order[3])
    codes = [order[1] for order in orders]
    by_shop = (f"{names.get(code, code)}: {count}" for code, count in shops.most_common() if code)
    words: dict[str, str | int] = {
        "seller": seller.name,
        "orders": len(orders),
        "waiting": sum(waiting.values()),
        "by_shop": "\n".join(by_shop),
        "by_hand": shops.get("", 0),
        "codes": "\n".join(codes[: rules.MOST_CODES_IN_A_MAIL]),
        "more": max(0, len(codes) - rules.MOST_CODES_IN_A_MAIL),
    }
    return words | {f"waits_{why}": waiting[why] for why in Why}
