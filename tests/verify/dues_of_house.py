"""Debts and agreements of the whole house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tests.dues_world import asked, on, paid, signed, steps_until
from tests.world import NOON, WORLD, a_member, a_seller, a_sku, acting_for, actor_for, an_order, money_in, stock_of
from toiya.domain.contracts.actions.terms import announce_terms, set_variation
from toiya.domain.dues.actions.disputing import Decision, Objection, decide_dispute, dispute_line
from toiya.domain.dues.actions.paying import set_auto_pay
from toiya.domain.dues.actions.standing import hold_new_orders

if TYPE_CHECKING:
    from tests.verify.whole_house import Side


def agreements_and_debts(sides: Sequence[Side]) -> None:
    """Two sellers that signed and pay, two that never pay, and a version of the agreement that is announced."""
    for side in sides:
        _agreed_and_owing(side)
        _stopped_for_debts(side)
    announce_terms(country="JP", changes={"due_day": 25}, holds_from=date(2027, 1, 1), actor=WORLD, at=NOON)


def _agreed_and_owing(side: Side) -> None:
    """A signature with numbers of its own; a request paid in part, one paid and credited, one in dispute."""
    seller = side.seller
    owner = a_member(seller)
    given = {"grace_days": 3}
    set_variation(seller_code=seller.code, country="JP", changes=given, note="volume", actor=WORLD, at=NOON)
    signed(seller, side.warehouse, actor=actor_for(owner, seller))
    money_in(seller, 20_000, "for fees")
    paid(asked(seller, 3000, 1410), 1000)
    credited = asked(seller, 500, 100, subject="STM-CREDITED")
    paid(credited, token="form 2")
    objection, actor = Objection("Not ours"), acting_for(seller)
    done = dispute_line(code=credited.code, position=2, objection=objection, actor=actor, at=NOON)
    decide_dispute(code=done.code, decision=Decision(60, "Right."), actor=WORLD, at=NOON)
    open_one = asked(seller, 900, subject="STM-DISPUTED")
    dispute_line(code=open_one.code, position=1, objection=objection, actor=actor, at=NOON)
    set_auto_pay(seller_id=seller.pk, is_on=True, actor=actor, at=NOON)


def _stopped_for_debts(side: Side) -> None:
    """A seller of this building that paid nothing for two months: it stands still and its goods are listed."""
    seller = a_seller(f"Unpaid {side.seller.name}")
    sku = a_sku(seller, seller_code="OWED")
    stock_of(sku, side.warehouse, 3, bin_code="A01-05-1")
    an_order(seller, {"OWED": 1})
    steps_until(asked(seller), date(2027, 1, 21))
    hold_new_orders(seller_id=seller.pk, actor=WORLD, at=on(2027, 1, 21))
