"""The audit: who did what, when, to what; from the events, in words, with a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor
from toiya.core.models import AUDITED, EventRow
from toiya.domain.members.models import Membership, User
from toiya.domain.members.queries import person_code
from toiya.web.shared import timeline
from toiya.web.shared.paging import page_of
from toiya.web.shared.reader import Request

# Filters by the first word of an event's name.
KINDS: Sequence[tuple[str, Any]] = (
    ("", _("Everything")),
    ("person", _("Signing in and security")),
    ("team", _("Team")),
    ("staff", _("The operator's people")),
    ("key", _("Keys")),
    ("member", _("Signing up")),
    ("application", _("Applications")),
    ("shop", _("Connected shops")),
    ("sku", _("SKUs")),
    ("wallet", _("Wallet")),
)


def audit_of(request: Request) -> dict[str, Any]:
    """What the page shows, filtered as asked: a seller's people see their own shop and what its members did."""
    people = people_of(request.actor)
    about = request.GET.get("about", "")
    who = request.GET.get("who", "")
    rows = visible_events(request.actor, [number for number, _name in people])
    if about in dict(KINDS) and about:
        rows = rows.filter(name__startswith=f"{about}.")
    if who and who.isascii() and who.isdigit():
        rows = rows.filter(actor_kind="person", actor_id=who)
    page = page_of(rows, request.GET, ("-id",))
    names = {person_code(number): name for number, name in people}
    told = timeline.entries(page.rows)
    return {
        "page": page,
        "rows": [
            {"entry": entry, "subject": row.subject, "name": names.get(row.subject, "")}
            for entry, row in zip(told, page.rows, strict=True)
        ],
        "kinds": [kind for kind in KINDS if request.actor.is_operator or kind[0] != "staff"],
        "about": about,
        "who": who,
        "people": [(str(number), name) for number, name in people],
    }


def people_of(actor: Actor) -> list[tuple[int, str]]:
    """Number and name of the people whose acts this reader may see: the own shop's, or the operator's."""
    if actor.seller_id is None:
        found = User.objects.exclude(staff=None)
    else:
        ids = Membership.objects.filter(seller_id=actor.seller_id).values("user_id")
        found = User.objects.filter(pk__in=ids)
    return list(found.order_by("name", "pk").values_list("pk", "name")[:500])


def visible_events(actor: Actor, people: Sequence[int]) -> QuerySet[EventRow]:
    """The events of the reader's house. What a member did for another shop is that shop's."""
    audited = EventRow.objects.filter(AUDITED)
    if actor.seller_id is None:
        return audited
    personal = Q(seller_id=None, subject__in=[person_code(number) for number in people])
    return audited.filter(Q(seller_id=actor.seller_id) | personal)
