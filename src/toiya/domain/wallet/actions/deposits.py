"""From the bank's file to top-ups: each deposit is booked once, by the match or by a person."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import codes_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.payments import book_top_up
from toiya.domain.wallet.bank_files import ReadFile
from toiya.domain.wallet.events import BankFileTaken, DepositBooked, DepositSetAside, DepositTakenUp
from toiya.domain.wallet.models import AnnouncedTransfer, BankFile, Deposit
from toiya.domain.wallet.transfer_rules import Awaited, Match, match, references_in
from toiya.domain.wallet.zengin_rules import BankLine

CURRENCY = "JPY"  # what the operator's bank account is in
TOLD_OTHERWISE = 70  # percent: perhaps the same money, told of by a file of another form


class BankFileTakenBefore(Refusal):
    """The same content came before: nothing of it is new."""

    code = "bank_file_taken_before"
    message = gettext_lazy("This file was taken already as %(file)s; nothing was booked twice. Choose a newer file.")


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
def take_bank_file(*, content: bytes, file_name: str, read: ReadFile, actor: Actor, at: datetime) -> BankFile:
    """
    Keep the lines that no earlier file told of; a job matches them afterwards, one by one.

    :param read: what `bank_files.read_bank_file` read of the content
    :raises BankFileTakenBefore: the same content
    """
    (number,) = next_ids("wallet_bankfile_id_seq", 1)
    (code,) = codes_for("BNK", [number])
    facts = {
        "pk": number,
        "code": code,
        "file_name": file_name[-100:],
        "form": read.form,
        "lines": len(read.lines),
        "new_lines": 0,
        "taken_by": actor.name[:100],
        "taken_at": at,
    }
    # A second one of the same content waits here for the first to commit, and then finds it.
    taken, is_new = BankFile.objects.get_or_create(sha256=hashlib.sha256(content).hexdigest(), defaults=facts)
    if not is_new:
        raise BankFileTakenBefore(file=taken.code)

    taken.new_lines = _keep_new(taken, read)
    taken.save(update_fields=["new_lines"])

    told_of = BankFileTaken(
        seller_id=None, subject=taken.code, file_id=taken.pk, lines=taken.lines, new_lines=taken.new_lines
    )
    events.record(told_of, actor=actor, at=at)
    return taken


def _keep_new(taken: BankFile, read: ReadFile) -> int:
    """Write the lines that no earlier file told of; returns how many."""
    # In the order of their hashes, so that two files that overlap never wait for each other crosswise.
    told = dict(sorted(read.lines))
    known = set(Deposit.objects.filter(fingerprint__in=told).values_list("fingerprint", flat=True))
    new = {fingerprint: line for fingerprint, line in told.items() if fingerprint not in known}
    numbers = next_ids("wallet_deposit_id_seq", len(new)) if new else []
    rows = [
        _deposit(taken, fingerprint, line, pk) for (fingerprint, line), pk in zip(new.items(), numbers, strict=True)
    ]
    for row, deposit_code in zip(rows, codes_for("DEP", numbers), strict=True):
        row.code = deposit_code
    Deposit.objects.bulk_create(rows)
    return len(rows)


def _deposit(taken: BankFile, fingerprint: str, line: BankLine, pk: int) -> Deposit:
    return Deposit(
        pk=pk,
        bank_file=taken,
        fingerprint=fingerprint,
        account=line.account,
        booked_on=line.booked_on,
        currency=CURRENCY,
        amount_minor=line.amount_minor,
        name=line.name,
        message=line.message,
        inquiry=line.inquiry,
        is_reversal=line.is_reversal,
    )


@transaction.atomic
def match_deposit(*, deposit_id: int, actor: Actor, at: datetime) -> Deposit:
    """
    Book a waiting deposit that is surely an announced transfer; note the likeliest one when it is not sure.

    One that is booked or set aside is left alone.
    """
    deposit: Deposit = Deposit.objects.filter(pk=deposit_id).lock().get()
    if deposit.status != Deposit.Status.WAITING:
        return deposit
    awaited = _candidates(deposit)
    found = match(_line(deposit), [Awaited(t.reference, t.amount_minor, t.sender_name) for t in awaited.values()])

    if found is not None and _is_told_otherwise(deposit, found.reference):
        found = replace(found, confidence=TOLD_OTHERWISE)
    if found is None or not found.is_sure:
        deposit.guess, deposit.confidence = (found.reference, found.confidence) if found else ("", 0)
        deposit.save(update_fields=["guess", "confidence"])
        return deposit
    _book(deposit, awaited[found.reference].seller, found, actor, at)
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


def _line(deposit: Deposit) -> BankLine:
    return BankLine(
        account=deposit.account,
        booked_on=deposit.booked_on,
        amount_minor=deposit.amount_minor,
        name=deposit.name,
        message=deposit.message,
        is_reversal=deposit.is_reversal,
    )


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
    _book(deposit, seller, Match(reference, 100, "person"), actor, at)


@transaction.atomic
def set_deposit_aside(*, code: str, note: str, actor: Actor, at: datetime) -> None:
    """
    A deposit is no top-up, such as interest or money taken back by the bank.

    :raises NotFound: :raises NoSuchStep: :raises NoteMissing:
    """
    deposit = _locked(code)
    if not note.strip():
        raise NoteMissing()

    deposit.move_to(Deposit.Status.NOT_OURS)
    deposit.note, deposit.ended_at = note.strip()[:200], at
    deposit.save(update_fields=["status", "note", "ended_at"])

    aside = DepositSetAside(seller_id=None, subject=deposit.code, note=deposit.note)
    events.record(aside, actor=actor, at=at)


@transaction.atomic
def take_up_deposit(*, code: str, actor: Actor, at: datetime) -> None:
    """It was set aside by mistake: it waits for a person again. :raises NotFound: :raises NoSuchStep:"""
    deposit = _locked(code)

    deposit.move_to(Deposit.Status.WAITING)
    deposit.note, deposit.ended_at = "", None
    deposit.save(update_fields=["status", "note", "ended_at"])

    events.record(DepositTakenUp(seller_id=None, subject=deposit.code), actor=actor, at=at)


def _locked(code: str) -> Deposit:
    found: Deposit | None = Deposit.objects.filter(code=code).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("deposit"), code=code[:20])
    return found


def _book(deposit: Deposit, seller: Seller, found: Match, actor: Actor, at: datetime) -> None:
    """Under the deposit's lock, so once; the announced transfer has arrived with it, whatever its amount."""
    deposit.move_to(Deposit.Status.BOOKED)
    announced: AnnouncedTransfer | None = AnnouncedTransfer.objects.filter(reference=found.reference).lock().first()
    if announced and announced.status != AnnouncedTransfer.Status.ARRIVED:
        announced.move_to(AnnouncedTransfer.Status.ARRIVED)
        announced.save(update_fields=["status"])
    deposit.seller, deposit.transfer, deposit.ended_at = seller, announced, at
    deposit.matched_by, deposit.confidence, deposit.guess = found.by, found.confidence, found.reference
    deposit.save()
    money = Money(deposit.amount_minor, deposit.currency)
    topped_up = book_top_up(seller=seller, amount=money, reference=deposit.code, token=deposit.code, actor=actor, at=at)
    booked = DepositBooked(
        seller_id=seller.pk,
        subject=deposit.code,
        currency=deposit.currency,
        amount_minor=deposit.amount_minor,
        matched_by=found.by,
        confidence=found.confidence,
    )
    events.record_all([booked, topped_up], actor=actor, at=at)
