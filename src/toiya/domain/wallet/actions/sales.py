"""Sales whose money comes through us: fees wait for it, and are taken from it when it comes (A167, A169)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger, ledger_back
from toiya.domain.wallet.events import SaleGivenUp, SaleSettled, SaleUnsettled, ShopSettlingChosen
from toiya.domain.wallet.models import Booked, Posting, Sale, SettlingShop
from toiya.domain.wallet.queries import ended_sales, fees_waiting_for
from toiya.domain.wallet.reversal_rules import booking_name
from toiya.domain.wallet.sql import Purse


@dataclass(frozen=True, slots=True)
class SaleTerms:
    """What the wallet must know of an order: its shop and what its buyer paid."""

    order_code: str
    shop_code: str
    total: Money


@transaction.atomic
def choose_settling(*, seller: Seller, shop_code: str, is_on: bool, actor: Actor, at: datetime) -> None:
    """
    Whether the sales site pays us for this shop's orders, so that their fees come out of that (A167).

    Fees that were set aside by then stay as they are. Choosing the same again changes nothing.
    """
    Seller.objects.filter(pk=seller.pk).lock().get()
    rows = SettlingShop.objects.filter(seller=seller, shop_code=shop_code)
    if rows.exists() == is_on:
        return

    if is_on:
        SettlingShop.objects.create(seller=seller, shop_code=shop_code, since=at)
    else:
        rows.delete()

    events.record(ShopSettlingChosen(seller_id=seller.pk, subject=shop_code, is_on=is_on), actor=actor, at=at)


def set_aside_fees(*, terms: SaleTerms, amounts: Mapping[str, int], purse: Purse) -> dict[str, int]:
    """
    A step of a higher action: set fees of an order aside, out of its sale where the site pays us and the sale covers
    them, else out of free money; returns reservation ids by cause.

    :raises WalletTooLow: free money is needed and does not cover them
    :raises AmountNotPositive:
    """
    is_settling = terms.shop_code and terms.total.currency == purse.currency and _settles(purse.seller_id, terms)
    if not is_settling:
        return ledger.reserve(purse, amounts)
    ledger.lock(purse)
    sale = _sale(purse, terms)
    waiting = fees_waiting_for(purse.seller_id, terms.order_code)
    if sale.status != Sale.Status.AWAITED or waiting + sum(amounts.values()) > sale.expected_minor:
        return ledger.reserve(purse, amounts)
    return ledger.defer(purse, amounts, terms.order_code)


def _settles(seller_id: int, terms: SaleTerms) -> bool:
    return SettlingShop.objects.filter(seller_id=seller_id, shop_code=terms.shop_code).exists()


def _sale(purse: Purse, terms: SaleTerms) -> Sale:
    facts = {
        "shop_code": terms.shop_code,
        "currency": terms.total.currency,
        "expected_minor": terms.total.minor,
        "since": purse.at,
    }
    sale: Sale = Sale.objects.get_or_create(seller_id=purse.seller_id, order_code=terms.order_code, defaults=facts)[0]
    return sale


@transaction.atomic
def settle_sale_of(*, seller: Seller, terms: SaleTerms, paid: Money, actor: Actor, at: datetime) -> None:
    """
    The sales site paid for an order: the money is free, less the fees that waited for it.

    :param terms: the order; for a sale no fee waited for, its row is made from them
    :raises BookedBefore: this sale was settled; nothing is booked twice
    :raises AmountNotPositive:
    """
    settled = book_sale(seller=seller, terms=terms, paid=paid, actor=actor, at=at)

    events.record(settled, actor=actor, at=at)


def book_sale(*, seller: Seller, terms: SaleTerms, paid: Money, actor: Actor, at: datetime) -> SaleSettled:
    """A step of a higher action, which records what this returns: see `settle_sale_of`."""
    purse = Purse(seller.pk, paid.currency, actor.name, at)
    ledger.check_amount(paid)
    ledger.lock(purse)
    sale = _sale(purse, terms)
    if sale.status == Sale.Status.SETTLED:
        raise ledger.BookedBefore(sources=terms.order_code)
    ledger.settle_sale(purse, paid.minor, booking_name(terms.order_code, _times_undone(seller.pk, terms.order_code)))
    sale.move_to(Sale.Status.SETTLED)
    sale.settled_minor, sale.ended_at = paid.minor, at
    sale.save(update_fields=["status", "settled_minor", "ended_at"])
    fees = ledger.repay(purse, [terms.order_code])
    if due := ended_sales(seller.pk):
        ledger.repay(purse, due)
    return SaleSettled(
        seller_id=seller.pk,
        subject=terms.order_code,
        currency=paid.currency,
        amount_minor=paid.minor,
        fees_minor=sum(fees.values()),
    )


def unbook_sale(*, seller: Seller, order_code: str, actor: Actor, at: datetime) -> SaleUnsettled:
    """
    A step of a higher action, which records what this returns: a settlement was wrong, the sale is to come again and
    the fees paid out of it wait for it once more.

    :raises MoneySpent: the money is not there any more
    :raises NoSuchStep: it is not settled
    """
    purse = Purse(seller.pk, seller.currency, actor.name, at)
    ledger.lock(purse)
    sale: Sale = Sale.objects.filter(seller=seller, order_code=order_code).lock().get()
    paid = sale.settled_minor
    sale.move_to(Sale.Status.AWAITED)
    name = booking_name(order_code, _times_undone(seller.pk, order_code))
    ledger_back.unsettle(purse, paid, order_code, name)
    sale.settled_minor, sale.ended_at = 0, None
    sale.save(update_fields=["status", "settled_minor", "ended_at"])
    return SaleUnsettled(seller_id=seller.pk, subject=order_code, currency=sale.currency, amount_minor=paid)


def _times_undone(seller_id: int, order_code: str) -> int:
    own = Q(source=order_code) | Q(source__startswith=f"{order_code} ")
    return Booked.objects.filter(own, seller_id=seller_id, kind=Posting.Kind.UNSETTLE).count()


@transaction.atomic
def give_up_sale(*, seller: Seller, order_code: str, actor: Actor, at: datetime) -> None:
    """
    The site will not pay for an order, such as one that was cancelled on the way: its fees are due from free money
    now, and what that does not cover is paid by the next money that comes.

    :raises NotFound: :raises NoSuchStep: it was paid or given up
    """
    purse = Purse(seller.pk, seller.currency, actor.name, at)
    ledger.lock(purse)
    sale: Sale | None = Sale.objects.filter(seller=seller, order_code=order_code).lock().first()
    if sale is None:
        raise NotFound(kind=gettext_lazy("sale"), code=order_code[:20])
    owed = fees_waiting_for(seller.pk, order_code)

    sale.move_to(Sale.Status.LOST)
    sale.ended_at = at
    sale.save(update_fields=["status", "ended_at"])
    ledger.repay(purse, [order_code])

    given_up = SaleGivenUp(seller_id=seller.pk, subject=order_code, currency=sale.currency, owed_minor=owed)
    events.record(given_up, actor=actor, at=at)
