"""The sellers: their marks, what is open for them, their money and their shops."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render

from toiya.core.actor import Permission
from toiya.domain.channels.models import Connection
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order
from toiya.domain.wallet.models import Account
from toiya.web.office.access import desk
from toiya.web.office.orders import clean
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import CONNECTION

OPEN = ("received", "waiting", "allocated", "picking", "packing", "ready", "to_hand_in", "handed_in")
WORST_FIRST = ("broken", "degraded", "working")


@desk(Permission.SEE_SELLERS)
def sellers(request: Request) -> HttpResponse:
    """One row a seller, with a constant number of queries."""
    words = clean(request.GET.get("q", ""))
    found = (
        Seller.objects.filter(Q(name__icontains=words) | Q(code__istartswith=words)) if words else Seller.objects.all()
    )
    page = page_of(found, request.GET, ("name", "id"))
    may_choose = request.actor.may(Permission.APPROVE_SELLERS)
    context = {
        "page": page,
        "rows": _rows(list(page.rows)),
        "words": words,
        "may_choose": may_choose,
        "may_price": request.actor.may(Permission.EDIT_PRICES),
    }
    return render(request, "office/sellers.html#list" if request.htmx else "office/sellers.html", context)


def _rows(found: list[Seller]) -> list[dict[str, Any]]:
    ids = [seller.pk for seller in found]
    counted = Order.objects.filter(seller_id__in=ids, status__in=OPEN).order_by().values_list("seller_id")
    orders = {
        seller: (count, stuck)
        for seller, count, stuck in counted.annotate(count=Count("pk"), stuck=Count("pk", filter=Q(status="waiting")))
    }
    money: dict[int, dict[str, Account]] = {}
    for account in Account.objects.filter(seller_id__in=ids, kind__in=["free", "reserved"]):
        money.setdefault(account.seller_id, {})[account.kind] = account
    shops: dict[int, list[Connection]] = {}
    for shop in Connection.objects.filter(seller_id__in=ids).order_by("pk"):
        shops.setdefault(shop.seller_id, []).append(shop)
    return [_row(seller, orders, money.get(seller.pk, {}), shops.get(seller.pk, [])) for seller in found]


def _row(
    seller: Seller, orders: dict[int, tuple[int, int]], money: dict[str, Account], shops: list[Connection]
) -> dict[str, Any]:
    count, stuck = orders.get(seller.pk, (0, 0))
    worst = min((shop.status for shop in shops), key=WORST_FIRST.index, default=None)
    return {
        "seller": seller,
        "open": count,
        "stuck": stuck,
        "free": money.get("free"),
        "reserved": money.get("reserved"),
        "shops": shops,
        "health": CONNECTION[worst] if worst else None,
    }
