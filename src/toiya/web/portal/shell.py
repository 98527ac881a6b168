"""The portal's frame: places, work that waits in each, the shop; and the page-wide notice."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, Permission
from toiya.web.portal import banners, needs_you, settings_tabs
from toiya.web.portal.access import shop_of
from toiya.web.shared.shell import RailItem, Shell


def build(request: HttpRequest) -> Shell:
    """The frame of the portal for this reader."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_operator:
        return Shell(rail=())
    return Shell(
        rail=_places(actor, needs_you.count(actor), len(banners.broken_shops(request))),
        home_url=reverse("portal:home"),
        search_url=reverse("portal:orders"),
        shop=shop_of(request),
        settings_url=settings_tabs.first_url(actor),
        banner=banners.first(request),
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
