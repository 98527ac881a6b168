"""Debts and agreements in the tests, built by the app's own actions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.world import NOON, WORLD
from toiya.core.actor import Actor
from toiya.domain.contracts import queries as contracts
from toiya.domain.contracts import text
from toiya.domain.contracts.actions.signing import Application, apply_for_centres
from toiya.domain.contracts.models import Agreement
from toiya.domain.dues import queries
from toiya.domain.dues.actions.dunning import take_step
from toiya.domain.dues.actions.paying import Paying, pay_requests
from toiya.domain.dues.actions.requesting import LineDraft, Wanted, request_payment
from toiya.domain.dues.models import Payment, PaymentRequest
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import Warehouse

OCTOBER = date(2026, 10, 1)
BEGIN_OF_NOVEMBER = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


def on(year: int, month: int, day: int) -> datetime:
    """Noon in Japan on that day."""
    return datetime(year, month, day, 3, 0, tzinfo=UTC)


def asked(
    seller: Seller,
    *amounts: int,
    subject: str = "STM-2026-10",
    month: date | None = OCTOBER,
    due_on: date | None = None,
    at: datetime = BEGIN_OF_NOVEMBER,
) -> PaymentRequest:
    """A request for the fees of October, one line an amount; 4,410 yen of storage unless told otherwise."""
    lines = [LineDraft(f"Storage {place}", amount) for place, amount in enumerate(amounts or (4410,), start=1)]
    kind = PaymentRequest.Kind.STATEMENT if month else PaymentRequest.Kind.OTHER
    wanted = Wanted(subject, seller.currency, lines, kind, month, due_on)
    return request_payment(seller_id=seller.pk, wanted=wanted, actor=WORLD, at=at)


def steps_until(request: PaymentRequest, day: date) -> list[tuple[str, date]]:
    """Every step that is taken when the clock looks at noon of each day from the notice on; what was taken when."""
    taken = []
    at = on(request.notice_on.year, request.notice_on.month, request.notice_on.day)
    while queries.today_of(request, at) <= day:
        while (step := take_step(request_id=request.pk, actor=WORLD, at=at)) is not None:
            taken.append((step.step, step.taken_on))
        at += timedelta(days=1)
    return taken


def paid(
    request: PaymentRequest,
    amount: int | None = None,
    *,
    token: str = "form 1",  # noqa: S107
    actor: Actor = WORLD,
    at: datetime = NOON,
) -> list[Payment]:
    """All of it, or that much, from the wallet."""
    paying = Paying({request.code: amount}, token)
    return pay_requests(seller_id=request.seller_id, paying=paying, actor=actor, at=at)


def signed(
    seller: Seller, *houses: Warehouse, language: str = "ja", actor: Actor = WORLD, at: datetime = NOON
) -> list[Agreement]:
    """The seller applies for these centres, having read what was shown."""
    shown = [
        text.whole(contracts.terms_offered(seller.pk, country, contracts.local_day(country, at)), language)
        for country in ("JP", "KR")
    ]
    read = [text.hash_of(words) for words in shown]
    application = Application([house.code for house in houses], language, True, True, read)
    return apply_for_centres(seller_id=seller.pk, application=application, actor=actor, at=at)
