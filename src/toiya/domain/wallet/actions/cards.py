"""Top-ups by card in three steps: the wish is stored, a job tells the gateway, its answer is stored."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, secrets
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet import plugs
from toiya.domain.wallet.actions.ledger import check_amount
from toiya.domain.wallet.actions.payments import book_top_up
from toiya.domain.wallet.events import CardPaymentFailed, CardPaymentWished
from toiya.domain.wallet.models import CardPayment, MoneyWatch
from toiya.domain.wallet.port import CardAnswer, CardOutcome, CardPage

Status = CardPayment.Status
OPEN_PAGE = "wallet.open_card_page"


class NoCardGateway(Refusal):
    """This installation has no card gateway."""

    code = "no_card_gateway"
    message = gettext_lazy("Cards are not taken here. Top up by bank transfer or with a gift code.")


class OtherAmountPaid(Refusal):
    """The gateway tells of another amount than was asked: nothing is booked, a person must look."""

    code = "other_amount_paid"
    message = gettext_lazy("The gateway tells of another amount for %(payment)s. Compare both at the gateway.")


@transaction.atomic
def want_card_payment(
    *, seller: Seller, amount: Money, token: str, actor: Actor, at: datetime, keeps_card: bool = False
) -> CardPayment:
    """
    Store the wish to pay by card; a job asks the gateway for its page.

    :param token: the form's own: sent twice, the first wish is returned again
    :param keeps_card: the payment service keeps the card for automatic top-ups
    :raises NoCardGateway: :raises AmountNotPositive:
    """
    Seller.objects.filter(pk=seller.pk).lock().get()

    known: CardPayment | None = CardPayment.objects.filter(seller=seller, token=token).first()
    if known:
        return known
    if not plugs.has_gateway():
        raise NoCardGateway()
    check_amount(amount)

    payment = write_payment(seller, amount, at, token=token, keeps_card=keeps_card)

    events.record(wished(payment), actor=actor, at=at)
    return payment


def write_payment(seller: Seller, amount: Money, at: datetime, **fields: str | bool) -> CardPayment:
    """A step of a higher action, which records `wished` of it."""
    (number,) = next_ids("wallet_cardpayment_id_seq", 1)
    payment: CardPayment = CardPayment.objects.create(
        pk=number,
        seller=seller,
        code=code_for("CRD", number),
        currency=amount.currency,
        amount_minor=amount.minor,
        wished_at=at,
        **fields,
    )
    return payment


def wished(payment: CardPayment) -> CardPaymentWished:
    """What to record of a new payment."""
    return CardPaymentWished(
        seller_id=payment.seller_id,
        subject=payment.code,
        payment_id=payment.pk,
        currency=payment.currency,
        amount_minor=payment.amount_minor,
    )


@transaction.atomic
def take_card_page(*, payment_id: int, page: CardPage, actor: Actor, at: datetime) -> None:
    """The gateway made its page; asked twice it gives the same. A payment that is past this is left alone."""
    payment: CardPayment = CardPayment.objects.filter(pk=payment_id).lock().get()
    if payment.status != Status.WISHED:
        return

    payment.move_to(Status.OPEN)
    payment.external_id, payment.page_url = page.external_id, page.url
    payment.save(update_fields=["status", "external_id", "page_url"])


@transaction.atomic
def take_kept_answer(*, payment_id: int, answer: CardAnswer, actor: Actor, at: datetime) -> None:
    """The gateway answered a payment from a kept card. One that is past this is left alone."""
    page = CardPage(answer.external_id, "")
    take_card_page(payment_id=payment_id, page=page, actor=actor, at=at)
    take_card_answer(answer=answer, actor=actor, at=at)


@transaction.atomic
def fail_card_payment(*, payment_id: int, problem: str, actor: Actor, at: datetime) -> None:
    """The gateway declined to make a page. A payment that is past this is left alone."""
    payment: CardPayment = CardPayment.objects.filter(pk=payment_id).lock().get()
    if payment.status != Status.WISHED:
        return
    _fail(payment, problem, actor, at)


@transaction.atomic
def take_card_answer(*, answer: CardAnswer, actor: Actor, at: datetime) -> CardPayment:
    """
    What the gateway says of a payment, by callback or when asked: paid money is booked once.

    The same answer twice, one that comes late or after a chargeback, and a failure after the money came change nothing.
    A chargeback of booked money is `reversals.take_gateway_word`'s; of money that was not booked, no money came.

    :raises NotFound: no payment of that number
    :raises OtherAmountPaid: another amount than was asked
    """
    rows = CardPayment.objects.exclude(external_id="").filter(external_id=answer.external_id)
    payment: CardPayment | None = rows.lock().select_related("seller").first()
    if payment is None:
        raise NotFound(kind=gettext_lazy("payment"), code=answer.external_id[:20])
    if answer.outcome == CardOutcome.OPEN or payment.status in (Status.PAID, Status.TAKEN_BACK):
        return payment
    if answer.outcome in (CardOutcome.FAILED, CardOutcome.CHARGED_BACK):
        if payment.status != Status.FAILED:
            _fail(payment, answer.problem or answer.outcome.value, actor, at)
        return payment
    if (answer.amount_minor, answer.currency) != (payment.amount_minor, payment.currency):
        raise OtherAmountPaid(payment=payment.code)

    if payment.keeps_card and answer.card:
        _keep_card(payment, answer.card, at)
    payment.move_to(Status.PAID)
    payment.ended_at, payment.problem = at, ""
    payment.save(update_fields=["status", "ended_at", "problem"])
    amount = Money(payment.amount_minor, payment.currency)
    topped_up = book_top_up(
        seller=payment.seller, amount=amount, reference=payment.code, token=payment.code, actor=actor, at=at
    )

    events.record(topped_up, actor=actor, at=at)
    return payment


def _keep_card(payment: CardPayment, card: str, at: datetime) -> None:
    """Sealed, and bound to the seller; a newer card takes the place of the one before."""
    sealed = secrets.seal(card, bound_to=card_of(payment.seller_id))
    kept = {"sealed_card": sealed, "changed_at": at}
    MoneyWatch.objects.update_or_create(seller_id=payment.seller_id, defaults=kept)


def card_of(seller_id: int) -> str:
    """What the word for a kept card is bound to."""
    return f"wallet_moneywatch {seller_id}"


def _fail(payment: CardPayment, problem: str, actor: Actor, at: datetime) -> None:
    payment.move_to(Status.FAILED)
    payment.ended_at, payment.problem = at, problem[:60]
    payment.save(update_fields=["status", "ended_at", "problem"])
    failed = CardPaymentFailed(seller_id=payment.seller_id, subject=payment.code, problem=payment.problem)
    events.record(failed, actor=actor, at=at)
