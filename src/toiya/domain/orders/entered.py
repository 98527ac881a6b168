"""What became of entered orders, one by one. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from toiya.domain.orders.entries import EnteredDraft, EntryFlaw
from toiya.domain.orders.entry_rules import external_number


class Became(StrEnum):
    """What became of an entry: placed, here already by its key, refused because its number is taken, or to mend."""

    NEW = "new"
    REPEATED = "repeated"
    TAKEN = "taken"
    TO_MEND = "to_mend"


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry's end: the order's code and management number, or its flaws."""

    became: Became
    code: str = ""
    number: str = ""
    flaws: tuple[EntryFlaw, ...] = ()


def taken_by(code: str) -> Entered:
    """The end of an entry whose number belongs to another order."""
    flaw = EntryFlaw("reference", "reference_taken", {"value": code})
    return Entered(Became.TAKEN, code, flaws=(flaw,))


def order_with_number(draft: EnteredDraft, number: str) -> EnteredDraft:
    """The draft; without a number at its site it goes by the management number."""
    if draft.facts["reference"]:
        return draft
    return replace(draft, order=replace(draft.order, external_id=external_number("", "", number)))
