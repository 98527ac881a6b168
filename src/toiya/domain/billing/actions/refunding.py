"""A fee is given back before its bill is closed; after that a credit note does it, which says so on paper."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.money import Money
from toiya.domain.billing.models import StatementLine
from toiya.domain.billing.rules import lines
from toiya.domain.members.models import Seller
from toiya.domain.pricing.models import Charge
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.events import WalletRefunded
from toiya.domain.wallet.models import Entry
from toiya.domain.wallet.sql import Purse


class FeeIsBilled(Refusal):
    """The fee stands on a closed bill."""

    code = "fee_is_billed"
    message = gettext_lazy(
        "%(reference)s stands on the bill %(bill)s, which is closed. Give it back by a credit note against its invoice."
    )


class RefundTooHigh(Refusal):
    """More would go back than the fee was, less what went back before."""

    code = "refund_too_high"
    message = gettext_lazy(
        "%(left)s of the fees for %(reference)s are left and %(wanted)s would go back. Enter at most what is left."
    )


@transaction.atomic
def refund_fee(*, seller: Seller, amount: Money, reference: str, actor: Actor, at: datetime) -> None:
    """
    Give a fee back into the free balance; it stands on the bill of the fee.

    :param reference: the cause of the fee, such as a parcel's code
    :raises AmountNotPositive: zero or less :raises FeeIsBilled: :raises RefundTooHigh: more than was charged for it
    """
    Seller.objects.filter(pk=seller.pk).lock().get()  # whoever closes a bill has this lock too
    purse = Purse(seller.pk, amount.currency, actor.name, at)
    fees = ledger.lock(purse)["fees"]
    ledger.check_amount(amount)
    _check(seller, amount, reference, fees.id)

    ledger.refund(purse, amount.minor, reference)

    refunded = WalletRefunded(
        seller_id=seller.pk,
        subject=seller.code,
        currency=amount.currency,
        amount_minor=amount.minor,
        reference=reference,
    )
    events.record(refunded, actor=actor, at=at)


def _check(seller: Seller, amount: Money, reference: str, fees_id: int) -> None:
    """What was charged for a cause bounds what goes back for it; money without a charge has no bound of its own."""
    billed = StatementLine.objects.filter(seller=seller, source=reference, origin__in=(lines.TAKEN, lines.DUE))
    if (line := billed.select_related("statement").first()) is not None:
        raise FeeIsBilled(reference=reference[:40], bill=line.statement.code)
    charges = Charge.objects.priced().filter(seller_id=seller.pk, source=reference, currency=amount.currency)
    charged = charges.aggregate(total=Sum("amount_minor"))["total"]
    if charged is None:
        return
    # Nothing else than a refund takes money from the fees.
    back = Entry.objects.filter(account_id=fees_id, source=reference, amount_minor__lt=0)
    left = charged + (back.aggregate(total=Sum("amount_minor"))["total"] or 0)
    if amount.minor > left:
        raise RefundTooHigh(reference=reference[:40], left=Money(left, amount.currency), wanted=amount)
