"""Where a seller's application stands, in words; and the banner while it waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from toiya.core.actor import Actor
from toiya.domain.members import queue
from toiya.domain.members.models import Application, Seller
from toiya.domain.members.rules.approval import TARGET
from toiya.web.portal.access import shop_of
from toiya.web.shared import formats

Status = Application.Status


def pending_banner(request: HttpRequest) -> dict[str, Any] | None:
    """
    The page-wide notice of a seller that may not work yet, for `components/banner.html`; None where there is nothing.

    No query beyond the seller, which the frame has read; one more while it is not active.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.is_operator:
        return None
    status = shop_of(request).status
    if status == Seller.Status.ACTIVE:
        return None
    found = queue.latest_of(actor)
    text, action = _("Your application waits for the decision of our desk. You may look around."), _("See its state")
    kind, icon = "", "hourglass"
    if status == Seller.Status.REJECTED:
        text, action = _("Your application was not approved. Read why, and apply again."), _("Read why")
        kind, icon = "stop", "octagon-x"
    elif found is None:
        text, action = _("We do not know yet what you sell. Apply for the service to go on."), _("Apply")
    elif found.status == Status.ASKED:
        text, action = _("Our desk has a question about your application."), _("Answer")
        icon = "message-circle-question-mark"
    return {"kind": kind, "icon": icon, "text": text, "action": action, "url": reverse("portal:application")}


def standing(application: Application, language: str) -> str:
    """One sentence: what happens now, who has it, how long it takes."""
    if application.status == Status.WAITING:
        typical = queue.typical_wait()
        shown = formats.duration(typical or TARGET, language)
        place = formats.number(queue.place_of(application), language)
        if typical is None:
            words = _("Our desk has it. Your place in the queue is %(place)s; we mean to answer within %(time)s.")
        else:
            words = _("Our desk has it. Your place in the queue is %(place)s; a decision usually took %(time)s.")
        return words % {"place": place, "time": shown}
    told = {
        Status.ASKED: _("Our desk has a question. Your answer brings it back to its place in the queue."),
        Status.APPROVED: _("You may use the service."),
        Status.REJECTED: _("Our desk did not approve it. Mend what it names, then apply again."),
    }
    return told[Status(application.status)]
