"""The portal's frame: places, work that waits in each, the shop; and the page-wide notice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, Permission
from toiya.domain.channels.models import Connection
from toiya.domain.members.queries import shops_of
from toiya.web.portal import needs_you
from toiya.web.portal.access import shop_of
from toiya.web.portal.settings_tabs import tabs
from toiya.web.shared.factor_banner import factor_banner
from toiya.web.shared.shell import RailItem, Shell


def build(request: HttpRequest) -> Shell:
    """The frame of the portal for this reader."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_operator:
        return Shell(rail=())
    broken = _broken_shops(actor)
    return Shell(
        rail=_places(actor, needs_you.count(actor), len(broken)),
        home_url=reverse("portal:home"),
        search_url=reverse("portal:orders"),
        shop=shop_of(request),
        shops=[membership.seller for membership in shops_of(request.user)],  # type: ignore[arg-type]
        shop_url=reverse("portal:switch-shop"),
        settings_url=tabs(actor, "")[0]["url"],
        banner=_banner(broken) or factor_banner(request, reverse("portal:security")),
    )


def _places(actor: Actor, orders: int, shops: int) -> list[RailItem]:
    places = [
        (Permission.SEE_ORDERS, RailItem(_("Home"), reverse("portal:home"), "house")),
        (Permission.SEE_ORDERS, RailItem(_("Orders"), reverse("portal:orders"), "clipboard-list", orders)),
        (Permission.SEE_STOCK, RailItem(_("SKUs"), reverse("portal:skus"), "boxes")),
        (Permission.SEE_WALLET, RailItem(_("Wallet"), reverse("portal:wallet"), "wallet")),
        (Permission.SEE_CONNECTIONS, RailItem(_("Shops"), reverse("portal:connections"), "store", shops)),
        (Permission.EDIT_ORDERS, RailItem(_("Import"), reverse("portal:imports"), "file-up")),
    ]
    return [item for permission, item in places if actor.may(permission)]


def _broken_shops(actor: Actor) -> list[Connection]:
    broken = Connection.objects.visible_to(actor).filter(status=Connection.Status.BROKEN).order_by("pk")
    return list(broken.only("code", "name")) if actor.may(Permission.SEE_CONNECTIONS) else []


def _banner(broken: list[Connection]) -> dict[str, Any] | None:
    if not broken:
        return None
    words = _("%(shop)s no longer takes our key: orders and tracking numbers queue, nothing is lost.")
    return {
        "kind": "stop",
        "icon": "plug-zap",
        "text": words % {"shop": broken[0].name},
        "url": reverse("portal:connection", args=[broken[0].code]),
        "action": _("Renew key"),
    }
