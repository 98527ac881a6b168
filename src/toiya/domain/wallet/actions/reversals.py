"""Money that came wrong goes back: one person asks with the evidence, another carries it out. No line is edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.members.models import Seller
from toiya.domain.wallet import reversal_rules
from toiya.domain.wallet.actions import ledger_back
from toiya.domain.wallet.actions.cards import OtherAmountPaid, take_card_answer
from toiya.domain.wallet.actions.deposits import OtherCurrency, book_deposit, lost_its_transfer
from toiya.domain.wallet.actions.watching import forget_card
from toiya.domain.wallet.events import MoneyTakenBack, ReversalAsked, ReversalDeclined
from toiya.domain.wallet.models import CardPayment, Deposit, GiftCode, Reversal, TopUp
from toiya.domain.wallet.port import CardAnswer, CardOutcome
from toiya.domain.wallet.sql import Purse
from toiya.domain.wallet.transfer_rules import Match

Kind, Reason, Status = Reversal.Kind, Reversal.Reason, Reversal.Status
Cause = Deposit | CardPayment | GiftCode | TopUp
_MODELS: dict[str, tuple[type[Cause], str]] = {
    Kind.DEPOSIT: (Deposit, "booked"),
    Kind.CARD: (CardPayment, "paid"),
    Kind.GIFT: (GiftCode, "redeemed"),
    Kind.CASH: (TopUp, "booked"),
}


class NotBookedNow(Refusal):
    """Nothing of it is in a wallet."""

    code = "not_booked_now"
    message = gettext_lazy("%(cause)s is in nobody's wallet now. Look at its state; there is nothing to take back.")


class AskedBefore(Refusal):
    """Somebody asked already."""

    code = "reversal_asked_before"
    message = gettext_lazy("Taking back %(cause)s was asked for already as %(reversal)s. Decide about that one.")


class ReasonOff(Refusal):
    """The reason is none for what is taken back."""

    code = "reversal_reason_off"
    message = gettext_lazy("This reason is not for %(cause)s. Choose one that fits what brought the money in.")


class EvidenceMissing(Refusal):
    """Money is taken from nobody without a word why."""

    code = "reversal_evidence_missing"
    message = gettext_lazy("The evidence is empty. Write who told of it, when, and where the letter is kept.")


class RightSellerOff(Refusal):
    """The money's owner is named where there is none, or is the one who has it."""

    code = "reversal_right_seller_off"
    message = gettext_lazy("%(seller)s cannot be whose money it is. Name another seller, for a deposit only.")


class ReversalNeedsAnother(Refusal):
    """The one who asked does not carry it out."""

    code = "reversal_needs_another_person"
    message = gettext_lazy("You asked for this yourself. Ask another person to take the money back.")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong: the reason, the evidence, and for a deposit whose money it is (a seller's code or nothing)."""

    reason: str
    note: str
    to_seller: str = ""


@transaction.atomic
def ask_reversal(*, cause: str, wrong: Wrong, actor: Actor, at: datetime) -> Reversal:
    """
    Ask that a booked deposit, card payment, gift code or cash is taken back from the wallet it went to.

    :param cause: its code
    :raises NotFound: no such thing, or no such seller
    :raises NotBookedNow: :raises AskedBefore: :raises ReasonOff: :raises EvidenceMissing: :raises RightSellerOff:
    :raises OtherCurrency: the right seller's wallet is in another one
    """
    kind = reversal_rules.kind_of(cause)
    found = _locked_cause(kind, cause)

    right = _check(kind, found, wrong)
    if earlier := Reversal.objects.filter(cause=cause, status=Status.ASKED).first():
        raise AskedBefore(cause=cause, reversal=earlier.code)

    asked = write_reversal(found, actor, at, kind=kind, reason=wrong.reason, note=wrong.note.strip()[:300])
    asked.to_seller = right
    asked.save()

    told = ReversalAsked(
        seller_id=asked.seller_id,
        subject=asked.code,
        cause=cause,
        currency=asked.currency,
        amount_minor=asked.amount_minor,
        reason=asked.reason,
    )
    events.record(told, actor=actor, at=at)
    return asked


@transaction.atomic
def take_gateway_word(*, answer: CardAnswer, actor: Actor, at: datetime) -> None:
    """
    What the card gateway tells by itself: see `take_card_answer`. That booked money was charged back is asked for once,
    with the gateway's number as evidence; a person carries it out.

    :raises NotFound: :raises OtherAmountPaid: another amount than was paid: a person must look
    """
    payment = take_card_answer(answer=answer, actor=actor, at=at)
    if answer.outcome != CardOutcome.CHARGED_BACK or payment.status != CardPayment.Status.PAID:
        return
    if (answer.amount_minor, answer.currency) != (payment.amount_minor, payment.currency):
        raise OtherAmountPaid(payment=payment.code)
    if Reversal.objects.filter(cause=payment.code).exists():
        return

    wrong = Wrong(Reason.CHARGEBACK, f"{answer.external_id} {answer.outcome.value} {answer.problem}".strip())
    ask_reversal(cause=payment.code, wrong=wrong, actor=actor, at=at)


def write_reversal(found: Cause, actor: Actor, at: datetime, **facts: str) -> Reversal:
    """A step of higher actions, which save and tell it: the wish about a booked cause."""
    (number,) = next_ids("wallet_reversal_id_seq", 1)
    return Reversal(
        pk=number,
        code=code_for("RVS", number),
        seller=found.seller,
        cause=found.code,
        currency=found.currency,
        amount_minor=found.amount_minor,
        asked_by=actor.id,
        asked_name=actor.name[:100],
        asked_at=at,
        **facts,
    )


def _check(kind: str, found: Cause, wrong: Wrong) -> Seller | None:
    """The right seller, if one is named."""
    if found.status != _MODELS[kind][1]:
        raise NotBookedNow(cause=found.code)
    if wrong.reason not in reversal_rules.REASONS[kind]:
        raise ReasonOff(cause=found.code)
    if not wrong.note.strip():
        raise EvidenceMissing()
    if not wrong.to_seller:
        return None
    right: Seller | None = Seller.objects.filter(code=wrong.to_seller).first()
    if right is None:
        raise NotFound(kind=gettext_lazy("seller"), code=wrong.to_seller[:20])
    if wrong.reason != Reason.WRONG_SELLER or right.pk == found.seller_id:
        raise RightSellerOff(seller=right.name)
    if right.currency != found.currency:
        raise OtherCurrency(seller=right.code, theirs=right.currency, ours=found.currency)
    return right


@transaction.atomic
def decline_reversal(*, code: str, actor: Actor, at: datetime) -> None:
    """The money stays where it is. :raises NotFound: :raises NoSuchStep: it was decided"""
    reversal = _locked(code)

    reversal.move_to(Status.DECLINED)
    _end(reversal, actor, at)

    declined = ReversalDeclined(seller_id=reversal.seller_id, subject=reversal.code, cause=reversal.cause)
    events.record(declined, actor=actor, at=at)


@transaction.atomic
def carry_out_reversal(*, code: str, actor: Actor, at: datetime) -> Reversal:
    """
    Take the money back, as a second person. What was spent of it is the seller's debt, which its next money pays:
    until then nothing is free and nothing is set aside. A deposit that is another seller's is booked there by a job,
    in a transaction of that seller's own.

    :raises NotFound: :raises NoSuchStep: it was decided
    :raises ReversalNeedsAnother: the actor asked for it
    :raises NotBookedNow: it is in no wallet any more
    :raises MoneySpent: advertising credit that was spent; nobody owes money for that
    """
    reversal = _locked(code)
    found = _locked_cause(reversal.kind, reversal.cause)

    if reversal.status == Status.ASKED and reversal.asked_by == actor.id:
        raise ReversalNeedsAnother()
    reversal.move_to(Status.DONE)
    if found.status != _MODELS[reversal.kind][1] or found.seller_id != reversal.seller_id:
        raise NotBookedNow(cause=found.code)

    take_from_wallet(reversal, found, actor, at)
    _end(reversal, actor, at)
    _set_right(reversal, found, actor, at)

    events.record(taken_back(reversal), actor=actor, at=at)
    return reversal


def take_from_wallet(reversal: Reversal, found: Cause, actor: Actor, at: datetime) -> None:
    """A step of higher actions, which record `taken_back`: the ledger's lines."""
    purse = Purse(reversal.seller_id, reversal.currency, actor.name, at)
    if isinstance(found, GiftCode) and found.money == GiftCode.Money.ADVERTISING:
        ledger_back.take_credit(purse, reversal.amount_minor, reversal.code, found.code)
        return
    reversal.owed_minor = ledger_back.take_back(purse, reversal.amount_minor, reversal.code)


def taken_back(reversal: Reversal) -> MoneyTakenBack:
    """What to record of a reversal that is done."""
    return MoneyTakenBack(
        seller_id=reversal.seller_id,
        subject=reversal.code,
        reversal_id=reversal.pk,
        cause=reversal.cause,
        currency=reversal.currency,
        amount_minor=reversal.amount_minor,
        owed_minor=reversal.owed_minor,
        reason=reversal.reason,
    )


def _end(reversal: Reversal, actor: Actor, at: datetime) -> None:
    reversal.ended_by, reversal.ended_name, reversal.ended_at = actor.id, actor.name[:100], at
    reversal.save()


def _set_right(reversal: Reversal, found: Cause, actor: Actor, at: datetime) -> None:
    """The state of what was taken back: a deposit of another's waits for its owner, one the bank recalled is gone."""
    if isinstance(found, Deposit):
        lost_its_transfer(found)
        is_anothers = reversal.reason == Reason.WRONG_SELLER
        found.move_to(Deposit.Status.WAITING if is_anothers else Deposit.Status.NOT_OURS)
        found.seller, found.needs_person = None, True
        found.note, found.ended_at = ("", None) if is_anothers else (reversal.note[:200], at)
        found.guess, found.confidence, found.matched_by = "", 0, ""
    else:
        found.move_to("taken_back")
    found.save()
    if reversal.reason == Reason.CHARGEBACK:  # what is taken by itself from that card would come back too
        forget_card(seller=reversal.seller, actor=actor, at=at)


@transaction.atomic
def book_for_right_seller(*, reversal_id: int, actor: Actor, at: datetime) -> None:
    """Book a deposit that was another's for its owner. One that no longer waits, or has no owner, is left alone."""
    reversal: Reversal = Reversal.objects.select_related("to_seller").get(pk=reversal_id)
    if reversal.to_seller is None or reversal.kind != Kind.DEPOSIT:
        return
    deposit: Deposit = Deposit.objects.filter(code=reversal.cause).lock().get()
    if deposit.status != Deposit.Status.WAITING:
        return
    book_deposit(deposit, reversal.to_seller, Match("", 100, "person"), actor, at)


def _locked(code: str) -> Reversal:
    found: Reversal | None = Reversal.objects.filter(code=code).lock().select_related("seller").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("reversal"), code=code[:20])
    return found


def _locked_cause(kind: str, code: str) -> Cause:
    """What was booked, under our lock. :raises NotFound:"""
    found: Cause | None = None
    if kind:
        found = _MODELS[kind][0].objects.filter(code=code).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("deposit, card payment, gift code or cash"), code=code[:20])
    return found
