"""Gift codes: issued by the office, shown once, redeemed once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import codes_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.core.events import Event
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet import gift_rules
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.payments import book_top_up
from toiya.domain.wallet.events import GiftCodeRedeemed, GiftCodeRevoked, GiftCodesIssued
from toiya.domain.wallet.models import GiftCode
from toiya.domain.wallet.sql import Purse

MOST_AT_ONCE = 500


class GiftCodesOff(Refusal):
    """None, or more than are issued at once."""

    code = "gift_codes_off"
    message = gettext_lazy("%(codes)s codes cannot be issued at once. Enter a number from 1 to %(most)s.")


class GiftCodeUnknown(Refusal):
    """No such code, or it is another currency's: the answer is the same, so that it tells a guesser nothing."""

    code = "gift_code_unknown"
    message = gettext_lazy("This gift code is not known. Compare it with your card, letter by letter.")


class GiftCodeOver(Refusal):
    """Redeemed, revoked or expired."""

    code = "gift_code_over"
    message = gettext_lazy("This gift code cannot be used any more: %(why)s. Ask whoever gave it to you.")


OVER = {
    "redeemed": gettext_lazy("it was redeemed"),
    "revoked": gettext_lazy("it was revoked"),
    "taken_back": gettext_lazy("it was redeemed"),
    "expired": gettext_lazy("its last day has passed"),
}


@dataclass(frozen=True, slots=True)
class Batch:
    """What to issue: so many codes of so much, for which purse, until when, and what for."""

    codes: int
    amount: Money
    money: GiftCode.Money = GiftCode.Money.PREPAID
    note: str = ""
    expires_at: datetime | None = None


@transaction.atomic
def issue_gift_codes(*, batch: Batch, actor: Actor, at: datetime) -> dict[str, str]:
    """
    Make gift codes; returns their secrets as printed, by code. Nobody can read the secrets afterwards.

    :raises GiftCodesOff: :raises AmountNotPositive:
    """
    if not 1 <= batch.codes <= MOST_AT_ONCE:
        raise GiftCodesOff(codes=batch.codes, most=MOST_AT_ONCE)
    ledger.check_amount(batch.amount)

    numbers = next_ids("wallet_giftcode_id_seq", batch.codes)
    letters = ["".join(secrets.choice(gift_rules.ALPHABET) for _ in range(gift_rules.LETTERS)) for _ in numbers]
    codes = codes_for("GFT", numbers)
    GiftCode.objects.bulk_create(
        GiftCode(
            pk=number,
            code=code,
            secret_sha256=gift_rules.hashed(secret),
            currency=batch.amount.currency,
            amount_minor=batch.amount.minor,
            money=batch.money,
            note=batch.note.strip()[:100],
            issued_by=actor.name[:100],
            issued_at=at,
            expires_at=batch.expires_at,
        )
        for number, code, secret in zip(numbers, codes, letters, strict=True)
    )

    issued = GiftCodesIssued(
        seller_id=None,
        subject=codes[0],
        codes=batch.codes,
        currency=batch.amount.currency,
        amount_minor=batch.amount.minor,
        money=batch.money.value,
    )
    events.record(issued, actor=actor, at=at)
    return {code: gift_rules.shown(secret) for code, secret in zip(codes, letters, strict=True)}


@transaction.atomic
def redeem_gift_code(*, seller: Seller, typed: str, actor: Actor, at: datetime) -> GiftCode:
    """
    Fill the seller's purse with a gift code's money. The caller counts the tries (`core.limits`).

    :raises GiftCodeUnknown: :raises GiftCodeOver:
    """
    secret = gift_rules.hashed(gift_rules.typed(typed))
    gift: GiftCode | None = GiftCode.objects.filter(secret_sha256=secret, currency=seller.currency).lock().first()
    if gift is None:
        raise GiftCodeUnknown()
    is_expired = gift.expires_at is not None and gift.expires_at <= at
    if gift.status != GiftCode.Status.ISSUED or is_expired:
        over = "expired" if gift.status == GiftCode.Status.ISSUED else gift.status
        raise GiftCodeOver(why=OVER[over])

    gift.move_to(GiftCode.Status.REDEEMED)
    gift.seller, gift.ended_at = seller, at
    gift.save(update_fields=["status", "seller", "ended_at"])
    told = _fill(seller, gift, actor, at)

    redeemed = GiftCodeRedeemed(
        seller_id=seller.pk,
        subject=gift.code,
        currency=gift.currency,
        amount_minor=gift.amount_minor,
        money=gift.money,
    )
    events.record_all([redeemed, *told], actor=actor, at=at)
    return gift


def _fill(seller: Seller, gift: GiftCode, actor: Actor, at: datetime) -> list[Event]:
    if gift.money == GiftCode.Money.ADVERTISING:
        ledger.grant(Purse(seller.pk, gift.currency, actor.name, at), gift.amount_minor, gift.code)
        return []
    amount = Money(gift.amount_minor, gift.currency)
    return [book_top_up(seller=seller, amount=amount, reference=gift.code, token=gift.code, actor=actor, at=at)]


@transaction.atomic
def revoke_gift_code(*, code: str, actor: Actor, at: datetime) -> None:
    """Nobody can redeem it any more. :raises NotFound: :raises NoSuchStep: it was redeemed or revoked"""
    gift: GiftCode | None = GiftCode.objects.filter(code=code).lock().first()
    if gift is None:
        raise NotFound(kind=gettext_lazy("gift code"), code=code[:20])

    gift.move_to(GiftCode.Status.REVOKED)
    gift.ended_at = at
    gift.save(update_fields=["status", "ended_at"])

    events.record(GiftCodeRevoked(seller_id=None, subject=gift.code), actor=actor, at=at)
