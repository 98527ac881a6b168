"""The first steps with their live state, the sales sites, the services, and the plan made for this seller."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Actor, Permission
from toiya.domain.channels.models import Connection
from toiya.domain.channels.plugs import all_channels
from toiya.domain.members import policy, queue
from toiya.domain.members.actions.following_guidance import tick_guidance, untick_guidance
from toiya.domain.members.models import BusinessProfile, GuidanceDone, Seller
from toiya.domain.members.rules.guidance import Standing, plan_for
from toiya.domain.warehouses.models import Warehouse
from toiya.web.portal import checklist, shop_health
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.guidance_words import GUIDANCE
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request


@needs(Permission.SEE_COMPANY)
@for_sellers
@require_safe
def start(request: Request) -> HttpResponse:
    """The whole road on one page."""
    actor, seller = request.actor, shop_of(request)
    owners = queue.owners_of(seller)
    plan = _plan(actor, seller)
    context = {
        "list": checklist.read(actor),
        "channels": _channels(request),
        "mailbox": owners[0] if owners else None,
        "services": _services(seller),
        "warehouses": list(Warehouse.objects.order_by("name")),
        "is_at_once": not policy.needs_approval(seller.country),
        "plan": plan,
        "plan_done": sum(step["is_done"] for step in plan),
        "may_edit": actor.may(Permission.EDIT_COMPANY),
    }
    return render(request, "portal/start.html", context)


def _plan(actor: Actor, seller: Seller) -> list[dict[str, Any]]:
    profile = BusinessProfile.objects.visible_to(actor).first()
    standing = Standing(
        industry=profile.industry if profile else "",
        business_model=profile.business_model if profile else "",
        online_experience=profile.online_experience if profile else "",
        uses_fulfilment=seller.uses_fulfilment,
        uses_smart_delivery=seller.uses_smart_delivery,
    )
    done = set(GuidanceDone.objects.visible_to(actor).values_list("step", flat=True))
    return [
        {
            "code": step.code,
            "title": GUIDANCE[step.code][0],
            "why": GUIDANCE[step.code][1],
            "url": checklist.page(step.page),
            "minutes": step.minutes,
            "is_done": step.code in done,
        }
        for step in plan_for(standing)
    ]


def _channels(request: Request) -> list[dict[str, Any]]:
    """Each sales site we can connect, with the seller's shops on it."""
    shops: dict[str, list[dict[str, Any]]] = {}
    for shop in Connection.objects.visible_to(request.actor).order_by("name"):
        shops.setdefault(shop.channel, []).append({"shop": shop, "status": shop_health.status_of(shop, request.at)})
    return [
        {"label": plug.abilities.label, "shops": shops.get(name, [])} for name, plug in sorted(all_channels().items())
    ]


def _services(seller: Seller) -> list[dict[str, Any]]:
    is_active = seller.status == Seller.Status.ACTIVE
    return [
        {"code": "fulfilment", "has": is_active and seller.uses_fulfilment, "may_ask": is_active},
        {"code": "smart_delivery", "has": is_active and seller.uses_smart_delivery, "may_ask": is_active},
    ]


@needs(Permission.EDIT_COMPANY)
@for_sellers
@require_POST
def tick(request: Request, step: str) -> HttpResponse:
    """Note that a step of the plan is done, or take that back."""
    change = untick_guidance if request.POST.get("undo") else tick_guidance
    change(step=step, actor=request.actor, at=request.at)
    return HttpResponseRedirect(f"{reverse('portal:start')}#plan")
