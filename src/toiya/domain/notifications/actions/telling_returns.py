"""Letters about returns and removals: it came, how it was judged, what was decided, with which number it left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.domain.dues.models import ReturnPlan
from toiya.domain.members.models import Membership
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter
from toiya.domain.outbound.models import Parcel
from toiya.domain.returns.models import Aside, Removal, Return

ROLES_TOLD = ("owner", "manager")
MOST_LINES = 50  # of one letter; the page of the return has all
Words = dict[str, str | int]


@transaction.atomic
def tell_of_arrival(*, return_id: int, actor: Actor, at: datetime) -> None:
    """Write that a parcel stands at the returns desk, once."""
    found = Return.objects.select_related("warehouse", "order").get(pk=return_id)
    words: Words = {
        "code": found.code,
        "warehouse": found.warehouse.name,
        "order": found.order.code if found.order else "",
        "path": f"/returns/{found.code}/",
    }
    _write("return_arrived", words, found.seller_id, f"return-arrived-{found.pk}", at)


@transaction.atomic
def tell_of_inspection(*, return_id: int, actor: Actor, at: datetime) -> None:
    """Write how the pieces were judged, and whether some wait for a decision, once."""
    found = Return.objects.select_related("warehouse").get(pk=return_id)
    gradings = list(found.gradings.select_related("sku").order_by("pk"))
    lines = [f"{each.sku.code} {each.sku.name} {each.sku.option}".strip() for each in gradings]
    judged = [f"{line}: {each.grade} × {each.quantity}" for line, each in zip(lines, gradings, strict=True)]
    waiting = Aside.objects.filter(grading__parent=found, status=Aside.Status.WAITING)
    words: Words = {
        "code": found.code,
        "warehouse": found.warehouse.name,
        "grades": "\n".join(judged[:MOST_LINES]),
        "missing": sum(line.missing for line in found.lines.all()),
        "waiting": sum(waiting.values_list("grading__quantity", flat=True)),
        "path": f"/returns/{found.code}/",
    }
    _write("return_inspected", words, found.seller_id, f"return-inspected-{found.pk}", at)


@transaction.atomic
def tell_of_decision(*, aside_id: int, actor: Actor, at: datetime) -> None:
    """
    Write what was decided about pieces that were set aside, and by whom; once for each time it is.

    What was decided by the return of all goods is in its own letter.
    """
    aside = Aside.objects.select_related("grading__parent", "grading__sku").get(pk=aside_id)
    if (
        aside.decided_at is None
        or ReturnPlan.objects.filter(
            seller_id=aside.seller_id, status=ReturnPlan.Status.CONFIRMED, ended_at=aside.decided_at
        ).exists()
    ):
        return
    grading = aside.grading
    words: Words = {
        "code": grading.parent.code,
        "sku": f"{grading.sku.code} {grading.sku.name} {grading.sku.option}".strip(),
        "quantity": grading.quantity,
        "grade": grading.grade,
        "decision": aside.decision,
        "by": aside.decided_by,
        "path": f"/returns/{grading.parent.code}/",
    }
    key = f"aside-{aside.pk}-{aside.decision}-{int(aside.decided_at.timestamp())}"
    _write("return_decided", words, aside.seller_id, key, at)


@transaction.atomic
def tell_of_sending(*, aside_id: int, actor: Actor, at: datetime) -> None:
    """Write with which number pieces that were set aside left, once."""
    aside = Aside.objects.select_related("grading__parent", "grading__sku").get(pk=aside_id)
    grading = aside.grading
    words: Words = {
        "code": grading.parent.code,
        "sku": f"{grading.sku.code} {grading.sku.name} {grading.sku.option}".strip(),
        "quantity": grading.quantity,
        "number": aside.tracking_number,
        "path": f"/returns/{grading.parent.code}/",
    }
    _write("return_sent", words, aside.seller_id, f"aside-sent-{aside.pk}", at)


@transaction.atomic
def tell_of_removal(*, removal_id: int, actor: Actor, at: datetime) -> None:
    """Write with which numbers the parcels of a removal left, once; nothing while none has."""
    removal = Removal.objects.select_related("warehouse", "order").get(pk=removal_id)
    gone = Parcel.objects.filter(order_id=removal.order_id, status=Parcel.Status.SHIPPED, label__isnull=False)
    numbers = list(gone.order_by("pk").values_list("label__tracking_number", flat=True))
    if removal.order_id is None or not numbers:
        return
    words: Words = {
        "code": removal.code,
        "warehouse": removal.warehouse.name,
        "numbers": ", ".join(number for number in numbers if number),
        "collect": int(removal.payer == Removal.Payer.RECEIVER),
        "path": f"/removals/{removal.code}/",
    }
    _write("removal_left", words, removal.seller_id, f"removal-left-{removal.pk}", at)


def _write(kind: str, words: Mapping[str, str | int], seller_id: int, key: str, at: datetime) -> None:
    members = Membership.objects.filter(seller_id=seller_id, role__in=ROLES_TOLD, user__is_active=True)
    for member in members.select_related("user").order_by("user_id"):
        letter = Letter(kind, words)
        write_letter(letter=letter, to=to_user(member.user, seller_id), key=f"{key}-{member.user_id}", at=at)
