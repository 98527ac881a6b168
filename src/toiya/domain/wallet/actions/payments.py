"""Money in, as a whole action."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.events import WalletToppedUp
from toiya.domain.wallet.models import TopUp
from toiya.domain.wallet.queries import ended_sales
from toiya.domain.wallet.sql import Purse


class ToppedUpBefore(Refusal):
    """The same form came once more: its button was pressed twice, or its page was sent again."""

    code = "topped_up_before"
    message = gettext_lazy("This top-up was booked already; nothing was booked twice.")


@transaction.atomic
def top_up_wallet(
    *, seller: Seller, amount: Money, reference: str, actor: Actor, at: datetime, token: str = ""
) -> None:
    """
    Book money that a seller paid in.

    :param token: what makes two calls the same top-up, such as a form's own; empty: each call is one
    :raises ToppedUpBefore: a top-up of this token was booked
    :raises AmountNotPositive: zero or less
    """
    topped_up = book_top_up(seller=seller, amount=amount, reference=reference, token=token, actor=actor, at=at)
    if token:  # nothing but this row names it: by its code it can be taken back
        booked = TopUp.objects.get(seller=seller, token=token)
        booked.code, booked.reference = code_for("CSH", booked.pk), reference[:40]
        booked.save(update_fields=["code", "reference"])

    events.record(topped_up, actor=actor, at=at)


def book_top_up(
    *, seller: Seller, amount: Money, reference: str, token: str, actor: Actor, at: datetime
) -> WalletToppedUp:
    """
    A step of a higher action, which records what this returns: money came in, and pays what waited for lost sales.

    :param token: what makes two calls the same top-up; empty: each call is one
    :raises ToppedUpBefore: a top-up of this token was booked
    :raises AmountNotPositive: zero or less
    """
    if token:
        asked = {"amount_minor": amount.minor, "currency": amount.currency, "at": at}
        # A second one waits here for the first to commit, and then finds it.
        if not TopUp.objects.get_or_create(seller=seller, token=token, defaults=asked)[1]:
            raise ToppedUpBefore()
    purse = Purse(seller.pk, amount.currency, actor.name, at)
    ledger.top_up(purse, amount.minor, reference)
    if due := ended_sales(seller.pk):
        ledger.repay(purse, due)
    return WalletToppedUp(
        seller_id=seller.pk,
        subject=seller.code,
        currency=amount.currency,
        amount_minor=amount.minor,
        reference=reference,
    )
