"""What an approver reads: the rows of the queue, and all about one application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor
from toiya.core.models import EventRow
from toiya.domain.members import queue
from toiya.domain.members.models import Application, BusinessProfile, User
from toiya.domain.members.rules.approval import TARGET, is_late
from toiya.domain.warehouses.models import Warehouse
from toiya.web.shared import timeline
from toiya.web.shared.clock import HOME_ZONE
from toiya.web.shared.firm_words import BUSINESS_MODELS, INDUSTRIES, ONLINE_EXPERIENCE, country_word, words
from toiya.web.shared.statuses import APPLICATION, Status

REMARKS: Mapping[str, Any] = {
    "same_registration_number": _("The same registration number belongs to %(about)s already."),
    "same_phone": _("The same phone belongs to %(about)s already."),
    "rejected_before": _("Applications of this seller that were not approved before: %(about)s."),
    "no_firm": _("The seller has not told of its firm yet."),
    "no_real_name": _("There is no real name for payouts yet."),
    "no_certificate": _("There is no registration certificate yet."),
    "email_unverified": _("The owner's e-mail is not verified yet."),
    "mail_bounced": _("Mail to the owner comes back."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One application of the queue."""

    application: Application
    status: Status
    country: str
    age: timedelta
    due_at: datetime
    is_late: bool


def rows_of(applications: Sequence[Application], at: datetime) -> list[Row]:
    """The rows of a page; the sellers are read with them."""
    return [
        Row(
            application=each,
            status=APPLICATION[each.status],
            country=country_word(each.seller.country),
            age=(each.decided_at or at) - each.submitted_at,
            due_at=each.submitted_at + TARGET,
            is_late=each.decided_at is None and is_late(each.submitted_at, at),
        )
        for each in applications
    ]


def read(application: Application, actor: Actor, at: datetime) -> dict[str, Any]:
    """All about one application, with a constant number of queries."""
    seller = application.seller
    profile = BusinessProfile.objects.filter(seller=seller).first()
    owners = queue.owners_of(seller)
    certificates = list(queue.certificates_of(seller))
    events: Any = EventRow.objects.visible_to(actor).filter(subject=application.code).order_by("-id")[:100]
    decider = User.objects.filter(pk=application.decided_by_id or 0).first()
    warehouse = Warehouse.objects.filter(pk=application.warehouse_id or 0).first()
    (row,) = rows_of([application], at)
    return {
        "row": row,
        "application": application,
        "seller": seller,
        "profile": profile,
        "firm_words": _firm_words(profile),
        "owners": owners,
        "certificates": [(each, _certificate_url(each.code)) for each in certificates],
        "remarks": [
            (remark, REMARKS[remark.code] % {"about": remark.about})
            for remark in queue.remarks_on(seller, profile, owners, certificates)
        ],
        "days": timeline.by_day(timeline.entries(events), HOME_ZONE),
        "decider": decider.name if decider else "",
        "wished_warehouse": warehouse.name if warehouse else "",
        "typical": queue.typical_wait(),
    }


def _firm_words(profile: BusinessProfile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    return {
        "industry": words(INDUSTRIES, profile.industry),
        "model": words(BUSINESS_MODELS, profile.business_model),
        "experience": words(ONLINE_EXPERIENCE, profile.online_experience),
    }


def _certificate_url(code: str) -> str:
    return reverse("office:certificate", args=[code])
