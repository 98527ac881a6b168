"""A seller disputes a line, with a paper if it has one; the office decides, and credits what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.core.papers import StoredPaper
from toiya.domain.billing.actions.crediting import Cause
from toiya.domain.billing.actions.noting import credit_disputed_line
from toiya.domain.billing.models import LineCredit
from toiya.domain.dues import queries, rules
from toiya.domain.dues.actions.crediting import lower_request, most_to_credit
from toiya.domain.dues.actions.finding import locked_by_id, locked_request
from toiya.domain.dues.actions.returning import drop_plan
from toiya.domain.dues.actions.standing import lock_held_orders, settle_standing
from toiya.domain.dues.events import DisputeEnded, LineDisputed
from toiya.domain.dues.models import Dispute, PaymentRequest, RequestLine

Status = Dispute.Status
MOST_LETTERS = 1000
MOST_ON_PAPER = 200
DAYS_TO_DISPUTE = 90  # after it was asked for


class DisputedAlready(Refusal):
    """One dispute of a line at a time, and a decision stands."""

    code = "disputed_already"
    message = gettext_lazy("This line is disputed or was decided already: see %(dispute)s. Write us if you disagree.")


class TooLateToDispute(Refusal):
    """The request is old, or withdrawn."""

    code = "too_late_to_dispute"
    message = gettext_lazy("%(code)s can no longer be disputed: %(days)s days are over. Write us under Messages.")


class CreditOutOfRange(Refusal):
    """More than the line, or less than nothing."""

    code = "credit_out_of_range"
    message = gettext_lazy("A credit of %(credit)s does not fit. Enter an amount from 0 to %(most)s.")


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a line is wrong, in the seller's words, and the paper that shows it."""

    reason: str
    evidence: StoredPaper | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the office found: so much is credited, 0 for none of it, and why."""

    credit_minor: int
    answer: str


@transaction.atomic
def dispute_line(*, code: str, position: int, objection: Objection, actor: Actor, at: datetime) -> Dispute:
    """
    Say that a line is wrong. Until it is decided that line is not due and stops nothing.

    :raises NotFound: :raises DisputedAlready: :raises TooLateToDispute: :raises core.texts refusals: of the reason
    """
    request = locked_request(code, actor)
    line = RequestLine.objects.filter(request=request, position=position).first()
    if line is None:
        raise NotFound(kind=gettext_lazy("line"), code=f"{code[:20]} {position}")
    reason = texts.plain(objection.reason, most=MOST_LETTERS)
    if (before := line.disputes.exclude(status=Status.WITHDRAWN).first()) is not None:
        raise DisputedAlready(dispute=before.code)
    is_old = at > request.requested_at + timedelta(days=DAYS_TO_DISPUTE)
    if is_old or request.status == PaymentRequest.Status.WITHDRAWN or line.amount_minor <= 0:
        raise TooLateToDispute(code=request.code, days=DAYS_TO_DISPUTE)
    lock_held_orders(seller_id=request.seller_id, actor=actor, at=at)

    made = _opened(line, reason, objection.evidence, actor, at)
    told = settle_standing(request=request, actor=actor, at=at)
    told += drop_plan(request=request, actor=actor, at=at)

    disputed = LineDisputed(seller_id=request.seller_id, subject=request.code, dispute=made.code, line=line.subject)
    events.record_all([disputed, *told], actor=actor, at=at)
    return made


@transaction.atomic
def decide_dispute(*, code: str, decision: Decision, actor: Actor, at: datetime) -> Dispute:
    """
    Credit all or part of the line, or nothing, with an answer the seller reads. Less is to be paid, what was paid too
    much goes back to the wallet, and over a bill's line a credit note is written. When only this dispute kept the time
    line still, the seller gets the days of warning once more.

    :raises NotFound: :raises NoSuchStep: decided already :raises CreditOutOfRange: more than is left of the line
    :raises core.texts refusals:
    """
    dispute, request = _locked(code, actor)
    lock_held_orders(seller_id=request.seller_id, actor=actor, at=at)
    answer = texts.plain(decision.answer, most=MOST_LETTERS)
    most = most_to_credit(dispute.line, actor)
    if not 0 <= decision.credit_minor <= most:
        raise CreditOutOfRange(
            credit=Money(decision.credit_minor, request.currency), most=Money(most, request.currency)
        )
    was_still = not _presses(request)

    dispute.move_to(Status.ACCEPTED if decision.credit_minor else Status.DECLINED)
    dispute.credit_minor, dispute.answer = decision.credit_minor, answer
    _close(dispute, actor, at)
    notes = _credit(request, dispute, actor, at)
    if was_still and _presses(request):
        _begin_anew(request, at)
    told = settle_standing(request=request, actor=actor, at=at)
    told += drop_plan(request=request, actor=actor, at=at)

    events.record_all([_ended(dispute, request), *notes, *told], actor=actor, at=at)
    return dispute


@transaction.atomic
def withdraw_dispute(*, code: str, actor: Actor, at: datetime) -> Dispute:
    """
    The seller takes its dispute back; the line is due again. Only the first time are there days of warning once more:
    who disputes and takes back by turns puts nothing off.

    :raises NotFound: :raises NoSuchStep:
    """
    dispute, request = _locked(code, actor)
    lock_held_orders(seller_id=request.seller_id, actor=actor, at=at)
    was_still = not _presses(request)
    is_first = not Dispute.objects.filter(line__request=request, status=Status.WITHDRAWN).exists()

    dispute.move_to(Status.WITHDRAWN)
    _close(dispute, actor, at)
    if is_first and was_still and _presses(request):
        _begin_anew(request, at)
    told = settle_standing(request=request, actor=actor, at=at)

    events.record_all([_ended(dispute, request), *told], actor=actor, at=at)
    return dispute


def _opened(line: RequestLine, reason: str, paper: StoredPaper | None, actor: Actor, at: datetime) -> Dispute:
    (number,) = next_ids("dues_dispute_id_seq", 1)
    return Dispute.objects.create(
        pk=number,
        code=code_for("DSP", number),
        seller_id=line.seller_id,
        line=line,
        reason=reason,
        evidence_key=paper.storage_key if paper else "",
        evidence_type=paper.media_type if paper else "",
        evidence_name=paper.file_name if paper else "",
        opened_at=at,
        opened_by=actor.name,
    )


def _locked(code: str, actor: Actor) -> tuple[Dispute, PaymentRequest]:
    known = Dispute.objects.visible_to(actor).filter(code=code).select_related("line").first()
    if known is None:
        raise NotFound(kind=gettext_lazy("dispute"), code=code[:20])
    request = locked_by_id(known.line.request_id, known.seller_id)
    found: Dispute = Dispute.objects.filter(pk=known.pk).lock().select_related("line__bill_line__statement").get()
    return found, request


def _presses(request: PaymentRequest) -> bool:
    if request.status not in PaymentRequest.OPEN:
        return False
    return rules.is_pressing(request.sums, queries.disputed_minor([request.pk]).get(request.pk, 0))


def _close(dispute: Dispute, actor: Actor, at: datetime) -> None:
    dispute.decided_at, dispute.decided_by = at, actor.name
    dispute.save(update_fields=["status", "credit_minor", "answer", "decided_at", "decided_by"])


def _credit(request: PaymentRequest, dispute: Dispute, actor: Actor, at: datetime) -> Sequence[events.Event]:
    """The credit itself, on the request and on the bill its line is of."""
    amount, line = dispute.credit_minor, dispute.line.bill_line
    if not amount:
        return []
    lower_request(request=request, amount_minor=amount, source=dispute.code, actor=actor, at=at)
    if line is None:
        return []
    reason = " ".join(dispute.answer.split())[:MOST_ON_PAPER]
    cause = Cause(LineCredit.Kind.DISPUTE, dispute.code, reason)
    return credit_disputed_line(line=line, amount_minor=amount, cause=cause, actor=actor, at=at)


def _begin_anew(request: PaymentRequest, at: datetime) -> None:
    """The line is due again: nobody is suspended on the day of the decision."""
    earliest = queries.today_of(request, at) + timedelta(days=int(request.terms["warn_days"]))
    if request.due_on < earliest:
        request.due_on, request.round = earliest, request.round + 1
        request.save(update_fields=["due_on", "round"])


def _ended(dispute: Dispute, request: PaymentRequest) -> DisputeEnded:
    return DisputeEnded(
        seller_id=request.seller_id,
        subject=request.code,
        dispute_id=dispute.pk,
        dispute=dispute.code,
        outcome=dispute.status,
        amount_minor=dispute.credit_minor,
        currency=request.currency,
    )
