"""What a seller wishes to happen when its money runs low, and the watch over what is left (L21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.cards import wished, write_payment
from toiya.domain.wallet.actions.ledger import check_amount
from toiya.domain.wallet.events import AlertSet, CardForgotten, FillingSet, WalletLow
from toiya.domain.wallet.models import CardPayment, MoneyWatch
from toiya.domain.wallet.queries import balances_of

CAP_DAYS = timedelta(days=31)
REST = timedelta(days=1)  # after a card was declined
ASKED_FOR = timedelta(days=3)  # the gateway is asked for so long; one it never answered hinders no other then


class NoCardKept(Refusal):
    """Nothing can be taken by itself without a card."""

    code = "no_card_kept"
    message = gettext_lazy("The payment service keeps no card of yours. Pay once by card and tick that it keeps it.")


class CapTooLow(Refusal):
    """Not even one top-up fits into the cap."""

    code = "cap_too_low"
    message = gettext_lazy("One top-up is more than the most in 31 days. Raise the most, or lower the amount.")


@dataclass(frozen=True, slots=True)
class Filling:
    """Below which amount of free money how much is taken, and at most how much in any 31 days (minor units)."""

    below_minor: int
    amount_minor: int
    cap_minor: int


@transaction.atomic
def set_alert(*, seller: Seller, below_minor: int | None, actor: Actor, at: datetime) -> None:
    """
    Write a letter when free money falls below an amount of the seller's currency; None: no letter.

    :raises AmountNotPositive: an amount of zero or less
    """
    Seller.objects.filter(pk=seller.pk).lock().get()
    if below_minor is not None:
        check_amount(Money(below_minor, seller.currency))

    wished = {"alert_below_minor": below_minor, "alerted_at": None, "changed_at": at}
    MoneyWatch.objects.update_or_create(seller=seller, defaults=wished)

    set_to = AlertSet(
        seller_id=seller.pk, subject=seller.code, currency=seller.currency, alert_below_minor=below_minor or 0
    )
    events.record(set_to, actor=actor, at=at)


@transaction.atomic
def set_filling(*, seller: Seller, filling: Filling | None, actor: Actor, at: datetime) -> None:
    """
    Top up by itself from the kept card when free money falls below an amount; None: not any more.

    :raises AmountNotPositive: one of the amounts is zero or less
    :raises CapTooLow: one top-up is more than the cap allows
    :raises NoCardKept: the payment service keeps no card of the seller's
    """
    watch: MoneyWatch | None = MoneyWatch.objects.filter(seller=seller).lock().first()
    if filling is None and watch is None:
        return
    if watch is None or not watch.sealed_card:
        raise NoCardKept()
    if filling is not None:
        for amount in (filling.below_minor, filling.amount_minor):
            check_amount(Money(amount, seller.currency))
        if filling.cap_minor < filling.amount_minor:
            raise CapTooLow(
                amount=Money(filling.amount_minor, seller.currency), cap=Money(filling.cap_minor, seller.currency)
            )

    watch.fill_below_minor = filling.below_minor if filling else None
    watch.fill_minor = filling.amount_minor if filling else None
    watch.month_cap_minor = filling.cap_minor if filling else None
    watch.changed_at = at
    watch.save(update_fields=["fill_below_minor", "fill_minor", "month_cap_minor", "changed_at"])

    set_to = FillingSet(
        seller_id=seller.pk,
        subject=seller.code,
        currency=seller.currency,
        fill_below_minor=watch.fill_below_minor or 0,
        fill_minor=watch.fill_minor or 0,
        month_cap_minor=watch.month_cap_minor or 0,
    )
    events.record(set_to, actor=actor, at=at)


@transaction.atomic
def forget_card(*, seller: Seller, actor: Actor, at: datetime) -> None:
    """Keep the card no longer; nothing is taken from it from now on. Twice is once."""
    watch: MoneyWatch | None = MoneyWatch.objects.filter(seller=seller).exclude(sealed_card="").lock().first()
    if watch is None:
        return

    watch.sealed_card, watch.fill_below_minor, watch.fill_minor, watch.month_cap_minor = "", None, None, None
    watch.changed_at = at
    watch.save()

    events.record(CardForgotten(seller_id=seller.pk, subject=seller.code), actor=actor, at=at)


@transaction.atomic
def fill_wallet(*, seller: Seller, actor: Actor, at: datetime) -> CardPayment | None:
    """
    Wish a payment from the kept card when free money is below what the seller named.

    None is wished while another is under way, for a day after one failed, or past the cap of any 31 days: one that
    the gateway never answered counts in it all the same.
    """
    watch: MoneyWatch | None = MoneyWatch.objects.filter(seller=seller).lock().first()
    if watch is None or watch.fill_below_minor is None or watch.fill_minor is None:
        return None
    earlier = CardPayment.objects.filter(seller=seller, is_automatic=True, wished_at__gt=at - CAP_DAYS)
    failed = earlier.filter(status=CardPayment.Status.FAILED)
    taken = earlier.exclude(status=CardPayment.Status.FAILED).aggregate(total=Sum("amount_minor"))["total"] or 0
    is_low = balances_of(seller.pk, seller.currency).free < watch.fill_below_minor
    under_way = earlier.filter(status__in=[CardPayment.Status.WISHED, CardPayment.Status.OPEN])
    is_busy = under_way.filter(wished_at__gt=at - ASKED_FOR).exists()
    is_resting = failed.filter(wished_at__gt=at - REST).exists()
    if not is_low or is_busy or is_resting or taken + watch.fill_minor > (watch.month_cap_minor or 0):
        return None

    amount = Money(watch.fill_minor, seller.currency)
    payment = write_payment(seller, amount, at, token=f"auto {at.isoformat()}", is_automatic=True)

    events.record(wished(payment), actor=actor, at=at)
    return payment


@transaction.atomic
def watch_balance(*, seller: Seller, actor: Actor, at: datetime) -> None:
    """Tell once that free money is low; once more only after it was enough in between."""
    watch: MoneyWatch | None = MoneyWatch.objects.filter(seller=seller).lock().first()
    if watch is None or watch.alert_below_minor is None:
        return
    free = balances_of(seller.pk, seller.currency).free
    is_low = free < watch.alert_below_minor
    if is_low == (watch.alerted_at is not None):
        return

    watch.alerted_at = at if is_low else None
    watch.save(update_fields=["alerted_at"])

    if is_low:
        low = WalletLow(
            seller_id=seller.pk,
            subject=seller.code,
            currency=seller.currency,
            free_minor=free,
            alert_below_minor=watch.alert_below_minor,
        )
        events.record(low, actor=actor, at=at)
