"""What happens on which day to fees that are not paid (A071, L22): pure rules over dates. Nothing is thrown away."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from toiya.domain.contracts.rules import Terms


class Step(StrEnum):
    """What is done to a request that is not paid, in this order."""

    NOTICE = "notice"
    REMINDER = "reminder"  # announces the suspension
    SUSPENSION = "suspension"
    WARNING = "warning"  # announces the stop and the return
    STOP = "stop"
    RETURN = "return"  # a return is prepared, for a person to confirm


ORDER: Sequence[Step] = tuple(Step)
# Which step is announced by which.
ANNOUNCES: Mapping[Step, Step] = {
    Step.NOTICE: Step.SUSPENSION,
    Step.REMINDER: Step.SUSPENSION,
    Step.WARNING: Step.STOP,
}


@dataclass(frozen=True, slots=True)
class Debt:
    """One request as the time line sees it: its days, the terms it was made under, and the day of each step done."""

    notice_on: date
    due_on: date
    terms: Terms
    done: Mapping[Step, date]


@dataclass(frozen=True, slots=True)
class Planned:
    """A step and its day; `is_done`: it was taken then, else it is the earliest day it can be taken on."""

    step: Step
    on: date
    is_done: bool


def days_of_month(month: date, terms: Terms) -> tuple[date, date]:
    """
    The notice day and the due day of the fees of a month: both in the next one (A071, A171).

    :param month: any day of the month the fees are of
    """
    following = months_later(month.replace(day=1), 1)
    return following.replace(day=terms.notice_day), following.replace(day=terms.due_day)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last day of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def time_line(debt: Debt) -> list[Planned]:
    """
    Every step of an unpaid request with its day.

    A step that was taken late, because a clock or a job was, moves those it announces: nobody is suspended or sent
    his goods without the days of warning the agreement promises.
    """
    planned: dict[Step, Planned] = {}
    for step in ORDER:
        if step in debt.done:
            planned[step] = Planned(step, debt.done[step], True)
        else:
            planned[step] = Planned(step, _earliest(step, debt, planned), False)
    return list(planned.values())


def _earliest(step: Step, debt: Debt, before: Mapping[Step, Planned]) -> date:
    terms, last_day = debt.terms, debt.due_on + timedelta(days=debt.terms.grace_days)
    stops_on = months_later(debt.due_on, terms.stop_months) + timedelta(days=terms.grace_days + 1)
    if step is Step.NOTICE:
        return debt.notice_on
    if step is Step.REMINDER:
        return max(last_day + timedelta(days=1 - terms.warn_days), before[Step.NOTICE].on)
    if step is Step.SUSPENSION:
        return max(last_day + timedelta(days=1), before[Step.REMINDER].on + timedelta(days=terms.warn_days))
    if step is Step.WARNING:
        return max(stops_on - timedelta(days=terms.stop_warn_days), before[Step.SUSPENSION].on)
    if step is Step.STOP:
        return max(stops_on, before[Step.WARNING].on + timedelta(days=terms.stop_warn_days))
    return before[Step.STOP].on


def next_step(debt: Debt, today: date) -> Planned | None:
    """The first step that is due and not done; steps are taken one by one, in their order."""
    coming = next((each for each in time_line(debt) if not each.is_done), None)
    return coming if coming is not None and coming.on <= today else None


def announced_by(step: Step, debt: Debt) -> Planned | None:
    """What a notice, reminder or warning announces, with the day it will be."""
    wanted = ANNOUNCES.get(step)
    return next((each for each in time_line(debt) if each.step is wanted), None)


@dataclass(frozen=True, slots=True)
class Sums:
    """The money of one request, in minor units of its currency."""

    amount: int
    paid: int = 0
    refunded: int = 0
    credited: int = 0

    @property
    def owed(self) -> int:
        """What is still to be paid; below nothing when a credit came after the payment."""
        return self.amount - self.credited - (self.paid - self.refunded)

    @property
    def to_give_back(self) -> int:
        """What was paid too much, because a credit came after it."""
        return max(0, -self.owed)


def is_pressing(sums: Sums, disputed: int) -> bool:
    """Whether anything undisputed is owed: only that moves the time line."""
    return sums.owed - disputed > 0
