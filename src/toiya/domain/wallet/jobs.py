"""Background doors of the wallet: match what the bank told, ask the card gateway, watch what is left."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from toiya.core import clock, jobs, secrets
from toiya.core.actor import system_actor
from toiya.core.errors import Rejected, Unreachable
from toiya.domain.members.models import Seller
from toiya.domain.wallet import plugs
from toiya.domain.wallet.actions import cards
from toiya.domain.wallet.actions.bank_files import end_file_undo, undo_deposit
from toiya.domain.wallet.actions.deposits import match_deposit
from toiya.domain.wallet.actions.reversals import book_for_right_seller
from toiya.domain.wallet.actions.watching import ASKED_FOR, fill_wallet, watch_balance
from toiya.domain.wallet.models import CardPayment, Deposit, MoneyWatch
from toiya.domain.wallet.port import CardWish

BANK = system_actor("bank")
CARDS = system_actor("cards")
WATCH = system_actor("wallet")
ASK_AFTER = timedelta(minutes=10)  # a callback usually comes within seconds
_MOST_AT_ONCE = 500


@app.task(name="wallet.match_bank_file")
def match_bank_file(file_id: int) -> None:
    """Match the deposits of a file that still wait, each in a transaction of its own."""
    waiting = Deposit.objects.filter(bank_file_id=file_id, status=Deposit.Status.WAITING)
    for deposit_id in list(waiting.order_by("pk").values_list("pk", flat=True)):
        match_deposit(deposit_id=deposit_id, actor=BANK, at=clock.now())


@app.task(name="wallet.undo_bank_file")
def undo_bank_file(file_id: int) -> None:
    """Take the deposits of a file back as far as their money is there, each in a transaction of its own."""
    left = Deposit.objects.filter(bank_file_id=file_id).exclude(status=Deposit.Status.UNDONE)
    for deposit_id in list(left.order_by("pk").values_list("pk", flat=True)):
        undo_deposit(deposit_id=deposit_id, actor=BANK, at=clock.now())
    end_file_undo(file_id=file_id, actor=BANK, at=clock.now())


@app.task(name="wallet.book_for_right_seller")
def move_deposit(reversal_id: int) -> None:
    """Money that was booked to the wrong seller goes to the right one."""
    book_for_right_seller(reversal_id=reversal_id, actor=BANK, at=clock.now())


@app.task(name="wallet.match_waiting")
def match_waiting(seller_id: int) -> None:
    """A transfer was announced: perhaps its money is here already."""
    waiting = Deposit.objects.filter(status=Deposit.Status.WAITING, is_reversal=False)
    for deposit_id in list(waiting.order_by("pk").values_list("pk", flat=True)[:_MOST_AT_ONCE]):
        match_deposit(deposit_id=deposit_id, actor=BANK, at=clock.now())


@app.task(name=cards.OPEN_PAGE)
def open_card_page(payment_id: int) -> None:
    """Ask the gateway for the page of a payment. Safe to run twice: it knows our reference."""
    payment = CardPayment.objects.filter(pk=payment_id, status=CardPayment.Status.WISHED).first()
    if payment is None or not plugs.has_gateway():
        return  # without a gateway the wish waits until there is one again, or is given up
    try:
        if payment.is_automatic:
            answer = plugs.gateway().pay_kept(_wish(payment), _kept_card(payment))
            cards.take_kept_answer(payment_id=payment_id, answer=answer, actor=CARDS, at=clock.now())
            return
        page = plugs.gateway().open_page(_wish(payment))
    except Rejected as refused:
        cards.fail_card_payment(payment_id=payment_id, problem=refused.code, actor=CARDS, at=clock.now())
    except Unreachable:
        return  # the sweep asks again
    else:
        cards.take_card_page(payment_id=payment_id, page=page, actor=CARDS, at=clock.now())


def _wish(payment: CardPayment) -> CardWish:
    return CardWish(
        reference=payment.code,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        return_url=f"{settings.TOIYA_URL}/wallet/cards/{payment.code}/",
        notify_url=f"{settings.TOIYA_URL}/payments/cards/",
        keeps_card=payment.keeps_card,
    )


def _kept_card(payment: CardPayment) -> str:
    """:raises Rejected: the seller had it forgotten meanwhile"""
    watch = MoneyWatch.objects.filter(seller_id=payment.seller_id).exclude(sealed_card="").first()
    if watch is None:
        raise Rejected("card_forgotten")
    return secrets.unseal(watch.sealed_card, bound_to=cards.card_of(payment.seller_id))


@app.periodic(cron="* * * * *")
@app.task(name="wallet.sweep_cards")
def sweep_cards(timestamp: int) -> None:
    """Ask again for pages that were not made, and for payments whose callback did not come."""
    at = clock.now()
    if not plugs.has_gateway():
        return
    recent = CardPayment.objects.filter(wished_at__gt=at - ASKED_FOR)
    for payment_id in recent.filter(status=CardPayment.Status.WISHED).values_list("pk", flat=True)[:_MOST_AT_ONCE]:
        jobs.wake(cards.OPEN_PAGE, "payment_id", payment_id)
    silent = recent.filter(status=CardPayment.Status.OPEN, wished_at__lt=at - ASK_AFTER)
    for payment_id in silent.order_by("pk").values_list("pk", flat=True)[:_MOST_AT_ONCE]:
        jobs.wake("wallet.ask_card", "payment_id", payment_id)


@app.task(name="wallet.ask_card")
def ask_card(payment_id: int) -> None:
    """How does a payment stand whose callback did not come?"""
    payment = CardPayment.objects.filter(pk=payment_id, status=CardPayment.Status.OPEN).first()
    if payment is None or not plugs.has_gateway():
        return
    try:
        answer = plugs.gateway().ask(payment.external_id)
    except (Unreachable, Rejected):
        return  # the sweep asks again until it gives up
    cards.take_card_answer(answer=answer, actor=CARDS, at=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="wallet.watch_balances")
def watch_balances(timestamp: int) -> None:
    """Tell sellers who asked for it that their free money is low, and top up from cards they had kept (L21)."""
    watched = MoneyWatch.objects.filter(alert_below_minor__isnull=False).values("seller_id")
    for seller in Seller.objects.filter(pk__in=watched).order_by("pk"):
        watch_balance(seller=seller, actor=WATCH, at=clock.now())
    filled = MoneyWatch.objects.filter(fill_below_minor__isnull=False).values("seller_id")
    for seller in Seller.objects.filter(pk__in=filled).order_by("pk"):
        fill_wallet(seller=seller, actor=WATCH, at=clock.now())
