"""All sellers' shops: what waits to be told since when, what ended, what differed at night."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.domain.channels import queries, telling_queries
from toiya.domain.members.models import Seller
from toiya.web.office.access import desk
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import CONNECTION
from toiya.web.shared.timeline import channel_word


@desk(Permission.SEE_SELLERS)
@require_safe
def sites(request: Request) -> HttpResponse:
    """One row a shop, those that wait longest first; a constant number of queries."""
    found = queries.connections(request.actor, request.at)
    ids = [health.connection.pk for health in found]
    since, nights = telling_queries.waiting_since(ids), telling_queries.last_reconciliations(ids)
    sellers = Seller.objects.in_bulk({health.connection.seller_id for health in found})
    rows = [
        {
            "health": health,
            "shop": health.connection,
            "seller": sellers[health.connection.seller_id],
            "site": channel_word(health.connection.channel),
            "status": CONNECTION[health.connection.status],
            "since": since.get(health.connection.pk),
            "night": nights.get(health.connection.pk),
        }
        for health in sorted(found, key=lambda each: since.get(each.connection.pk, request.at))
    ]
    return render(request, "office/sites.html", {"rows": rows})
