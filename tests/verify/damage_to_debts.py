"""Damage to agreements, debts and what stands still because of them."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge, one
from tests.verify.whole_house import House
from toiya.domain.contracts.models import Agreement
from toiya.domain.dues.models import Dispute, Payment, PaymentRequest, ReturnPlan
from toiya.domain.members.models import Seller, Standstill
from toiya.domain.warehouses.models import CentreUse


def _request(house: House, status: str) -> PaymentRequest:
    return PaymentRequest.objects.filter(seller=house.one.seller, status=status).order_by("pk")[0]


def _debtor(house: House) -> Seller:
    return Seller.objects.get(name=f"Unpaid {house.one.seller.name}")


def _agreement(house: House) -> Agreement:
    return Agreement.objects.filter(seller=house.one.seller).order_by("pk")[0]  # type: ignore[no-any-return]


@breaks("agreements_are_the_text_that_was_signed")
def a_sentence_of_a_signed_text_changed(house: House) -> str:
    agreement = _agreement(house)
    forge("contracts_agreement", "UPDATE contracts_agreement SET text = text || '!' WHERE id = %s", agreement.pk)
    return agreement.code


@breaks("agreements_keep_their_numbers")
def an_agreement_with_the_numbers_of_another_version(house: House) -> str:
    agreement = _agreement(house)
    forge("contracts_agreement", "UPDATE contracts_agreement SET version = 9 WHERE id = %s", agreement.pk)
    return agreement.code


@breaks("centres_are_used_by_agreement")
def a_centre_used_without_a_signature(house: House) -> str:
    use = CentreUse.objects.filter(seller=house.one.seller).order_by("pk")[0]
    execute("UPDATE warehouses_centreuse SET seller_id = %s WHERE id = %s", _debtor(house).pk, use.pk)
    return _debtor(house).code


@breaks("codes_of_contracts_agreement")
def an_agreement_with_another_code(house: House) -> str:
    agreement = _agreement(house)
    forge("contracts_agreement", "UPDATE contracts_agreement SET code = 'AGR-222222-2' WHERE id = %s", agreement.pk)
    return "AGR-222222-2"


@breaks("payment_requests_add_up")
def a_line_of_a_request_changed(house: House) -> str:
    request = _request(house, "part_paid")
    line = request.lines.get(position=1).pk
    forge("dues_requestline", "UPDATE dues_requestline SET amount_minor = amount_minor + 1 WHERE id = %s", line)
    return request.code


@breaks("payment_requests_stand_as_they_owe")
def a_request_that_owes_and_says_it_is_paid(house: House) -> str:
    request = _request(house, "part_paid")
    execute("UPDATE dues_paymentrequest SET status = 'paid', completed_at = now() WHERE id = %s", request.pk)
    return request.code


@breaks("payments_were_taken", "payment_requests_add_up")
def a_payment_that_took_another_amount(house: House) -> str:
    payment = Payment.objects.filter(seller=house.one.seller).order_by("pk")[0]
    forge("dues_payment", "UPDATE dues_payment SET amount_minor = amount_minor + 1 WHERE id = %s", payment.pk)
    return payment.code


@breaks("credits_were_given_back")
def a_refund_of_a_credit_for_another_cause(house: House) -> str:
    dispute = Dispute.objects.get(seller=house.one.seller, status="accepted")
    forge("wallet_entry", "UPDATE wallet_entry SET source = 'DSP-GONE' WHERE source = %s", dispute.code)
    return dispute.line.request.code


@breaks("sellers_stand_still_for_what_they_owe")
def a_seller_stopped_less_than_it_owes(house: House) -> str:
    debtor = _debtor(house)
    execute("UPDATE members_standstill SET stage = 'dispatch' WHERE seller_id = %s", debtor.pk)
    execute("UPDATE dues_returnplan SET status = 'dropped' WHERE seller_id = %s", debtor.pk)
    return debtor.code


@breaks("holds_for_fees_end_with_the_debt")
def an_order_held_for_fees_of_nobody(house: House) -> str:
    order = house.one.orders["waiting"]
    execute(
        "INSERT INTO orders_hold (seller_id, order_id, code, details, placed_at) "
        "VALUES (%s, %s, 'fees_unpaid', '{}', now())",
        order.seller_id,
        order.pk,
    )
    return order.code


@breaks("orders_of_sellers_that_stand_still_are_held")
def an_order_let_go_although_its_seller_stands_still(house: House) -> str:
    debtor = _debtor(house)
    execute("UPDATE orders_hold SET lifted_at = now() WHERE seller_id = %s", debtor.pk)
    return str(one("SELECT code FROM orders_order WHERE seller_id = %s", debtor.pk))


@breaks("steps_were_announced")
def a_suspension_that_nobody_announced(house: House) -> str:
    request = PaymentRequest.objects.get(seller=_debtor(house))
    statement = "UPDATE dues_dunningstep SET taken_on = '2027-06-01' WHERE request_id = %s AND step = 'reminder'"
    forge("dues_dunningstep", statement, request.pk)
    return request.code


@breaks("returns_wait_for_stopped_sellers")
def a_return_listed_for_a_seller_that_goes_on(house: House) -> str:
    plan = ReturnPlan.objects.get(seller=_debtor(house))
    request = _request(house, "part_paid")
    execute(
        "UPDATE dues_returnplanline SET seller_id = %s, "
        "sku_id = (SELECT min(id) FROM catalog_sku WHERE seller_id = %s) WHERE plan_id = %s",
        request.seller_id,
        request.seller_id,
        plan.pk,
    )
    execute(
        "UPDATE dues_returnplan SET seller_id = %s, request_id = %s WHERE id = %s",
        request.seller_id,
        request.pk,
        plan.pk,
    )
    assert Standstill.objects.filter(seller=_debtor(house)).exists()
    return plan.code


@breaks("codes_of_dues_paymentrequest")
def a_request_with_another_code(house: House) -> str:
    request = _request(house, "part_paid")
    execute("UPDATE dues_paymentrequest SET code = 'PAY-222222-2' WHERE id = %s", request.pk)
    return "PAY-222222-2"


@breaks("codes_of_dues_payment", "payments_were_taken")
def a_payment_with_another_code(house: House) -> str:
    payment = Payment.objects.filter(seller=house.one.seller).order_by("pk")[0]
    forge("dues_payment", "UPDATE dues_payment SET code = 'PMT-222222-2' WHERE id = %s", payment.pk)
    return "PMT-222222-2"


@breaks("codes_of_dues_dispute")
def a_dispute_with_another_code(house: House) -> str:
    dispute = Dispute.objects.get(seller=house.one.seller, status="open")
    execute("UPDATE dues_dispute SET code = 'DSP-222222-2' WHERE id = %s", dispute.pk)
    return "DSP-222222-2"


@breaks("codes_of_dues_returnplan")
def a_return_plan_with_another_code(house: House) -> str:
    execute("UPDATE dues_returnplan SET code = 'RTP-222222-2' WHERE seller_id = %s", _debtor(house).pk)
    return "RTP-222222-2"
