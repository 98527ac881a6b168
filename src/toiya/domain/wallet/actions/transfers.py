"""Bank transfers as sellers announce them: the announcement books nothing, the bank's word does."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.ledger import check_amount
from toiya.domain.wallet.events import TransferAnnounced, TransferWithdrawn
from toiya.domain.wallet.models import AnnouncedTransfer
from toiya.domain.wallet.transfer_rules import folded_name, reference_for

MOST_AWAITED = 20


class SenderNameMissing(Refusal):
    """Without the name the bank writes, a transfer that lost its reference could not be found."""

    code = "sender_name_missing"
    message = gettext_lazy("The name on the bank account is missing. Enter it as the bank writes it, in katakana.")


class TooManyAnnounced(Refusal):
    """So many open announcements are a mistake, or somebody playing."""

    code = "too_many_announced"
    message = gettext_lazy("%(most)s transfers are on their way already. Withdraw those that will not come.")


@transaction.atomic
def announce_transfer(
    *, seller: Seller, amount: Money, sender_name: str, token: str, actor: Actor, at: datetime
) -> AnnouncedTransfer:
    """
    A seller will send money by bank, under the reference this gives. Nothing is booked until the bank tells of it.

    :param token: the form's own: sent twice, the first announcement is returned again
    :raises AmountNotPositive: zero or less
    :raises SenderNameMissing: no letters in the name
    :raises TooManyAnnounced: too many are on their way
    """
    Seller.objects.filter(pk=seller.pk).lock().get()

    known: AnnouncedTransfer | None = AnnouncedTransfer.objects.filter(seller=seller, token=token).first()
    if known:
        return known
    check_amount(amount)
    _check(seller, sender_name)

    (number,) = next_ids("wallet_announcedtransfer_id_seq", 1)
    made: AnnouncedTransfer = AnnouncedTransfer.objects.create(
        pk=number,
        seller=seller,
        reference=reference_for(number),
        token=token,
        currency=amount.currency,
        amount_minor=amount.minor,
        sender_name=sender_name.strip(),
        announced_at=at,
    )

    announced = TransferAnnounced(
        seller_id=seller.pk,
        subject=seller.code,
        currency=amount.currency,
        amount_minor=amount.minor,
        reference=made.reference,
    )
    events.record(announced, actor=actor, at=at)
    return made


def _check(seller: Seller, sender_name: str) -> None:
    if not folded_name(sender_name):
        raise SenderNameMissing()
    awaited = AnnouncedTransfer.objects.filter(seller=seller, status=AnnouncedTransfer.Status.AWAITED)
    if awaited.count() >= MOST_AWAITED:
        raise TooManyAnnounced(most=MOST_AWAITED)


@transaction.atomic
def withdraw_transfer(*, reference: str, actor: Actor, at: datetime) -> None:
    """The money will not come. :raises NotFound: :raises NoSuchStep: it is here, or was withdrawn"""
    rows = AnnouncedTransfer.objects.visible_to(actor).filter(reference=reference)
    found: AnnouncedTransfer | None = rows.lock().select_related("seller").first()
    if found is None:
        raise NotFound(kind=gettext_lazy("transfer"), code=reference[:20])

    found.move_to(AnnouncedTransfer.Status.WITHDRAWN)
    found.save(update_fields=["status"])

    withdrawn = TransferWithdrawn(seller_id=found.seller_id, subject=found.seller.code, reference=found.reference)
    events.record(withdrawn, actor=actor, at=at)
