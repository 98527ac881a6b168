"""From the bank's lines to top-ups: each deposit is booked once, by the match or by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.core.states import NoSuchStep
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.payments import book_top_up
from toiya.domain.wallet.dry_runs import line_of
from toiya.domain.wallet.events import DepositBooked, DepositSetAside, DepositTakenUp
from toiya.domain.wallet.models import AnnouncedTransfer, Deposit, Reversal
from toiya.domain.wallet.reversal_rules import booking_name
from toiya.domain.wallet.transfer_rules import Awaited, Match, match, references_in

TOLD_OTHERWISE = 70  # percent: perhaps the same money, told of by a file of another form


class DepositIsReversal(Refusal):
    """The bank took a deposit back: no top-up comes of it."""

    code = "deposit_is_reversal"
    message = gettext_lazy("%(deposit)s takes money back, so it cannot be booked. Set it aside with a note.")


class OtherCurrency(Refusal):
    """The seller's wallet is in another currency than the bank account."""

    code = "other_currency"
    message = gettext_lazy("%(seller)s pays in %(theirs)s and the deposit is in %(ours)s. Choose another seller.")


class NoteMissing(Refusal):
    """Why a deposit is no top-up must stand somewhere."""

    code = "note_missing"
    message = gettext_lazy("The note is empty. Write why this deposit is no top-up.")


@transaction.atomic
def match_deposit(*, deposit_id: int, actor: Actor, at: datetime) -> Deposit:
    """
    Book a waiting deposit that is surely an announced transfer; note the likeliest one when it is not sure.

    One that is not booked with its file yet, that is booked, set aside or was taken back once is left alone.
    """
    deposit: Deposit = Deposit.objects.filter(pk=deposit_id).lock().get()
    if deposit.status != Deposit.Status.WAITING or deposit.needs_person:
        return deposit
    awaited = _candidates(deposit)
    found = match(line_of(deposit), [Awaited(t.reference, t.amount_minor, t.sender_name) for t in awaited.values()])

    if found is not None and _is_told_otherwise(deposit, found.reference):
        found = replace(found, confidence=TOLD_OTHERWISE)
    if found is None or not found.is_sure:
        deposit.guess, deposit.confidence = (found.reference, found.confidence) if found else ("", 0)
        deposit.save(update_fields=["guess", "confidence"])
        return deposit
    book_deposit(deposit, awaited[found.reference].seller, found, actor, at)
    return deposit


def _is_told_otherwise(deposit: Deposit, reference: str) -> bool:
    """
    Whether another file told, in other words, of as much money of that day for the same transfer: the notice of 200
    bytes and a list of the same days have no number in common that would tell. A person decides.
    """
    words = {name: getattr(deposit, name) for name in ("account", "name", "message", "inquiry")}
    same = Deposit.objects.filter(
        status=Deposit.Status.BOOKED,
        transfer__reference=reference,
        booked_on=deposit.booked_on,
        amount_minor=deposit.amount_minor,
    )
    return bool(same.exclude(bank_file_id=deposit.bank_file_id).exclude(**words).exists())


def _candidates(deposit: Deposit) -> dict[str, AnnouncedTransfer]:
    """Those on their way, and any that the deposit names, by reference: money may come after all."""
    rows = AnnouncedTransfer.objects.filter(currency=deposit.currency).select_related("seller").order_by("pk")
    named = references_in(f"{deposit.name} {deposit.message}")
    found = {
        *rows.filter(status=AnnouncedTransfer.Status.AWAITED),
        *rows.filter(reference__in=named),
    }
    return {row.reference: row for row in found}


@transaction.atomic
def assign_deposit(*, code: str, seller_code: str, actor: Actor, at: datetime) -> None:
    """
    A person says whose money a deposit is; it is booked at once.

    :raises NotFound: no such deposit or seller
    :raises NoSuchStep: it is booked or set aside
    :raises DepositIsReversal: the bank took money back with it
    :raises OtherCurrency: the seller's wallet is in another one
    """
    deposit = _locked(code)
    seller: Seller | None = Seller.objects.filter(code=seller_code).first()
    if seller is None:
        raise NotFound(kind=gettext_lazy("seller"), code=seller_code[:20])
    if deposit.is_reversal:
        raise DepositIsReversal(deposit=deposit.code)
    if seller.currency != deposit.currency:
        raise OtherCurrency(seller=seller.code, theirs=seller.currency, ours=deposit.currency)
    guessed = AnnouncedTransfer.objects.filter(seller=seller, reference=deposit.guess).first()
    reference = guessed.reference if guessed else ""
    book_deposit(deposit, seller, Match(reference, 100, "person"), actor, at)


@transaction.atomic
def set_deposit_aside(*, code: str, note: str, actor: Actor, at: datetime) -> None:
    """
    A deposit is no top-up, such as interest or money taken back by the bank.

    :raises NotFound: :raises NoSuchStep: :raises NoteMissing:
    """
    deposit = _locked(code)
    if not note.strip():
        raise NoteMissing()

    _move(deposit, Deposit.Status.WAITING, Deposit.Status.NOT_OURS)
    deposit.note, deposit.ended_at = note.strip()[:200], at
    deposit.save(update_fields=["status", "note", "ended_at"])

    aside = DepositSetAside(seller_id=None, subject=deposit.code, note=deposit.note)
    events.record(aside, actor=actor, at=at)


@transaction.atomic
def take_up_deposit(*, code: str, actor: Actor, at: datetime) -> None:
    """It was set aside by mistake: it waits for a person again. :raises NotFound: :raises NoSuchStep:"""
    deposit = _locked(code)

    _move(deposit, Deposit.Status.NOT_OURS, Deposit.Status.WAITING)
    deposit.note, deposit.ended_at = "", None
    deposit.save(update_fields=["status", "note", "ended_at"])

    events.record(DepositTakenUp(seller_id=None, subject=deposit.code), actor=actor, at=at)


def _locked(code: str) -> Deposit:
    found: Deposit | None = Deposit.objects.filter(code=code).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("deposit"), code=code[:20])
    return found


def _move(deposit: Deposit, source: str, wanted: str) -> None:
    """From one state only: arrows out of others are for files and for money taken back. :raises NoSuchStep:"""
    if deposit.status != source:
        raise NoSuchStep(code=deposit.code, status=deposit.get_status_display(), wanted=Deposit.Status(wanted).label)
    deposit.move_to(wanted)


def book_deposit(deposit: Deposit, seller: Seller, found: Match, actor: Actor, at: datetime) -> None:
    """
    A step of higher actions: under the deposit's lock, so once; the announced transfer has arrived with it, whatever
    its amount. What was taken back before is booked under another name, so that each booking is its own.
    """
    deposit.move_to(Deposit.Status.BOOKED)
    announced: AnnouncedTransfer | None = AnnouncedTransfer.objects.filter(reference=found.reference).lock().first()
    if announced and announced.status != AnnouncedTransfer.Status.ARRIVED:
        announced.move_to(AnnouncedTransfer.Status.ARRIVED)
        announced.save(update_fields=["status"])
    deposit.seller, deposit.transfer, deposit.ended_at = seller, announced, at
    deposit.matched_by, deposit.confidence, deposit.guess = found.by, found.confidence, found.reference
    deposit.save()
    money = Money(deposit.amount_minor, deposit.currency)
    taken_back = Reversal.objects.filter(cause=deposit.code, status=Reversal.Status.DONE).count()
    name = booking_name(deposit.code, taken_back)
    topped_up = book_top_up(seller=seller, amount=money, reference=name, token=name, actor=actor, at=at)
    booked = DepositBooked(
        seller_id=seller.pk,
        subject=deposit.code,
        currency=deposit.currency,
        amount_minor=deposit.amount_minor,
        matched_by=found.by,
        confidence=found.confidence,
    )
    events.record_all([booked, topped_up], actor=actor, at=at)


def lost_its_transfer(deposit: Deposit) -> None:
    """A step of higher actions that take a deposit back: the transfer it was taken for is on its way again."""
    transfer: AnnouncedTransfer | None = AnnouncedTransfer.objects.filter(pk=deposit.transfer_id or 0).lock().first()
    others = Deposit.objects.filter(transfer=transfer, status=Deposit.Status.BOOKED).exclude(pk=deposit.pk)
    if transfer and transfer.status == AnnouncedTransfer.Status.ARRIVED and not others.exists():
        transfer.move_to(AnnouncedTransfer.Status.AWAITED)
        transfer.save(update_fields=["status"])
    deposit.transfer = None
