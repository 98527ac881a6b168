"""Late by our fault: the credit of the contract, booked once per order without anybody asking (D-04, L47)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Sum

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.events import Event
from toiya.domain.claims import late, rules
from toiya.domain.claims.events import DelayCredited, DelaysCredited
from toiya.domain.claims.late import LateOrder
from toiya.domain.claims.models import CreditRule, DelayCredit
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.sql import Purse


@transaction.atomic
def credit_delays(*, seller_id: int, order_ids: Sequence[int], actor: Actor, at: datetime) -> int:
    """
    Credit those of the seller's orders that missed their day by our fault and left meanwhile; returns how many got one.

    An order counts once whatever happens, in the local month in which it is credited. The seller's lock guards the
    month's cap; an order past the cap is noted with 0, so that nobody looks at it again.
    """
    seller = Seller.objects.filter(pk=seller_id).lock().get()
    orders = late.late_orders(seller_id, order_ids)
    books = _Books(seller, late.home_zone(), at)

    found = [books.credit(order) for order in orders]
    written = [each for each in found if each is not None]

    DelayCredit.objects.bulk_create(written)
    codes = {order.order.pk: order.order.code for order in orders}
    for row in written:
        if row.amount_minor:
            purse = Purse(seller.pk, row.currency, actor.name, at)
            ledger.compensate(purse, row.amount_minor, codes[row.order_id])

    events.record_all(_events(seller, written, codes), actor=actor, at=at)
    return sum(1 for row in written if row.amount_minor)


@dataclass(slots=True)
class _Books:
    """The seller's credits of this month, while those of a set are added."""

    seller: Seller
    zone: ZoneInfo
    at: datetime
    credited: dict[str, int] = field(default_factory=dict)

    def credit(self, order: LateOrder) -> DelayCredit | None:
        """The credit for one order; None when no rule was in force on the day it missed."""
        rule = rule_on(self.seller, order.missed_at.astimezone(self.zone).date())
        if rule is None:
            return None
        month = self.at.astimezone(self.zone).date().replace(day=1)
        terms = rules.CreditTerms(rule.amount_minor, rule.percent, rule.month_cap_minor)
        amount = rules.credit(terms, order.fees_minor, self._so_far(rule.currency, month))
        self.credited[rule.currency] += amount
        return DelayCredit(
            order=order.order,
            seller=self.seller,
            rule=rule,
            missed_at=order.missed_at,
            cause=order.cause,
            fees_minor=order.fees_minor,
            amount_minor=amount,
            currency=rule.currency,
            month=month,
            at=self.at,
        )

    def _so_far(self, currency: str, month: date) -> int:
        if currency not in self.credited:
            done = DelayCredit.objects.filter(seller=self.seller, month=month, currency=currency)
            self.credited[currency] = done.aggregate(sum=Sum("amount_minor"))["sum"] or 0
        return self.credited[currency]


def rule_on(seller: Seller, day: date) -> CreditRule | None:
    """The rule in force for a seller: its own goes before the standard one, of each the newest that has begun."""
    begun = CreditRule.objects.filter(currency=seller.currency, starts_on__lte=day).order_by("-starts_on")
    own: CreditRule | None = begun.filter(seller=seller).first()
    return own or begun.filter(seller=None).first()


def _events(seller: Seller, written: Sequence[DelayCredit], codes: dict[int, str]) -> list[Event]:
    paid = [row for row in written if row.amount_minor]
    told: list[Event] = [
        DelayCredited(
            seller_id=seller.pk,
            subject=codes[row.order_id],
            amount_minor=row.amount_minor,
            currency=row.currency,
            cause=row.cause,
        )
        for row in paid
    ]
    if paid:
        together = DelaysCredited(
            seller_id=seller.pk,
            subject=seller.code,
            last_order_id=paid[-1].order_id,
            orders=len(paid),
            amount_minor=sum(row.amount_minor for row in paid),
            currency=paid[-1].currency,
        )
        told.append(together)
    return told
