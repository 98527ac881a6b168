"""The portal's frame: places, work that waits in each, the shop; and the page-wide notice."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, Permission
from toiya.domain.channels import link_queries
from toiya.domain.conversations import queries as conversations
from toiya.domain.imports import kinds
from toiya.domain.members.models import Seller
from toiya.domain.members.queries import shops_of
from toiya.domain.outbound.hand_ins import orders_to_label
from toiya.web.portal import banners, needs_you, settings_tabs
from toiya.web.portal.access import shop_of
from toiya.web.shared.factor_banner import factor_banner
from toiya.web.shared.shell import RailItem, Shell

RETURNS, GOODS, MONEY = ("/returns/",), ("/removals/", "/items/"), ("/claims/",)


def build(request: HttpRequest) -> Shell:
    """The frame of the portal for this reader."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_operator:
        return Shell(rail=())
    return Shell(
        rail=_places(actor, shop_of(request), needs_you.count(actor), len(banners.broken_shops(request))),
        home_url=reverse("portal:home"),
        search_url=reverse("portal:orders"),
        shop=shop_of(request),
        shops=[membership.seller for membership in shops_of(request.user)],  # type: ignore[arg-type]
        shop_url=reverse("portal:switch-shop"),
        settings_url=settings_tabs.first_url(actor),
        banner=banners.first(request) or factor_banner(request, reverse("portal:security")),
    )


def _places(actor: Actor, seller: Seller, orders: int, shops: int) -> list[RailItem]:
    places = [
        (Permission.SEE_ORDERS, RailItem(_("Home"), reverse("portal:home"), "house")),
        (
            Permission.SEE_ORDERS,
            RailItem(_("Orders"), reverse("portal:orders"), "clipboard-list", orders, also=RETURNS),
        ),
        *_own_parcels(actor, seller),
        (Permission.SEE_STOCK, RailItem(_("SKUs"), reverse("portal:skus"), "boxes", also=GOODS)),
        (Permission.SEE_STOCK, RailItem(_("Links"), reverse("portal:listing-links"), "link", _unlinked(actor))),
        (Permission.SEE_STOCK, RailItem(_("Inbound"), reverse("portal:inbound"), "package-plus")),
        (Permission.SEE_WALLET, RailItem(_("Wallet"), reverse("portal:wallet"), "wallet", also=MONEY)),
        (Permission.SEE_CONNECTIONS, RailItem(_("Shops"), reverse("portal:connections"), "store", shops)),
        (
            Permission.TALK,
            RailItem(_("Messages"), reverse("portal:conversations"), "message-square", _messages(actor)),
        ),
    ]
    import_place = RailItem(_("Import"), reverse("portal:imports"), "file-up")
    may_import = any(actor.may(kind.permission) for kind in kinds.kinds().values())
    return [item for permission, item in places if actor.may(permission)] + ([import_place] if may_import else [])


def _unlinked(actor: Actor) -> int:
    """Listings that are linked to no SKU; past 100 the number no longer matters."""
    if not actor.may(Permission.SEE_STOCK):
        return 0
    return link_queries.listings(actor, "open").order_by()[:100].count()


def _messages(actor: Actor) -> int:
    return conversations.waiting_count(actor) if actor.may(Permission.TALK) else 0


def _own_parcels(actor: Actor, seller: Seller) -> list[tuple[Permission, RailItem]]:
    """The place of Smart Delivery, for a seller that uses it, with the labels to make."""
    if not seller.uses_smart_delivery:
        return []
    waiting = orders_to_label(actor).order_by()[:100].count()
    item = RailItem(_("Smart Delivery"), reverse("portal:smart-delivery"), "package-open", waiting)
    return [(Permission.SEE_ORDERS, item)]
