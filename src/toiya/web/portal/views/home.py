"""Home: what needs me by deadline, the next truck, today in numbers; or the first steps of a new shop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from toiya.core.actor import Actor, Permission
from toiya.domain.channels.models import Connection
from toiya.domain.inbound.sql import lots_still_near
from toiya.domain.orders.models import Order
from toiya.domain.wallet.models import Account
from toiya.web.portal import checklist, needs_you, order_rows, shop_health
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.on_time import on_time_tiles
from toiya.web.portal.sku_rows import running_out
from toiya.web.portal.views.orders import ON_THE_WAY, midnight
from toiya.web.shared import formats, waiting
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request

MOST_SINGLE = 8
MOST_RUNNING_OUT = 5


@needs(Permission.SEE_ORDERS, Permission.SEE_OFFICE, Permission.WORK_ON_FLOOR)
@for_sellers
@require_safe
def home(request: Request) -> HttpResponse:
    """The first page of a seller."""
    actor, at = request.actor, request.at
    clock = order_rows.clockwork()
    groups = needs_you.groups(actor)
    total = sum(group.orders for group in groups)
    shops = list(Connection.objects.visible_to(actor).order_by("name"))
    rows = []
    if 0 < total <= MOST_SINGLE:
        waiting_orders = list(order_rows.with_pieces(needs_you.orders(actor)).order_by("id")[:MOST_SINGLE])
        names = {shop.code: shop.name for shop in shops}
        rows = order_rows.rows_of(waiting_orders, names, clock, at)
    tally = _tally(actor, midnight(clock, at))
    all_today = tally["left"] + sum(tally[status] for status in ON_THE_WAY)
    may_see_stock = actor.may(Permission.SEE_STOCK)
    context = {
        "rows": rows,
        "groups": [_group(group) for group in groups] if total > MOST_SINGLE else [],
        "total": total,
        "troubles": [trouble for shop in shops if (trouble := shop_health.trouble(shop, at))],
        "truck_at": clock.cut_off("qoo10", at),
        "warehouse": clock.warehouse,
        "first_steps": checklist.read(actor),
        "running_out": running_out(shop_of(request).pk, at, MOST_RUNNING_OUT) if may_see_stock else [],
        "tiles": [*_tiles(request, tally), *on_time_tiles(request, clock)],
        "today": _today(tally),
        "today_label": _("%(left)s of %(all)s left today") % {"left": tally["left"], "all": all_today},
    }
    return render(request, "portal/home.html", context)


def _group(group: needs_you.Group) -> dict[str, Any]:
    reason = waiting.HOLD_REASONS[group.code] if group.is_hold else waiting.LINE_REASONS[group.code]
    return {
        "status": reason.status,
        "orders": group.orders,
        "oldest_at": group.oldest_at,
        "ship_by": group.ship_by,
        "url": f"{reverse('portal:orders')}?view=needs-you&reason={group.code}",
    }


def _tally(actor: Actor, began: datetime) -> dict[str, int]:
    """Orders on their way by where they stand, and those that left today."""
    by_status = {status: Count("pk", filter=Q(status=status)) for status in ON_THE_WAY}
    open_or_fresh = Q(status__in=[*ON_THE_WAY, Order.Status.SHIPPED]) | Q(shipped_at__gte=began)
    tallied: dict[str, int] = (
        Order.objects.visible_to(actor)
        .filter(open_or_fresh)
        .aggregate(
            **by_status,
            left=Count("pk", filter=Q(shipped_at__gte=began)),
            in_delivery=Count("pk", filter=Q(status=Order.Status.SHIPPED)),
        )
    )
    return tallied


def _today(tally: dict[str, int]) -> list[tuple[str, int]]:
    """The four parts of the day's bar; none when there is no work today."""
    on_floor = tally["picking"] + tally["packing"]
    parts = [
        (_("Left"), tally["left"]),
        (_("Ready for the truck"), tally["ready"]),
        (_("Picking and packing"), on_floor),
        (_("Allocated"), tally["allocated"]),
    ]
    return parts if any(count for _word, count in parts) else []


def _tiles(request: Request, tally: dict[str, int]) -> list[dict[str, Any]]:
    to_ship = sum(tally[status] for status in ON_THE_WAY)
    language, address = request.LANGUAGE_CODE, reverse("portal:orders")
    tiles = [
        {
            "label": _("To ship today"),
            "figure": formats.number(to_ship, language),
            "note": _("%(orders)s left today") % {"orders": formats.counted(tally["left"], "orders", language)},
            "url": f"{address}?view=today",
        },
        {
            "label": _("In delivery"),
            "figure": formats.number(tally["in_delivery"], language),
            "note": _("on their way to the receivers"),
            "url": f"{address}?view=shipped",
        },
    ]
    lots = lots_still_near(shop_of(request).pk) if request.actor.may(Permission.SEE_STOCK) else 0
    if lots:
        tiles.append(
            {
                "label": _("Lots near their last day"),
                "figure": formats.number(lots, language),
                "note": _("sell them soon, or have them taken out"),
                "url": reverse("portal:stock-expiring"),
            }
        )
    return [*tiles, _wallet_tile(request)] if request.actor.may(Permission.SEE_WALLET) else tiles


def _wallet_tile(request: Request) -> dict[str, Any]:
    seller = shop_of(request)
    accounts = Account.objects.visible_to(request.actor).filter(currency=seller.currency)
    balances = dict(accounts.values_list("kind", "balance_minor"))
    language = request.LANGUAGE_CODE
    aside = formats.money(balances.get("reserved", 0), seller.currency, language)
    return {
        "label": _("Free in wallet"),
        "figure": formats.money(balances.get("free", 0), seller.currency, language),
        "note": _("%(amount)s set aside") % {"amount": aside},
        "url": reverse("portal:wallet"),
    }
