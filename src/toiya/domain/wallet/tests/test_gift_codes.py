"""Gift codes: money for whoever has the secret, once; the secret is kept nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tests.books import findings, refused
from tests.money_world import advertising, free, gift_codes
from tests.world import NOON, WORLD, a_seller, acting_for
from toiya.core.errors import NotFound
from toiya.core.money import Money
from toiya.core.states import NoSuchStep
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions.gifts import (
    Batch,
    GiftCodeOver,
    GiftCodesOff,
    GiftCodeUnknown,
    issue_gift_codes,
    redeem_gift_code,
    revoke_gift_code,
)
from toiya.domain.wallet.actions.ledger import AmountNotPositive
from toiya.domain.wallet.models import GiftCode
from toiya.domain.wallet.queries import balances_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def redeem(seller: Seller, secret: str, at=NOON) -> GiftCode:  # type: ignore[no-untyped-def]
    return redeem_gift_code(seller=seller, typed=secret, actor=acting_for(seller), at=at)


@pytest.mark.seed("A169", "A177", "A194")
def test_a_gift_code_tops_up_once(seller: Seller) -> None:
    ((code, secret),) = gift_codes(5000)
    gift = redeem(seller, f" {secret.lower().replace('-', ' ')} ")
    assert (gift.code, gift.status, gift.seller_id) == (code, "redeemed", seller.pk)
    assert free(seller) == 5000
    refusal = refused(GiftCodeOver, lambda: redeem(seller, secret))
    assert "it was redeemed" in str(refusal)
    refused(GiftCodeOver, lambda: redeem(a_seller("Kaede"), secret))
    assert findings() == []


@pytest.mark.seed("A172")
def test_advertising_credit_goes_into_a_purse_of_its_own(seller: Seller) -> None:
    redeem(seller, advertising(3000))
    balances = balances_of(seller.pk, "JPY")
    assert (balances.free, balances.advertising) == (0, 3000)
    assert findings() == []


def test_the_secret_stands_nowhere_in_the_database(seller: Seller) -> None:
    ((_code, secret),) = gift_codes(5000)
    plain = secret.replace("-", "")
    with connection.cursor() as cursor:
        for table in ("wallet_giftcode", "core_event"):
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE ANY(%s)", [[f"%{secret}%", f"%{plain}%"]]
            )
            assert cursor.fetchone() == (0,)


def test_unknown_revoked_and_expired_codes_fill_nothing(seller: Seller) -> None:
    ((code, secret), (_other, second)) = gift_codes(5000, codes=2, expires_at=NOON + timedelta(days=1))
    refused(GiftCodeUnknown, lambda: redeem(seller, "AAAA-BBBB-CCCC-DDDD"))
    refused(GiftCodeUnknown, lambda: redeem(a_seller("Blue", currency="USD"), secret))
    revoke_gift_code(code=code, actor=WORLD, at=NOON)
    assert "it was revoked" in str(refused(GiftCodeOver, lambda: redeem(seller, secret)))
    late = NOON + timedelta(days=1)
    assert "its last day has passed" in str(refused(GiftCodeOver, lambda: redeem(seller, second, late)))
    refused(NoSuchStep, lambda: revoke_gift_code(code=code, actor=WORLD, at=NOON))
    refused(NotFound, lambda: revoke_gift_code(code="GFT-NONE", actor=WORLD, at=NOON))


@pytest.mark.parametrize("codes", [0, 501])
def test_too_few_or_too_many_codes_are_refused(codes: int) -> None:
    batch = Batch(codes, Money(1000, "JPY"))
    refused(GiftCodesOff, lambda: issue_gift_codes(batch=batch, actor=WORLD, at=NOON))
    free_of_charge = Batch(1, Money(0, "JPY"))
    refused(AmountNotPositive, lambda: issue_gift_codes(batch=free_of_charge, actor=WORLD, at=NOON))
