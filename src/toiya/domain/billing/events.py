"""What happens to bills. The subject is the statement's code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageCharged(Event):
    """Storage of a month in one warehouse was priced; the subject is the code its charges name."""

    NAME: ClassVar[str] = "billing.storage_charged"
    warehouse_id: int
    month: str
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOpened(Event):
    """The bill of a month began."""

    NAME: ClassVar[str] = "billing.statement_opened"
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementClosed(Event):
    """The bill of a month is written down; `due_minor` of it is still to be paid."""

    NAME: ClassVar[str] = "billing.statement_closed"
    statement_id: int
    month: str
    currency: str
    amount_minor: int
    due_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPaid(Event):
    """Nothing of it is owed any more."""

    NAME: ClassVar[str] = "billing.statement_paid"
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceIssued(Event):
    """An invoice was written over a closed statement."""

    NAME: ClassVar[str] = "billing.invoice_issued"
    number: str
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNoteIssued(Event):
    """A credit note was written: its amount is free in the wallet, or less is to be paid."""

    NAME: ClassVar[str] = "billing.credit_note_issued"
    number: str
    refers_to: str
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerSet(Event):
    """The operator said how it stands on invoices; the subject is its registration number, or its name."""

    NAME: ClassVar[str] = "billing.issuer_set"
    name: str
