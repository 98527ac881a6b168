"""
A quarter of fees: sellers who pay at once, late, in parts, by themselves, or never; day by day, by the house's actions.

What comes out is counted, and every promise of the agreement is held against it: nobody stands still unannounced, who
pays goes on the same day, goods stay where they are.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from toiya.config.truths import all_checks
from toiya.core.actor import system_actor
from toiya.core.checks import Level, run
from toiya.core.money import Money
from toiya.domain.allocation.actions.promising import allocate_orders
from toiya.domain.catalog.actions.registering import NewSku, register_item
from toiya.domain.dues import jobs, queries
from toiya.domain.dues.actions.paying import Paying, pay_requests, set_auto_pay
from toiya.domain.dues.actions.requesting import LineDraft, Wanted, request_payment
from toiya.domain.dues.models import DunningStep, PaymentRequest, ReturnPlan
from toiya.domain.members.actions.joining import add_member, register_seller
from toiya.domain.members.models import Seller, Standstill, User
from toiya.domain.notifications.actions.sending import claim_message, record_sent
from toiya.domain.notifications.actions.telling_dues import tell_of_step
from toiya.domain.notifications.models import Message
from toiya.domain.notifications.rendering import written
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.models import Order
from toiya.domain.orders.rules import AddressDraft, OrderDraft
from toiya.domain.orders.rules import LineDraft as Bought
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.stock.actions.goods import Arrival, receive_stock
from toiya.domain.stock.models import Balance
from toiya.domain.wallet.actions.payments import top_up_wallet
from toiya.domain.warehouses.actions.setting_up import Building, NewBin, open_warehouse
from toiya.domain.warehouses.models import Bin, Warehouse

ACTOR = system_actor("simulation")
MANNERS = ("at_once", "late", "in_parts", "by_itself", "never")
PIECES = 400
MONTHS = 3  # of fees; the days go on until the first of them is overdue by the months of the agreement
CALENDAR_DAYS = 150
NOON = time(3, 0, tzinfo=UTC)


@dataclass
class Debtor:
    """A seller, how it pays, and on which day it pays what it pays late."""

    seller: Seller
    manner: str
    late_day: int


@dataclass
class Quarter:
    """What happened, as numbers and days."""

    steps: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    released: Counter[str] = field(default_factory=Counter)
    held_back: Counter[str] = field(default_factory=Counter)
    suspended: set[str] = field(default_factory=set)
    reinstated: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "steps": dict(self.steps),
            "letters": dict(self.letters),
            "released": dict(self.released),
            "held_back": dict(self.held_back),
            "suspended": sorted(self.suspended),
            "reinstated": dict(self.reinstated),
            "broken": self.broken,
        }


def play(seed: int, each: int = 1, begin: date = date(2026, 9, 1)) -> Quarter:
    """Three months of fees and what comes of them, for so many sellers of each manner."""
    draw = random.Random(seed)  # noqa: S311  a play, no secret
    at = datetime.combine(begin, NOON)
    house = _house()
    debtors = [_debtor(manner, number, draw, house, at) for manner in MANNERS for number in range(each)]
    quarter = Quarter()
    for day in _days(begin):
        now = datetime.combine(day, NOON)
        if day.day == 1 and day > begin and day <= begin + timedelta(days=31 * MONTHS):
            _bill(debtors, day, draw, now)
        _pay(debtors, day, quarter, now)
        _sweep(quarter, now, draw)
        if day.weekday() == 0:
            _ship(debtors, house, quarter, day, now)
    _judge(debtors, quarter)
    return quarter


def _days(begin: date) -> Iterator[date]:
    return (begin + timedelta(days=number) for number in range(CALENDAR_DAYS))


def _house() -> Warehouse:
    building = Building("FNB", "Funabashi", "273-0012", "千葉県船橋市浜町2-1-1", "047-000-0000")
    bins = [NewBin("A01-01-1", Bin.Kind.STORAGE, "A", 1), NewBin("OUT-1", Bin.Kind.STAGING, "", 0)]
    return open_warehouse(building=building, bins=[*bins, NewBin("T-001", Bin.Kind.TOTE, "", 0)])


def _debtor(manner: str, number: int, draw: random.Random, house: Warehouse, at: datetime) -> Debtor:
    name = f"{manner} {number + 1}"
    seller = register_seller(name=name, currency="JPY", language="ja", actor=ACTOR, at=at)
    user = User.objects.create_user(email=f"{manner}-{number}@sellers.example", name=name, password=None)
    add_member(seller=seller, user=user, role="owner")
    new = NewSku(option="", seller_code="TEA", weight_g=100)
    sku = register_item(seller_id=seller.pk, name="Tea", options=[new], actor=ACTOR, at=at).skus.get()
    place = house.bins.get(code="A01-01-1")
    goods = [Arrival(sku.pk, place.pk, PIECES)]
    receive_stock(seller_id=seller.pk, warehouse_id=house.pk, arrivals=goods, source="CB-QUARTER", actor=ACTOR, at=at)
    if manner != "never":
        top_up_wallet(seller=seller, amount=Money(1_000_000, "JPY"), reference="quarter", actor=ACTOR, at=at)
    if manner == "by_itself":
        set_auto_pay(seller_id=seller.pk, is_on=True, actor=ACTOR, at=at)
    return Debtor(seller, manner, draw.randint(22, 28))


def _bill(debtors: Sequence[Debtor], day: date, draw: random.Random, now: datetime) -> None:
    """The month that ended is asked for."""
    month = day - timedelta(days=1)
    for debtor in debtors:
        lines = [LineDraft("Storage", 30 * draw.randint(20, 200)), LineDraft("Labels", draw.randint(100, 900))]
        wanted = Wanted(f"STM-{month:%Y-%m}", "JPY", lines, month=month)
        request_payment(seller_id=debtor.seller.pk, wanted=wanted, actor=ACTOR, at=now)


def _pay(debtors: Sequence[Debtor], day: date, quarter: Quarter, now: datetime) -> None:
    for debtor in debtors:
        amounts = {
            request.code: amount
            for request in queries.pressing(debtor.seller.pk)
            if (amount := _pays(debtor, request, day)) is not None
        }
        if not amounts:
            continue
        was_still = _stands_still(debtor)
        paying = Paying(amounts, f"{debtor.manner}-{day}")
        pay_requests(seller_id=debtor.seller.pk, paying=paying, actor=ACTOR, at=now)
        if was_still and not _stands_still(debtor):
            quarter.reinstated[debtor.manner] += 1
        if was_still and _stands_still(debtor) and not queries.pressing(debtor.seller.pk):
            quarter.broken.append(f"{debtor.seller.name} paid all on {day} and still stands still")


def _pays(debtor: Debtor, request: PaymentRequest, day: date) -> int | None:
    """What this seller pays of it on that day; None: nothing."""
    if debtor.manner == "at_once" and day == request.notice_on:
        return request.owed_minor
    if debtor.manner == "late" and day == request.due_on.replace(day=debtor.late_day):
        return request.owed_minor
    if debtor.manner == "in_parts" and day == request.notice_on:
        return request.owed_minor // 2 or None
    if debtor.manner == "in_parts" and day == request.due_on:
        return request.owed_minor
    return None


def _sweep(quarter: Quarter, now: datetime, draw: random.Random) -> None:
    """The house looks what is due; on some days its clock or its worker sleeps."""
    if draw.random() < 0.05:
        return
    seen = set(DunningStep.objects.values_list("pk", flat=True))
    jobs.look(now)
    for step in DunningStep.objects.exclude(pk__in=seen).order_by("pk").select_related("seller"):
        tell_of_step(step_id=step.pk, actor=ACTOR, at=now)
        _send(now)
        quarter.steps[step.step] += 1
        if step.step == "suspension":
            quarter.suspended.add(step.seller.name)


def _send(now: datetime) -> None:
    """Each letter is made in its reader's language and counts as sent: there is no mail server in a play."""
    for message_id in Message.objects.filter(status=Message.Status.WAITING).values_list("pk", flat=True):
        claim = claim_message(message_id=message_id, at=now)
        if claim is not None:
            written(claim.message, claim.secret)
            record_sent(message_id=message_id, attempt=claim.attempt, actor=ACTOR, at=now)


def _ship(debtors: Sequence[Debtor], house: Warehouse, quarter: Quarter, day: date, now: datetime) -> None:
    """Each seller sells a piece; the floor takes what it may."""
    for debtor in debtors:
        draft = OrderDraft(
            channel="hand",
            shop_code="",
            external_id=f"{debtor.seller.code}-{day}",
            lines=(Bought("1", "Tea", "", "TEA", "", 1, 1000),),
            address=AddressDraft("田中 みなみ", "090-1234-5678", "273-0017", "千葉県船橋市西浦1-2-3", ""),
            total_minor=1000,
            paid_at=now,
        )
        seller_id = debtor.seller.pk
        placed = place_orders(seller_id=seller_id, drafts=[draft], actor=ACTOR, at=now)
        order = Order.objects.get(code=placed.codes[draft.key])
        allocate_orders(seller_id=seller_id, order_ids=[order.pk], actor=ACTOR, at=now)
        ready = list(
            Order.objects.filter(seller_id=seller_id, status="allocated").order_by("pk").values_list("code", flat=True)
        )
        try:
            release = release_wave(warehouse_id=house.pk, order_codes=ready, actor=ACTOR, at=now)
        except NothingToRelease:
            quarter.held_back[debtor.manner] += 1
            continue
        quarter.released[debtor.manner] += len(release.released)
        if _stands_still(debtor):
            quarter.broken.append(f"orders of {debtor.seller.name} left on {day} while it stood still")


def _stands_still(debtor: Debtor) -> bool:
    return Standstill.objects.filter(seller=debtor.seller).exists()


def _judge(debtors: Sequence[Debtor], quarter: Quarter) -> None:
    """Every promise of the agreement against what happened."""
    quarter.letters.update(Message.objects.values_list("kind", flat=True))
    for debtor in debtors:
        name = debtor.seller.name
        if debtor.manner in {"at_once", "in_parts", "by_itself"} and name in quarter.suspended:
            quarter.broken.append(f"{name} paid in time and was suspended")
        if debtor.manner == "never":
            if not ReturnPlan.objects.filter(seller=debtor.seller, status="prepared").exists():
                quarter.broken.append(f"{name} never paid and nothing was prepared")
            if Balance.objects.get(seller=debtor.seller).on_hand != PIECES:
                quarter.broken.append(f"goods of {name} moved without anybody's word")
    for step in DunningStep.objects.filter(step__in=["suspension", "stop"]).select_related("request"):
        quarter.broken += _unannounced(step)
    problems = [finding for finding in run(all_checks(), at=datetime.now(UTC)) if finding.count]
    quarter.broken += [
        problem.message for finding in problems if finding.check.level is Level.PROBLEM for problem in finding.problems
    ]


def _unannounced(step: DunningStep) -> list[str]:
    """What is wrong with the announcement of a suspension or a stop."""
    by, days = {"suspension": ("reminder", "warn_days"), "stop": ("warning", "stop_warn_days")}[step.step]
    told = DunningStep.objects.get(request=step.request, round=step.round, step=by)
    wanted = timedelta(days=int(step.request.terms[days]))
    has_letter = Message.objects.filter(key__startswith=f"dues-{told.pk}-").exists()
    if step.taken_on - told.taken_on >= wanted and has_letter:
        return []
    return [f"{step.step} of {step.request.code} on {step.taken_on} was not announced in time"]
