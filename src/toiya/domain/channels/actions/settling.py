"""What a sales site paid for a shop's orders goes into its seller's wallet, less the fees that waited for it (A167)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.channels.models import Connection
from toiya.domain.channels.settlement_file import SettledRow
from toiya.domain.orders.models import Line, Order
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.sales import SaleTerms, book_sale
from toiya.domain.wallet.events import SaleSettled
from toiya.domain.wallet.models import Sale, SettlingShop
from toiya.domain.wallet.sql import Purse


class ShopNotSettling(Refusal):
    """The site pays this shop's seller itself: money in its settlement is not ours."""

    code = "shop_not_settling"
    message = gettext_lazy("%(shop)s is paid by its site directly. Switch on that its sales are paid to us first.")


@dataclass(frozen=True, slots=True)
class SettlingOutcome:
    """Codes of the orders that were paid now, of those paid before, and the rows that are no order with money."""

    settled: Sequence[str]
    before: Sequence[str]
    unknown: Sequence[SettledRow]


@transaction.atomic
def settle_sales(*, connection_code: str, rows: Sequence[SettledRow], actor: Actor, at: datetime) -> SettlingOutcome:
    """
    Book what a site paid for orders of one shop. The same file again books nothing; so does a plug's second call.

    :raises NotFound: no such shop
    :raises ShopNotSettling: its sales are not paid to us
    """
    shop: Connection | None = Connection.objects.filter(code=connection_code).lock().select_related("seller").first()
    if shop is None:
        raise NotFound(kind=gettext_lazy("shop"), code=connection_code[:20])
    if not SettlingShop.objects.filter(seller=shop.seller, shop_code=shop.code).exists():
        raise ShopNotSettling(shop=shop.name)
    ledger.lock(Purse(shop.seller_id, shop.seller.currency, actor.name, at))
    judged = judge_rows(shop, rows)

    told = [_settle(shop, judged.orders[code], minor, actor, at) for code, minor in judged.fresh.items()]

    events.record_all(told, actor=actor, at=at)
    return SettlingOutcome(sorted(judged.fresh), sorted(judged.before), judged.unknown)


@dataclass(frozen=True, slots=True)
class JudgedSettlement:
    """
    What rows would do: the orders they name, minor units to book by order, those paid before, and the rows that are no
    order with money. `codes` is the order each of the site's numbers means.
    """

    orders: Mapping[str, Order]
    codes: Mapping[str, str]
    fresh: Mapping[str, int]
    before: frozenset[str]
    unknown: Sequence[SettledRow]


def judge_rows(shop: Connection, rows: Sequence[SettledRow]) -> JudgedSettlement:
    """Judge a settlement without writing; four queries."""
    orders = _orders(shop, rows)
    paid: Counter[str] = Counter()
    for row in rows:
        if row.external_id in orders:
            paid[orders[row.external_id].code] += row.paid.minor
    settled = Sale.objects.filter(seller_id=shop.seller_id, status=Sale.Status.SETTLED, order_code__in=paid)
    before = frozenset(settled.values_list("order_code", flat=True))
    without = {code for code, minor in paid.items() if minor <= 0} - before
    return JudgedSettlement(
        orders={order.code: order for order in orders.values()},
        codes={number: order.code for number, order in orders.items()},
        fresh={code: minor for code, minor in paid.items() if code not in before and minor > 0},
        before=before,
        unknown=[row for row in rows if row.external_id not in orders or orders[row.external_id].code in without],
    )


def _settle(shop: Connection, order: Order, minor: int, actor: Actor, at: datetime) -> SaleSettled:
    terms = SaleTerms(order.code, order.shop_code, Money(order.total_minor, order.currency))
    return book_sale(seller=shop.seller, terms=terms, paid=Money(minor, order.currency), actor=actor, at=at)


def _orders(shop: Connection, rows: Sequence[SettledRow]) -> dict[str, Order]:
    """
    The shop's orders by the site's number of their cart or of one of their lines.

    The file is read in the seller's currency: an order sold in another one is none of them, and a person looks.
    """
    numbers = {row.external_id for row in rows}
    own = Order.objects.filter(seller_id=shop.seller_id, shop_code=shop.code, currency=shop.seller.currency)
    lines = Line.objects.filter(seller_id=shop.seller_id, external_id__in=numbers, order__in=own).select_related(
        "order"
    )
    found = {line.external_id: line.order for line in lines}
    return found | {order.external_id: order for order in own.filter(external_id__in=numbers)}
