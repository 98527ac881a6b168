"""Job health: what waits, runs, failed or was given up, and the buttons that try it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from toiya.core import job_health
from toiya.core.actor import Permission
from toiya.domain.carriers.actions.labels import ask_again
from toiya.domain.carriers.models import Label
from toiya.domain.carriers.queries import labels_to_mend
from toiya.domain.channels.actions.telling import try_again
from toiya.domain.channels.models import Wish
from toiya.domain.channels.queries import connections, ended_wishes
from toiya.web.office.access import desk
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import CONNECTION, JOB

MOST = 50
WISH_STATUS = {Wish.Status.REJECTED: JOB["given_up"], Wish.Status.GIVEN_UP: JOB["given_up"]}


@desk(Permission.MEND_JOBS)
def system(request: Request) -> HttpResponse:
    """Everything that runs by itself, and how it does."""
    queues = job_health.queues(request.at)
    health = connections(request.actor, request.at)
    context: dict[str, Any] = {
        "queues": queues,
        "workers": job_health.workers_alive(request.at),
        "waiting": sum(queue.waiting for queue in queues),
        "failed_count": sum(queue.failed for queue in queues),
        "stalled": sum(queue.stalled for queue in queues),
        "oldest": min((queue.oldest_due for queue in queues if queue.oldest_due), default=None),
        "failed": job_health.failed_jobs(MOST),
        "shops": [(shop, CONNECTION[shop.connection.status]) for shop in health],
        "untold": sum(shop.waiting for shop in health),
        "wishes": ended_wishes(request.actor, MOST),
        "labels": list(labels_to_mend(request.actor)[:MOST]),
        "in_doubt": Label.Status.IN_DOUBT,
        "gone": JOB["given_up"],
    }
    return render(request, "office/system.html#now" if request.htmx else "office/system.html", context)


@desk(Permission.MEND_JOBS)
@require_POST
def job_again(request: Request, job_id: int) -> HttpResponse:
    """Put a failed job back into its queue."""
    job_health.run_again(job_id=job_id)
    messages.success(request, _("The job runs again."))
    return redirect("office:system")


@desk(Permission.MEND_JOBS)
@require_POST
def wish_again(request: Request, kind: str, wish_id: int) -> HttpResponse:
    """Tell a site once more what it declined, or what we gave up."""
    try_again(kind=kind, wish_id=wish_id, actor=request.actor, at=request.at)
    messages.success(request, _("The site is told again."))
    return redirect("office:system")


@desk(Permission.MEND_JOBS)
@require_POST
def label_again(request: Request, parcel: str) -> HttpResponse:
    """Ask the carrier once more for a label it declined or did not answer about."""
    ask_again(reference=parcel, actor=request.actor, at=request.at)
    messages.success(request, _("The carrier is asked again for the label of %(parcel)s.") % {"parcel": parcel})
    return redirect("office:system")
