"""Why-not cards of an order's page: the fact with numbers, who must act, and the one button that frees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toiya.core.actor import Actor, Permission
from toiya.domain.allocation.models import WaitReason
from toiya.domain.allocation.rules import Owner
from toiya.domain.orders.hold_rules import may_lift
from toiya.domain.orders.models import Hold, Line, Order
from toiya.web.portal import own_steps
from toiya.web.portal.order_page import OrderPage
from toiya.web.shared import formats, waiting

OWNER_NAMES = {Owner.SELLER: "you", Owner.WAREHOUSE: "warehouse", Owner.CARRIER: "carrier", Owner.SITE: "site"}


def cards(page: OrderPage, actor: Actor) -> list[dict[str, Any]]:
    """One card per open hold, then one per waiting line; none for an order that is over."""
    if not page.is_open:
        return []
    found = [_hold_card(page, hold, actor) for hold in page.holds]
    if page.order.status == Order.Status.TO_HAND_IN and not page.holds:
        found += own_steps.card(page, actor)
    for row in page.lines:
        reason = page.reasons.get(row.line.pk)
        if reason is not None:
            found.append(_line_card(page, row.line, reason, actor))
    return found


def _hold_card(page: OrderPage, hold: Hold, actor: Actor) -> dict[str, Any]:
    reason = waiting.hold_reason(hold.code)
    card = _card(page, reason, hold.placed_at)
    card |= {
        "id": f"hold-{hold.pk}",
        "reason_code": hold.code,
        "fact": waiting.filled(reason.fact, {"code": hold.code, **hold.details}),
        "cures": _hold_cures(page, hold, actor),
        "until": hold.until or card["until"],
        "until_word": _("then it goes on by itself") if hold.until else card["until_word"],
        "trace": [_("Numbers at the site: %(numbers)s") % hold.details] if hold.details.get("numbers") else [],
    }
    return card


def _line_card(page: OrderPage, line: Line, wait: WaitReason, actor: Actor) -> dict[str, Any]:
    reason = waiting.line_reason(wait.code, wait.details, has_sku=line.sku_id is not None)
    card = _card(page, reason, wait.since)
    card |= {
        "id": f"line-{line.pk}",
        "reason_code": wait.code,
        "fact": waiting.filled(reason.fact, {"thing": _wanted(page, line, wait), **wait.details}),
        "cures": _line_cures(page, line, wait.code, actor),
        "trace": _trace(page, line, wait),
        "coming": _coming(page, wait),
    }
    return card


def _coming(page: OrderPage, wait: WaitReason) -> str:
    """When the pieces that a line lacks are expected, by a confirmed bundle (L30)."""
    coming = page.coming.get(wait.details.get("sku_id", 0)) if wait.code == "not_enough_stock" else None
    if coming is None:
        return ""
    pieces = formats.counted(coming.pieces, "pieces", get_language() or "en")
    told = {"pieces": pieces, "day": coming.day.isoformat(), "bundle": coming.bundle}
    return _("%(day)s, %(bundle)s: %(pieces)s") % told


def _card(page: OrderPage, reason: waiting.Reason, since: datetime) -> dict[str, Any]:
    zone = page.clock.calendar.zone if page.clock.calendar else None
    truck = page.truck_at
    until_word = _("to make the %(time)s truck") % {"time": formats.clock(truck, zone)} if truck and zone else ""
    return {
        "status": reason.status,
        "owner": OWNER_NAMES[reason.owner],
        "owner_word": waiting.owner_word(reason.owner),
        "since": since,
        "until": truck,
        "until_word": until_word,
        "otherwise": str(reason.otherwise),
        "ask_url": f"{reverse('portal:conversation-new')}?kind=order&code={page.order.code}",
    }


def thing(page: OrderPage, line: Line) -> str:
    """How a person calls what the line wants: the SKU's name and option, else the site's title."""
    sku = page.skus.get(line.sku_id) if line.sku_id is not None else None
    name, option = (sku.name, sku.option) if sku else (line.title, line.option)
    return f"{name}, {option}" if option else name


def _wanted(page: OrderPage, line: Line, wait: WaitReason) -> str:
    """What is missing: the thing the line wants, or the part of it that a bundle lacks."""
    part = page.skus.get(wait.details.get("sku_id", 0)) if "bundle_id" in wait.details else None
    if part is None:
        return thing(page, line)
    name = f"{part.name}, {part.option}" if part.option else part.name
    return _("%(part)s (a part of %(bundle)s)") % {"part": name, "bundle": thing(page, line)}


def _line_cures(page: OrderPage, line: Line, code: str, actor: Actor) -> list[dict[str, str]]:
    if not actor.may(Permission.EDIT_ORDERS):
        return []
    order = page.order.code
    again = {"url": reverse("portal:allocation", args=[order]), "method": "post"}
    match = {"label": _("Match a SKU"), "url": reverse("portal:line-sku", args=[order, line.pk])}
    if code == "no_sku" and line.sku_id is None:
        return [*_link_cure(line), match]
    if code == "taken_back":
        return [{"label": _("Allocate"), **again}]
    if code == "not_enough_stock":
        return [{"label": _("Check again"), **again}, match | {"label": _("Change SKU")}]
    if code in {"expires_soon", "kept_back"}:
        return [{"label": _("Change the rule"), "url": reverse("portal:allocation-rules")}]
    if code in {"elsewhere", "no_warehouse"}:
        return [{"label": _("Choose the warehouse"), "url": f"{reverse('portal:branches')}?q={order}"}]
    if code == "promise_expired":
        return [{"label": _("Allocate all the same"), **again}]
    if code == "other_lines" and (lead := _leading_line(page)):
        return [{"label": _("Go to the line that waits"), "url": f"#why-line-{lead}"}]
    return [{"label": _("Check again"), **again}]


def _link_cure(line: Line) -> list[dict[str, str]]:
    """To the listing that the line was bought by: its link cures this order and all like it (A104)."""
    if not line.site_item:
        return []
    query = urlencode({"view": "all", "q": line.site_item})
    return [{"label": _("Link the listing"), "url": f"{reverse('portal:listing-links')}?{query}"}]


def _leading_line(page: OrderPage) -> int | None:
    """The line whose reason leads the order's."""
    return next((line for line, wait in page.reasons.items() if wait.code == page.order.waiting_reason), None)


def _hold_cures(page: OrderPage, hold: Hold, actor: Actor) -> list[dict[str, str]]:
    order = page.order.code
    lift = {
        "label": _("Lift hold"),
        "url": reverse("portal:lift", args=[order, hold.code]),
        "method": "post",
    }
    cancel = {"label": _("Cancel order"), "url": reverse("portal:cancellation", args=[order])}
    if hold.code == "wallet_too_low":
        return [{"label": _("Top up"), "url": reverse("portal:top-up")}] if actor.may(Permission.TOP_UP) else []
    if hold.code == "fees_unpaid":
        return [{"label": _("Pay"), "url": reverse("portal:payments")}] if actor.may(Permission.SEE_WALLET) else []
    is_theirs = waiting.hold_reason(hold.code).owner is Owner.WAREHOUSE
    if is_theirs or not actor.may(Permission.EDIT_ORDERS) or not may_lift(hold.code, is_operator=actor.is_operator):
        return []
    if hold.code == "wish_not_kept":
        return [lift | {"label": _("Send without day and hours")}]
    if hold.code in {"cancel_asked", "vanished_at_site", "shipped_elsewhere"} and page.may_cancel:
        return [cancel, lift]
    return [lift]


def _trace(page: OrderPage, line: Line, wait: WaitReason) -> Sequence[str]:
    """How we know: each warehouse with what it has, and the code that was compared."""
    told = [_("Compared by the code %(code)s.") % {"code": line.match_code}] if line.match_code else []
    sku_id = wait.details.get("sku_id", line.sku_id) if "bundle_id" in wait.details else line.sku_id
    for balance in page.balances.get(sku_id or 0, ()):
        words = _("%(warehouse)s has %(on_hand)s, of that %(allocated)s promised: %(available)s available.")
        if balance.blocked:
            words = _(
                "%(warehouse)s has %(on_hand)s, of that %(allocated)s promised and %(blocked)s set aside: "
                "%(available)s available."
            )
        told.append(
            words
            % {
                "warehouse": page.warehouses[balance.warehouse_id].name,
                "on_hand": balance.on_hand,
                "allocated": balance.allocated,
                "blocked": balance.blocked,
                "available": balance.available,
            }
        )
    if sku_id is not None and not page.balances.get(sku_id):
        told.append(_("No warehouse ever had this SKU."))
    return told
