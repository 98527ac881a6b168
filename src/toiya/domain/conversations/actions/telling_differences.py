"""A delivery is not as it was told: the seller is told of every difference in one conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor, ActorKind
from toiya.core.models import EventRow
from toiya.domain.conversations.actions.talking import start_conversation
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.conversations.queries import colleagues
from toiya.domain.inbound.events import BundleCompleted
from toiya.domain.inbound.models import CargoBundle, Difference
from toiya.domain.members.models import User

MOST_NAMED = 60
_LINES: Mapping[str, Any] = {
    Difference.Kind.MORE: gettext_lazy("%(name)s: %(pieces)s more than told"),
    Difference.Kind.FEWER: gettext_lazy("%(name)s: %(pieces)s fewer than told"),
    Difference.Kind.DAMAGED: gettext_lazy("%(name)s: %(pieces)s damaged on arrival, set aside"),
    Difference.Kind.UNKNOWN: gettext_lazy("Unknown thing (%(name)s): %(pieces)s, not booked"),
    Difference.Kind.UNANNOUNCED: gettext_lazy("%(name)s: %(pieces)s came without having been told of"),
}


@transaction.atomic
def tell_differences(*, bundle_id: int, actor: Actor, at: datetime) -> None:
    """
    Begin the conversation about a delivery's differences, in the seller's language, in the name of who counted it.

    Told once, however often it is asked for. Where nobody of the operator can speak, nothing is told; the differences
    stand on the delivery's page all the same.
    """
    bundle = CargoBundle.objects.filter(pk=bundle_id).select_related("seller").lock().get()
    told = Entry.objects.filter(
        conversation__seller_id=bundle.seller_id,
        conversation__about_kind=Conversation.Kind.BUNDLE,
        conversation__about_code=bundle.code,
        said_at=bundle.ended_at,
    )
    found = list(Difference.objects.filter(bundle=bundle).select_related("sku").order_by("pk"))
    speaker = _speaker(bundle)
    if bundle.ended_at is None or not found or speaker is None or told.exists():
        return

    with translation.override(bundle.seller.language):
        text = _text(bundle, found)
    who = Actor(ActorKind.PERSON, str(speaker.pk), speaker.name, permissions=frozenset())
    begun = start_conversation(
        kind=Conversation.Kind.BUNDLE, about=bundle.code, text=text, actor=who, at=bundle.ended_at
    )
    if begun.assigned_to_id == speaker.pk:  # who counts on the floor does not sit at the desk
        Conversation.objects.filter(pk=begun.pk).update(assigned_to_id=None)


def _speaker(bundle: CargoBundle) -> User | None:
    """Who completed the count, else somebody who answers sellers."""
    done = EventRow.objects.filter(name=BundleCompleted.NAME, subject=bundle.code).order_by("-pk").first()
    person = User.objects.filter(pk=done.data["counted_by"]).first() if done else None
    return person or next(iter(colleagues()), None)


def _text(bundle: CargoBundle, found: list[Difference]) -> str:
    lines = [_("Delivery %(code)s was counted and is not as it was told:") % {"code": bundle.code}]
    for each in found[:MOST_NAMED]:
        name = f"{each.sku.code} {each.sku.option or each.sku.name}" if each.sku else each.scanned or "–"
        lines.append("- " + str(_LINES[each.kind]) % {"name": name, "pieces": each.pieces})
    if len(found) > MOST_NAMED:
        lines.append(_("%(number)s more differences stand on its page.") % {"number": len(found) - MOST_NAMED})
    lines.append(_("Tell us what you think: do our numbers stand, or shall we look once more?"))
    return "\n".join(lines)
