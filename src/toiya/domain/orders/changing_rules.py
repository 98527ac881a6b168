"""What an order must still have when somebody changes it. Pure."""

from __future__ import annotations

from toiya.domain.orders.rules import AddressDraft, Flaw, LineDraft, OrderDraft, flaw_of

_SOMETHING = LineDraft("1", "", "", "", "", 1)


def address_flaw(address: AddressDraft) -> Flaw | None:
    """The first thing that makes an address unusable, judged as in a new order; None when it is fine."""
    return flaw_of(OrderDraft("", "", "1", (_SOMETHING,), address))
