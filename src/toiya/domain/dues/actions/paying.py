"""Paying what was asked for out of the wallet: chosen by hand, in part, or by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.dues import queries
from toiya.domain.dues.actions.returning import drop_plan
from toiya.domain.dues.actions.standing import lock_held_orders, settle_standing
from toiya.domain.dues.events import AutoPaySet, PaymentMade
from toiya.domain.dues.models import AutoPay, Payment, PaymentRequest
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse

Status = PaymentRequest.Status


class NothingChosenToPay(Refusal):
    """No request was ticked."""

    code = "nothing_chosen_to_pay"
    message = gettext_lazy("Nothing is chosen. Tick what you want to pay, then press Pay.")


class PaysTooMuch(Refusal):
    """More than is owed, or nothing at all."""

    code = "pays_too_much"
    message = gettext_lazy("%(code)s: %(owed)s is owed. Enter an amount above 0 and not above that.")


@dataclass(frozen=True, slots=True)
class Paying:
    """
    What to pay, by the request's code: an amount in minor units, or None for all that is owed.

    `token` is the form's own: pressing twice pays once.
    """

    amounts: Mapping[str, int | None]
    token: str
    way: str = Payment.Way.BY_HAND


@transaction.atomic
def pay_requests(*, seller_id: int, paying: Paying, actor: Actor, at: datetime) -> list[Payment]:
    """
    Take the chosen requests from the wallet, all or none. When nothing overdue is left, everything goes on at once.

    A form that was sent before gives the payments it made then.

    :raises NothingChosenToPay: :raises NotFound: :raises PaysTooMuch: paid already, or more than is owed
    :raises WalletTooLow: the wallet does not cover all of it
    """
    Seller.objects.filter(pk=seller_id).lock().get()
    requests = _locked(seller_id, paying.amounts, actor)
    before = list(Payment.objects.filter(request__in=requests, token=paying.token).order_by("pk"))
    if before:
        return before
    lock_held_orders(seller_id=seller_id, actor=actor, at=at)
    amounts = {request.pk: _amount(request, paying.amounts[request.code]) for request in requests}

    told: list[events.Event] = []
    payments = []
    for request in requests:
        payment = _paid(request, amounts[request.pk], paying, actor, at)
        payments.append(payment)
        told.append(_told(request, payment))
    told += settle_standing(request=requests[-1], actor=actor, at=at)
    told += drop_plan(request=requests[-1], actor=actor, at=at)

    events.record_all(told, actor=actor, at=at)
    return payments


@transaction.atomic
def set_auto_pay(*, seller_id: int, is_on: bool, actor: Actor, at: datetime) -> None:
    """Let what is asked for be taken from the wallet as soon as it is asked for, or pay by hand from now on (L21)."""
    seller = Seller.objects.filter(pk=seller_id).lock().get()
    was_on = AutoPay.objects.filter(seller_id=seller_id).exists()
    if was_on == is_on:
        return

    if is_on:
        AutoPay.objects.create(seller_id=seller_id, since=at, chosen_by=actor.name)
    else:
        AutoPay.objects.filter(seller_id=seller_id).delete()

    events.record(AutoPaySet(seller_id=seller_id, subject=seller.code, is_on=is_on), actor=actor, at=at)


def pay_automatically(*, seller_id: int, actor: Actor, at: datetime) -> list[Payment]:
    """
    Of a seller that chose so: pay what is owed and not disputed, the oldest first, as far as the wallet goes.

    What it does not cover whole is left; it is tried again after a top-up and every hour.
    """
    if not AutoPay.objects.filter(seller_id=seller_id).exists():
        return []
    paid: list[Payment] = []
    for request in queries.pressing(seller_id):
        disputed = queries.disputed_minor([request.pk]).get(request.pk, 0)
        # What was paid before makes the token: two jobs beside each other are one payment.
        token = f"auto-{request.paid_minor}-{request.credited_minor}"
        paying = Paying({request.code: request.owed_minor - disputed}, token, Payment.Way.AUTOMATIC)
        try:
            paid += pay_requests(seller_id=seller_id, paying=paying, actor=actor, at=at)
        except (WalletTooLow, PaysTooMuch):
            continue
    return paid


def _locked(seller_id: int, amounts: Mapping[str, int | None], actor: Actor) -> list[PaymentRequest]:
    if not amounts:
        raise NothingChosenToPay()
    rows = PaymentRequest.objects.visible_to(actor).filter(seller_id=seller_id, code__in=list(amounts))
    found = list(rows.select_related("seller").lock())
    if missing := sorted(set(amounts) - {request.code for request in found}):
        raise NotFound(kind=gettext_lazy("payment request"), code=missing[0][:20])
    return found


def _amount(request: PaymentRequest, wanted: int | None) -> int:
    owed = request.owed_minor
    amount = owed if wanted is None else wanted
    if not 0 < amount <= owed:
        raise PaysTooMuch(code=request.code, owed=Money(max(0, owed), request.currency))
    return amount


def _paid(request: PaymentRequest, amount: int, paying: Paying, actor: Actor, at: datetime) -> Payment:
    (number,) = next_ids("dues_payment_id_seq", 1)
    code = code_for("PMT", number)
    purse = Purse(request.seller_id, request.currency, actor.name, at)
    ledger.charge(purse, {code: amount}, Use.STATEMENT)  # advertising credit pays no debts of ours (A172)
    request.paid_minor += amount
    request.move_to(Status.PAID) if not request.sums.owed else _in_part(request)
    request.completed_at = None if request.sums.owed else at
    request.save(update_fields=["paid_minor", "status", "completed_at"])
    return Payment.objects.create(
        pk=number,
        seller_id=request.seller_id,
        request=request,
        code=code,
        way=paying.way,
        amount_minor=amount,
        currency=request.currency,
        token=paying.token[:60],
        paid_at=at,
        actor=actor.name,
    )


def _in_part(request: PaymentRequest) -> None:
    if request.status == Status.TO_PAY:
        request.move_to(Status.PART_PAID)


def _told(request: PaymentRequest, payment: Payment) -> PaymentMade:
    return PaymentMade(
        seller_id=request.seller_id,
        subject=request.code,
        payment=payment.code,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        owed_minor=request.owed_minor,
    )
