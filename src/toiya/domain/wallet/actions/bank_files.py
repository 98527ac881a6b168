"""A bank's file from reading to undo: looked at before anything is booked, then booked, thrown away or undone whole."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import codes_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.wallet.actions.deposits import lost_its_transfer
from toiya.domain.wallet.actions.ledger import lock
from toiya.domain.wallet.actions.reversals import take_from_wallet, taken_back, write_reversal
from toiya.domain.wallet.bank_files import ReadFile
from toiya.domain.wallet.events import (
    BankFileBooked,
    BankFileTaken,
    BankFileThrownAway,
    BankFileUndone,
    BankFileUndoWanted,
)
from toiya.domain.wallet.models import BankFile, Deposit, Reversal
from toiya.domain.wallet.sql import Purse
from toiya.domain.wallet.zengin_rules import BankLine

Status = BankFile.Status


class BankFileTakenBefore(Refusal):
    """The same content came before: nothing of it is new."""

    code = "bank_file_taken_before"
    message = gettext_lazy("This file was taken already as %(file)s; nothing was booked twice. Choose a newer file.")


class SameLinesWait(Refusal):
    """A file that is only read holds some of the lines: thrown away later, it would take them along."""

    code = "same_lines_wait"
    message = gettext_lazy("%(file)s holds some of these lines and is not booked yet. Book it or throw it away first.")


class UndoNoteMissing(Refusal):
    """Why a whole file is undone must stand somewhere."""

    code = "undo_note_missing"
    message = gettext_lazy("The note is empty. Write why all of this file is taken back.")


class TooLateToDropFile(Refusal):
    """The file is booked."""

    code = "too_late_to_drop_bank_file"
    message = gettext_lazy("%(file)s is booked already. Undo it instead.")


@transaction.atomic
def take_bank_file(*, content: bytes, file_name: str, read: ReadFile, actor: Actor, at: datetime) -> BankFile:
    """
    Keep the lines that no earlier file told of. Nothing is booked: a person looks at them first.

    :param read: what `bank_files.read_bank_file` read of the content
    :raises BankFileTakenBefore: the same content
    :raises SameLinesWait: another file that is not booked yet tells of some of the lines
    """
    (number,) = next_ids("wallet_bankfile_id_seq", 1)
    (code,) = codes_for("BNK", [number])
    facts = {
        "pk": number,
        "code": code,
        "file_name": file_name[-100:],
        "form": read.form,
        "currency": read.currency,
        "lines": len(read.lines),
        "new_lines": 0,
        "told_minor": read.told_minor,
        "total_minor": read.total_minor,
        "headings": list(read.headings),
        "to_mend": [[bad.number, list(bad.cells), bad.why, bad.cell] for bad in read.to_mend],
        "taken_by": actor.name[:100],
        "taken_at": at,
    }
    # A second one of the same content waits here for the first to commit, and then finds it.
    taken, is_new = BankFile.objects.get_or_create(sha256=hashlib.sha256(content).hexdigest(), defaults=facts)
    if not is_new:
        raise BankFileTakenBefore(file=taken.code)

    _keep_new(taken, read)
    taken.save(update_fields=["new_lines", "known"])

    told_of = BankFileTaken(
        seller_id=None, subject=taken.code, file_id=taken.pk, lines=taken.lines, new_lines=taken.new_lines
    )
    events.record(told_of, actor=actor, at=at)
    return taken


def _keep_new(taken: BankFile, read: ReadFile) -> None:
    """Write the lines that no earlier file told of, and note those one did."""
    # In the order of their hashes, so that two files that overlap never wait for each other crosswise.
    told = dict(sorted(read.lines))
    known = dict(Deposit.objects.filter(fingerprint__in=told).values_list("fingerprint", "code"))
    unbooked = Deposit.objects.filter(fingerprint__in=told, status=Deposit.Status.READ).select_related("bank_file")
    if waiting := unbooked.first():
        raise SameLinesWait(file=waiting.bank_file.code)
    new = {fingerprint: line for fingerprint, line in told.items() if fingerprint not in known}
    numbers = next_ids("wallet_deposit_id_seq", len(new)) if new else []
    rows = [
        _deposit(taken, fingerprint, line, pk) for (fingerprint, line), pk in zip(new.items(), numbers, strict=True)
    ]
    for row, deposit_code in zip(rows, codes_for("DEP", numbers), strict=True):
        row.code = deposit_code
    Deposit.objects.bulk_create(rows)
    taken.new_lines, taken.known = len(rows), sorted(known.values())


def _deposit(taken: BankFile, fingerprint: str, line: BankLine, pk: int) -> Deposit:
    return Deposit(
        pk=pk,
        bank_file=taken,
        fingerprint=fingerprint,
        account=line.account,
        booked_on=line.booked_on,
        currency=taken.currency,
        amount_minor=line.amount_minor,
        name=line.name,
        message=line.message,
        inquiry=line.inquiry,
        is_reversal=line.is_reversal,
    )


@transaction.atomic
def book_bank_file(*, code: str, actor: Actor, at: datetime) -> BankFile:
    """A person saw what the file would do: a job matches and books its deposits. Pressed twice it is once."""
    taken = _locked(code)
    if taken.status == Status.BOOKED:
        return taken

    taken.move_to(Status.BOOKED)
    taken.save(update_fields=["status"])
    waiting = taken.deposits.filter(status=Deposit.Status.READ).update(status=Deposit.Status.WAITING)

    booked = BankFileBooked(seller_id=None, subject=taken.code, file_id=taken.pk, deposits=waiting)
    events.record(booked, actor=actor, at=at)
    return taken


@transaction.atomic
def throw_bank_file_away(*, code: str, actor: Actor, at: datetime) -> None:
    """
    Forget a file nothing was booked of: its lines may be told by another one.

    :raises NotFound: :raises TooLateToDropFile: it is booked, or was
    """
    taken = _locked(code)
    if taken.status != Status.READ:
        raise TooLateToDropFile(file=taken.code)

    taken.deposits.all().delete()
    taken.delete()

    gone = BankFileThrownAway(seller_id=None, subject=code, lines=taken.lines)
    events.record(gone, actor=actor, at=at)


@transaction.atomic
def want_file_undo(*, code: str, note: str, actor: Actor, at: datetime) -> BankFile:
    """
    Have all of a file taken back by a job, one deposit after the other: money that is unspent, and no more. What was
    spent stays booked; then the file may be undone again later, or a deposit taken back by two persons.

    :raises NotFound: :raises UndoNoteMissing: :raises NoSuchStep: it is not booked
    """
    taken = _locked(code)
    if taken.status == Status.UNDOING:
        return taken
    if not note.strip():
        raise UndoNoteMissing()

    taken.move_to(Status.UNDOING)
    taken.note = note.strip()[:200]
    taken.save(update_fields=["status", "note"])

    wanted = BankFileUndoWanted(seller_id=None, subject=taken.code, file_id=taken.pk, note=taken.note)
    events.record(wanted, actor=actor, at=at)
    return taken


@transaction.atomic
def undo_deposit(*, deposit_id: int, actor: Actor, at: datetime) -> None:
    """
    Take one deposit of a file that is being undone back, if its money is free still. One that was undone, or whose
    file is not being undone, is left alone; so is one whose money was spent.
    """
    deposit: Deposit = Deposit.objects.filter(pk=deposit_id).lock().select_related("bank_file").get()
    taken = deposit.bank_file
    if deposit.status == Deposit.Status.UNDONE or taken.status != Status.UNDOING:
        return
    if deposit.status != Deposit.Status.BOOKED:
        _free_line(deposit, at)
        return
    purse = Purse(deposit.seller_id or 0, deposit.currency, actor.name, at)
    if lock(purse)["free"].balance_minor < deposit.amount_minor:
        return

    reversal = write_reversal(
        deposit, actor, at, kind="deposit", reason=Reversal.Reason.WHOLE_FILE, note=taken.note, file=taken.code
    )
    take_from_wallet(reversal, deposit, actor, at)
    reversal.move_to(Reversal.Status.DONE)
    reversal.ended_by, reversal.ended_name, reversal.ended_at = actor.id, actor.name[:100], at
    reversal.save()
    lost_its_transfer(deposit)
    _free_line(deposit, at)

    events.record(taken_back(reversal), actor=actor, at=at)


def _free_line(deposit: Deposit, at: datetime) -> None:
    """The line may be told anew: another file is the one that is right."""
    deposit.move_to(Deposit.Status.UNDONE)
    deposit.fingerprint = hashlib.sha256(f"undone {deposit.code}".encode()).hexdigest()
    deposit.seller, deposit.guess, deposit.ended_at = None, "", at
    deposit.save()


@transaction.atomic
def end_file_undo(*, file_id: int, actor: Actor, at: datetime) -> None:
    """All that can be taken back is; with deposits that stay the file stays booked. Twice is once."""
    taken: BankFile = BankFile.objects.filter(pk=file_id).lock().get()
    if taken.status != Status.UNDOING:
        return
    undone = taken.deposits.filter(status=Deposit.Status.UNDONE).count()
    stay = taken.deposits.exclude(status=Deposit.Status.UNDONE).count()

    taken.move_to(Status.BOOKED if stay else Status.UNDONE)
    if not stay:  # the same file may be handed in again
        taken.sha256 = hashlib.sha256(f"undone {taken.code}".encode()).hexdigest()
    taken.save(update_fields=["status", "sha256"])

    told = BankFileUndone(seller_id=None, subject=taken.code, undone=undone, stay=stay)
    events.record(told, actor=actor, at=at)


def _locked(code: str) -> BankFile:
    found: BankFile | None = BankFile.objects.filter(code=code).lock().first()
    if found is None:
        raise NotFound(kind=gettext_lazy("bank file"), code=code[:20])
    return found
