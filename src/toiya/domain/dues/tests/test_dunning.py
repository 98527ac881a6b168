"""Who does not pay is warned, suspended, stopped, and goes on at once when it has paid; nothing is thrown away."""

from __future__ import annotations

from datetime import date

import pytest

from tests.books import findings, fingerprint
from tests.dues_world import asked, on, paid, steps_until
from tests.inbound_world import a_bundle
from tests.world import (
    WORLD,
    a_seller,
    a_sku,
    a_warehouse,
    acting_for,
    an_allocated_order,
    an_order,
    judged,
    money_in,
    stock_of,
)
from toiya.core.models import EventRow
from toiya.core.states import NoSuchStep
from toiya.domain.catalog.models import Sku
from toiya.domain.dues import queries
from toiya.domain.dues.actions.disputing import (
    CreditOutOfRange,
    Decision,
    DisputedAlready,
    Objection,
    TooLateToDispute,
    decide_dispute,
    dispute_line,
    withdraw_dispute,
)
from toiya.domain.dues.actions.dunning import take_step
from toiya.domain.dues.actions.requesting import DayToPayOff, RequestIsOver, postpone_payment, withdraw_request
from toiya.domain.dues.actions.returning import agree_to_return, confirm_return
from toiya.domain.dues.actions.standing import hold_new_orders
from toiya.domain.dues.models import DunningStep, PaymentRequest, ReturnPlan
from toiya.domain.inbound.steps import ServiceStopped
from toiya.domain.members.models import Seller, Standstill
from toiya.domain.orders.actions.holds import EndsByPaying, lift_hold
from toiya.domain.orders.models import Hold
from toiya.domain.outbound.actions.waves import NothingToRelease, release_wave
from toiya.domain.returns.models import Removal
from toiya.domain.stock.models import Balance
from toiya.domain.wallet.models import Account
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
VERIFIED = ("I06", "I07", "I41", "I42")
SUSPENDED = on(2026, 11, 21)


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


def stage(seller: Seller) -> str:
    return Standstill.objects.filter(seller=seller).values_list("stage", flat=True).first() or ""


def held(seller: Seller) -> int:
    return Hold.objects.filter(seller=seller, code="fees_unpaid", lifted_at=None).count()


@pytest.mark.seed("A071", "A176", "L22")
def test_unpaid_on_the_20th_nothing_leaves_from_the_21st_on(seller: Seller, house: Warehouse) -> None:
    order = an_allocated_order(seller, house)
    request = asked(seller)
    assert steps_until(request, date(2026, 11, 20)) == [
        ("notice", date(2026, 11, 15)),
        ("reminder", date(2026, 11, 18)),
    ]
    assert (stage(seller), held(seller)) == ("", 0)
    assert steps_until(request, date(2026, 11, 21)) == [("suspension", date(2026, 11, 21))]
    assert (stage(seller), held(seller)) == ("dispatch", 1)
    with pytest.raises(NothingToRelease):
        release_wave(warehouse_id=house.pk, order_codes=[order.code], actor=WORLD, at=SUSPENDED)
    for actor in (WORLD, acting_for(seller)):
        with pytest.raises(EndsByPaying):
            lift_hold(order_code=order.code, code="fees_unpaid", actor=actor, at=SUSPENDED)
    told = list(DunningStep.objects.order_by("pk").values_list("step", "announces_on"))
    assert told == [
        ("notice", date(2026, 11, 21)),
        ("reminder", date(2026, 11, 21)),
        ("suspension", None),
    ]
    assert findings(*VERIFIED) == []


def test_an_order_that_comes_meanwhile_waits_even_before_anybody_said_so(seller: Seller, house: Warehouse) -> None:
    an_allocated_order(seller, house)
    steps_until(asked(seller), date(2026, 11, 21))
    stock_of(Sku.objects.get(), house, 1)
    (late,) = judged(an_order(seller))
    assert late.status == "allocated"
    with pytest.raises(NothingToRelease):
        release_wave(warehouse_id=house.pk, order_codes=[late.code], actor=WORLD, at=SUSPENDED)
    assert hold_new_orders(seller_id=seller.pk, actor=WORLD, at=SUSPENDED) == 1
    assert hold_new_orders(seller_id=seller.pk, actor=WORLD, at=SUSPENDED) == 0
    assert held(seller) == 2


@pytest.mark.seed("L22")
def test_who_pays_goes_on_at_once(seller: Seller, house: Warehouse) -> None:
    order, other = an_allocated_order(seller, house), an_allocated_order(a_seller("Kaede"), house)
    request = asked(seller)
    steps_until(request, date(2026, 11, 21))
    money_in(seller, 10_000)
    paid(request, 4409, at=SUSPENDED)
    assert (stage(seller), held(seller)) == ("dispatch", 1), "a part is not all"
    paid(request, token="form 2", at=SUSPENDED)
    assert (stage(seller), held(seller)) == ("", 0)
    release = release_wave(warehouse_id=house.pk, order_codes=[order.code, other.code], actor=WORLD, at=SUSPENDED)
    assert set(release.released) == {order.code, other.code}
    assert EventRow.objects.get(name="seller.reinstated").data == {"request": request.code, "orders": 1}
    assert steps_until(request, date(2027, 3, 1)) == []
    assert findings(*VERIFIED) == []


def test_two_debts_are_two_reasons(seller: Seller, house: Warehouse) -> None:
    an_allocated_order(seller, house)
    one, other = asked(seller), asked(seller, 77, subject="STM-B")
    for request in (one, other):
        steps_until(request, date(2026, 11, 21))
    money_in(seller, 10_000)
    paid(one, at=SUSPENDED)
    assert (stage(seller), held(seller)) == ("dispatch", 1)
    assert Standstill.objects.get().cause == other.code
    assert Hold.objects.get(lifted_at=None).details == {"request": other.code}
    paid(other, at=SUSPENDED)
    assert (stage(seller), held(seller)) == ("", 0)


@pytest.mark.seed("A071", "L22")
def test_two_months_later_the_service_stops_and_a_return_is_listed(seller: Seller, house: Warehouse) -> None:
    an_allocated_order(seller, house)
    stock_of(Sku.objects.get(), house, 4)
    request = asked(seller)
    taken = steps_until(request, date(2027, 1, 21))
    assert taken[-3:] == [
        ("warning", date(2027, 1, 7)),
        ("stop", date(2027, 1, 21)),
        ("return", date(2027, 1, 21)),
    ]
    assert stage(seller) == "service"
    plan = ReturnPlan.objects.get()
    assert [(line.sku.seller_code, line.warehouse_id, line.quantity) for line in plan.lines.all()] == [
        ("LT-NVM", house.pk, 5)
    ]
    assert Balance.objects.get().on_hand == 5, "nothing moves"
    money_in(seller, 10_000)
    with pytest.raises(ServiceStopped):
        a_bundle(seller, house, {Sku.objects.get(): 4}, at=on(2027, 1, 22))
    assert Hold.objects.filter(seller=seller, lifted_at=None).count() == 1
    paid(request, at=on(2027, 1, 22))
    plan.refresh_from_db()
    assert (plan.status, stage(seller), held(seller)) == ("dropped", "", 0)
    assert findings(*VERIFIED) == []


@pytest.mark.seed("L22")
def test_a_return_moves_only_when_a_person_confirms_it(seller: Seller, house: Warehouse) -> None:
    stock_of(a_sku(seller), house, 3)
    steps_until(asked(seller), date(2027, 1, 21))
    code, at = ReturnPlan.objects.get().code, on(2027, 1, 23)
    agree_to_return(code=code, actor=acting_for(seller), at=at)
    assert ReturnPlan.objects.get().status == "agreed"
    confirm_return(code=code, actor=WORLD, at=at)
    assert ReturnPlan.objects.get().status == "confirmed"
    removal = Removal.objects.get()
    assert (removal.status, removal.payer, removal.reason) == ("prepared", "receiver", ReturnPlan.objects.get().code)
    before = fingerprint()
    for act in (agree_to_return, confirm_return):
        with pytest.raises(NoSuchStep):
            act(code=code, actor=WORLD, at=at)
    assert fingerprint() == before
    assert findings(*VERIFIED) == []


def test_a_clock_that_slept_for_a_year_warns_first(seller: Seller, house: Warehouse) -> None:
    request = asked(seller)
    for _ in range(9):
        take_step(request_id=request.pk, actor=WORLD, at=on(2027, 11, 1))
    assert list(DunningStep.objects.order_by("pk").values_list("step", flat=True)) == ["notice", "reminder"]
    assert stage(seller) == ""
    assert take_step(request_id=request.pk, actor=WORLD, at=on(2027, 11, 3)) is None
    taken = take_step(request_id=request.pk, actor=WORLD, at=on(2027, 11, 4))
    assert taken is not None
    assert taken.step == "suspension"


@pytest.mark.seed("L22")
def test_more_time_lets_everything_go_on_and_begins_the_line_anew(seller: Seller, house: Warehouse) -> None:
    an_allocated_order(seller, house)
    request = asked(seller)
    steps_until(request, date(2026, 11, 21))
    before = fingerprint()
    for day in (date(2026, 11, 20), date(2028, 1, 1)):
        with pytest.raises(DayToPayOff):
            postpone_payment(code=request.code, due_on=day, reason="x", actor=WORLD, at=SUSPENDED)
    assert fingerprint() == before
    postpone_payment(code=request.code, due_on=date(2026, 12, 10), reason="by phone", actor=WORLD, at=SUSPENDED)
    assert (stage(seller), held(seller)) == ("", 0)
    request.refresh_from_db()
    assert steps_until(request, date(2026, 12, 11)) == [
        ("reminder", date(2026, 12, 8)),
        ("suspension", date(2026, 12, 11)),
    ]
    withdraw_request(code=request.code, reason="forgiven", actor=WORLD, at=on(2026, 12, 12))
    assert (stage(seller), held(seller)) == ("", 0)
    with pytest.raises(RequestIsOver):
        postpone_payment(code=request.code, due_on=date(2027, 1, 1), reason="x", actor=WORLD, at=on(2026, 12, 13))
    assert findings(*VERIFIED) == []


def _dispute(request: PaymentRequest, position: int = 1, reason: str = "Not ours") -> str:
    objection = Objection(reason)
    actor = acting_for(request.seller)
    return dispute_line(code=request.code, position=position, objection=objection, actor=actor, at=SUSPENDED).code


@pytest.mark.seed("L21", "L22")
def test_what_is_disputed_is_not_due_until_it_is_decided(seller: Seller, house: Warehouse) -> None:
    an_allocated_order(seller, house)
    request = asked(seller, 4000)
    steps_until(request, date(2026, 11, 21))
    code = _dispute(request)
    assert (stage(seller), held(seller)) == ("", 0)
    assert steps_until(request, date(2026, 12, 31)) == []
    decided = on(2026, 12, 31)
    decide_dispute(code=code, decision=Decision(0, "It is yours."), actor=WORLD, at=decided)
    request.refresh_from_db()
    assert (request.due_on, request.round, stage(seller)) == (date(2027, 1, 3), 2, "")
    assert take_step(request_id=request.pk, actor=WORLD, at=on(2027, 1, 3)) is not None
    assert steps_until(request, date(2027, 1, 6))[-1] == ("suspension", date(2027, 1, 6))
    assert findings(*VERIFIED) == []


@pytest.mark.seed("L21")
def test_a_credit_lowers_what_is_owed_and_gives_back_what_was_paid_too_much(seller: Seller) -> None:
    request = asked(seller, 3000, 1000)
    money_in(seller, 10_000)
    first = _dispute(request, 2)
    decide_dispute(code=first, decision=Decision(400, "Half right."), actor=WORLD, at=SUSPENDED)
    request.refresh_from_db()
    assert (request.credited_minor, request.owed_minor, request.status) == (400, 3600, "to_pay")
    paid(request, at=SUSPENDED)
    second = _dispute(request, 1)
    decide_dispute(code=second, decision=Decision(3000, "All of it."), actor=WORLD, at=SUSPENDED)
    request.refresh_from_db()
    assert (request.status, request.credited_minor, request.refunded_minor) == ("paid", 3400, 3000)
    assert Account.objects.get(seller=seller, kind="free").balance_minor == 9400
    assert findings(*VERIFIED) == []


def test_a_dispute_that_is_taken_back_leaves_the_line_due(seller: Seller) -> None:
    request = asked(seller, 4000)
    steps_until(request, date(2026, 11, 21))
    withdraw_dispute(code=_dispute(request), actor=acting_for(seller), at=SUSPENDED)
    request.refresh_from_db()
    assert (request.round, stage(seller)) == (2, "")
    assert queries.pressing(seller.pk) == [request]
    steps_until(request, date(2026, 11, 30))
    withdraw_dispute(code=_dispute(request), actor=acting_for(seller), at=on(2026, 11, 30))
    request.refresh_from_db()
    assert (request.round, stage(seller)) == (2, "dispatch"), "by turns puts nothing off"
    assert findings(*VERIFIED) == []


def test_disputes_that_do_not_fit_are_refused(seller: Seller) -> None:
    request = asked(seller, 4000)
    code = _dispute(request)
    before = fingerprint()
    with pytest.raises(DisputedAlready):
        _dispute(request)
    for credit in (-1, 4001):
        with pytest.raises(CreditOutOfRange):
            decide_dispute(code=code, decision=Decision(credit, "x"), actor=WORLD, at=SUSPENDED)
    assert fingerprint() == before
    old = asked(seller, 5, subject="STM-2026-07", at=on(2026, 8, 1))
    with pytest.raises(TooLateToDispute):
        _dispute(old)
