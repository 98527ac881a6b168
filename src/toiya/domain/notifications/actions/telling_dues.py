"""Letters about debts: each step of the time line with the day of what comes next, and its good end (L22)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.core.models import EventRow
from toiya.core.money import Money
from toiya.domain.contracts.models import TermsVersion
from toiya.domain.contracts.queries import sellers_to_sign
from toiya.domain.dues.events import ReturnPlanConfirmed, SellerReinstated
from toiya.domain.dues.models import Dispute, DunningStep, ReturnPlan
from toiya.domain.members.models import Membership
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter
from toiya.domain.returns.models import Aside

ROLES_TOLD = ("owner", "manager", "accountant")
MOST_CODES = 100  # of each kind in one letter; the page of the return and the orders' pages have all
Words = dict[str, str | int]


@transaction.atomic
def tell_of_step(*, step_id: int, actor: Actor, at: datetime) -> None:
    """Write what was done about an unpaid request, and what comes on which day if nothing is paid."""
    step = DunningStep.objects.select_related("request").get(pk=step_id)
    request = step.request
    words: Words = {
        "code": request.code,
        "owed": Money(step.owed_minor, request.currency).plain,
        "due_on": request.due_on.isoformat(),
        "next_on": step.announces_on.isoformat() if step.announces_on else "",
        "path": f"/wallet/payments/{request.code}/",
    }
    _write(f"dues_{step.step}", words, step.seller_id, f"dues-{step.pk}", at)


@transaction.atomic
def tell_of_dispute(*, dispute_id: int, actor: Actor, at: datetime) -> None:
    """Write what was decided about a disputed line, in the office's own words. One that was taken back is not told."""
    dispute = Dispute.objects.select_related("line__request").get(pk=dispute_id)
    if dispute.status not in (Dispute.Status.ACCEPTED, Dispute.Status.DECLINED):
        return
    request = dispute.line.request
    words: Words = {
        "code": request.code,
        "line": dispute.line.subject,
        "credit": Money(dispute.credit_minor, request.currency).plain if dispute.credit_minor else "",
        "answer": dispute.answer,
        "due_on": request.due_on.isoformat() if request.owed_minor > 0 else "",
        "path": f"/wallet/payments/{request.code}/",
    }
    _write("dispute_decided", words, dispute.seller_id, f"dispute-{dispute.pk}", at)


@transaction.atomic
def tell_of_reinstatement(*, seller_id: int, actor: Actor, at: datetime) -> None:
    """Write that everything goes on again, once for each time it does."""
    told = EventRow.objects.filter(seller_id=seller_id, name=SellerReinstated.NAME).order_by("-id").first()
    if told is not None:
        _write("reinstated", {"path": "/wallet/payments/"}, seller_id, f"reinstated-{told.pk}", at)


@transaction.atomic
def tell_of_return(*, plan_id: int, actor: Actor, at: datetime) -> None:
    """Write that all goods go home, and by code what was called off for it: nothing of it happens silently."""
    plan = ReturnPlan.objects.get(pk=plan_id)
    rows = EventRow.objects.filter(seller_id=plan.seller_id, name=ReturnPlanConfirmed.NAME, subject=plan.code)
    told = rows.order_by("-id").first()
    if told is None:
        return
    called_off = {name: list(told.data.get(name, [])) for name in ("orders", "removals", "transfers")}
    words: Words = {"code": plan.code, "path": f"/wallet/payments/returns/{plan.code}/"}
    for name, codes in called_off.items():
        words[name] = ", ".join(codes[:MOST_CODES])
        words[f"more_{name}"] = max(0, len(codes) - MOST_CODES)
    aside = Aside.objects.filter(seller_id=plan.seller_id, decision="send_back", decided_at=plan.ended_at)
    words["aside"] = sum(aside.values_list("grading__quantity", flat=True))
    _write("return_confirmed", words, plan.seller_id, f"return-{plan.pk}", at)


@transaction.atomic
def tell_of_terms(*, version_id: int, actor: Actor, at: datetime) -> None:
    """Write everybody who signed this country's agreement that a new version is to be read and signed."""
    version = TermsVersion.objects.get(pk=version_id)
    words: Words = {
        "country": version.country,
        "version": version.version,
        "holds_from": version.holds_from.isoformat(),
        "path": "/settings/agreement/",
    }
    for seller_id in sellers_to_sign(version.country):
        _write("new_terms", words, seller_id, f"terms-{version.pk}-{seller_id}", at)


def _write(kind: str, words: Mapping[str, str | int], seller_id: int, key: str, at: datetime) -> None:
    members = Membership.objects.filter(seller_id=seller_id, role__in=ROLES_TOLD, user__is_active=True)
    for member in members.select_related("user").order_by("user_id"):
        letter = Letter(kind, words)
        write_letter(letter=letter, to=to_user(member.user, seller_id), key=f"{key}-{member.user_id}", at=at)
