"""Damage to claims and credits."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge
from tests.verify.whole_house import House
from toiya.domain.claims.models import Claim, DelayCredit


def _claim(house: House, status: str) -> Claim:
    return Claim.objects.filter(seller=house.one.seller, status=status).order_by("pk")[0]


@breaks("claims_are_worth_their_lines")
def a_claim_worth_more_than_its_lines(house: House) -> str:
    claim = _claim(house, "drafted")
    execute("UPDATE claims_claim SET value_minor = value_minor + 1 WHERE id = %s", claim.pk)
    return claim.code


@breaks("claims_follow_their_state")
def a_claim_that_nobody_declined(house: House) -> str:
    claim = _claim(house, "declined")
    execute("UPDATE claims_claim SET decided_by = '' WHERE id = %s", claim.pk)
    return claim.code


@breaks("claims_are_paid_once")
def a_payout_that_was_made_larger(house: House) -> str:
    claim = _claim(house, "paid")
    forge("claims_payout", "UPDATE claims_payout SET amount_minor = amount_minor + 1 WHERE claim_id = %s", claim.pk)
    return claim.code


@breaks("delays_are_credited_once")
def a_credit_that_was_made_larger(house: House) -> str:
    credit = DelayCredit.objects.get(seller=house.one.seller)
    forge(
        "claims_delaycredit",
        "UPDATE claims_delaycredit SET amount_minor = amount_minor + 1 WHERE order_id = %s",
        credit.order_id,
    )
    return credit.order.code


@breaks("credits_stay_within_their_cap")
def a_cap_that_was_made_smaller(house: House) -> str:
    credit = DelayCredit.objects.get(seller=house.one.seller)
    execute("UPDATE claims_creditrule SET month_cap_minor = 1 WHERE id = %s", credit.rule_id)
    return house.one.seller.code


@breaks("codes_of_claims_claim")
def a_claim_with_another_code(house: House) -> str:
    execute("UPDATE claims_claim SET code = 'CLM-222222-2' WHERE id = %s", _claim(house, "drafted").pk)
    return "CLM-222222-2"
