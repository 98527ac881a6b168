"""What each verb of the ledger of money does: the one table of effects, by account."""

from __future__ import annotations

from collections.abc import Mapping

from toiya.domain.wallet.models import Posting

Kind = Posting.Kind
EFFECTS: Mapping[Posting.Kind, tuple[str, str]] = {
    # kind: (taken from, given to)
    Kind.TOP_UP: ("top_ups", "free"),
    Kind.RESERVE: ("free", "reserved"),
    Kind.VOID: ("reserved", "free"),
    Kind.CAPTURE: ("reserved", "fees"),
    Kind.REFUND: ("fees", "free"),
    Kind.CHARGE: ("free", "fees"),
    Kind.CHARGE_ADVERTISING: ("advertising", "fees"),
    Kind.COMPENSATE: ("compensations", "free"),
    Kind.SETTLE_SALE: ("settlements", "free"),
    Kind.GRANT: ("given", "advertising"),
    Kind.DEFER: ("owed", "reserved"),
    Kind.VOID_DEFERRED: ("reserved", "owed"),
    Kind.REPAY: ("free", "owed"),
    Kind.COVER: ("advertising", "free"),
    # Money that came wrong goes back; what was spent of it is a debt that the next money pays.
    Kind.TAKE_BACK: ("free", "top_ups"),
    Kind.OWE_BACK: ("debt", "top_ups"),
    Kind.PAY_DEBT: ("free", "debt"),
    Kind.TAKE_CREDIT: ("advertising", "given"),
    Kind.UNSETTLE: ("free", "settlements"),
    Kind.UNPAY: ("owed", "free"),
}
