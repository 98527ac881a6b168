"""Money of every kind, and each way it comes in."""

from __future__ import annotations

from tests.money_world import Came, ScriptedGateway, advertising, announced, bank_told, gift_codes, with_gateway
from tests.world import NOON, WORLD, acting_for
from toiya.core.money import Money
from toiya.domain.billing.actions.refunding import refund_fee
from toiya.domain.channels.actions.settlement_files import take_settlement
from toiya.domain.channels.models import Connection
from toiya.domain.channels.settlement_file import read_settlement
from toiya.domain.members.models import Seller
from toiya.domain.wallet.actions import ledger
from toiya.domain.wallet.actions.bank_headings import say_bank_heading
from toiya.domain.wallet.actions.cards import take_card_answer, take_card_page, want_card_payment
from toiya.domain.wallet.actions.gifts import redeem_gift_code
from toiya.domain.wallet.actions.reversals import Wrong, ask_reversal, carry_out_reversal
from toiya.domain.wallet.actions.sales import SaleTerms, choose_settling, set_aside_fees, settle_sale_of
from toiya.domain.wallet.actions.watching import set_alert
from toiya.domain.wallet.port import CardAnswer, CardOutcome, CardPage
from toiya.domain.wallet.rules import Use
from toiya.domain.wallet.sql import Purse


def money_moved(seller: Seller) -> None:
    """Fees taken, given back and set aside; money of every kind; each way it comes in."""
    purse = Purse(seller.pk, "JPY", WORLD.name, NOON)
    ledger.reserve(purse, {"STORAGE-1": 300, "STORAGE-2": 200, "STORAGE-3": 100})
    ledger.capture(purse, ["STORAGE-1"])
    ledger.void(purse, ["STORAGE-2"])
    refund_fee(seller=seller, amount=Money(50, "JPY"), reference="STORAGE-1", actor=WORLD, at=NOON)
    every_kind_of_money(seller, purse)
    every_way_in(seller)


def every_kind_of_money(seller: Seller, purse: Purse) -> None:
    """A leaflet paid out of two purses, damage made good, and sales: one paid, one to come."""
    ledger.grant(purse, 30, "AD-1")
    ledger.cover(purse, {"STORAGE-1": 5}, Use.PROMOTION)
    ledger.charge(purse, {"LEAFLET-1": 50}, Use.PROMOTION)
    ledger.compensate(purse, 40, "CLAIM-1")
    choose_settling(seller=seller, shop_code="CON-SALES", is_on=True, actor=WORLD, at=NOON)
    paid = SaleTerms(f"SALE-1-{seller.pk}", "CON-SALES", Money(500, "JPY"))
    to_come = SaleTerms(f"SALE-2-{seller.pk}", "CON-SALES", Money(300, "JPY"))
    set_aside_fees(terms=paid, amounts={"SHIPPING-4": 90}, purse=purse)
    set_aside_fees(terms=to_come, amounts={"SHIPPING-1": 60, "SHIPPING-2": 70, "SHIPPING-3": 80}, purse=purse)
    ledger.capture(purse, ["SHIPPING-1"])
    ledger.void(purse, ["SHIPPING-3"])
    settle_sale_of(seller=seller, terms=paid, paid=Money(450, "JPY"), actor=WORLD, at=NOON)


def every_way_in(seller: Seller) -> None:
    """A deposit that was booked and one that waits, a gift code of each kind, a card, and a letter when it runs low."""
    say_bank_heading(heading=f"Eingang {seller.pk}", column="amount", actor=WORLD, at=NOON)
    transfer = announced(seller, 700)
    bank_told(Came(700, transfer.reference), Came(11, f"ﾀﾞﾚｶ {seller.pk}"))
    for secret in (gift_codes(300)[0][1], advertising(20)):
        redeem_gift_code(seller=seller, typed=secret, actor=WORLD, at=NOON)
    gift_codes(100)
    with with_gateway(ScriptedGateway()):
        payment = want_card_payment(seller=seller, amount=Money(900, "JPY"), token="card", actor=WORLD, at=NOON)
    page = CardPage(f"pay-{payment.pk}", "https://cards.example/pay")
    take_card_page(payment_id=payment.pk, page=page, actor=WORLD, at=NOON)
    answer = CardAnswer(page.external_id, CardOutcome.PAID, 900, "JPY")
    take_card_answer(answer=answer, actor=WORLD, at=NOON)
    set_alert(seller=seller, below_minor=5000, actor=WORLD, at=NOON)
    gone_back(seller)


def gone_back(seller: Seller) -> None:
    """A deposit that the bank recalled, and a settlement that is only read."""
    transfer = announced(seller, 40)
    (deposit,) = bank_told(Came(40, transfer.reference))
    wish = ask_reversal(
        cause=deposit.code, wrong=Wrong("recalled", "Letter of the bank"), actor=acting_for(seller), at=NOON
    )
    carry_out_reversal(code=wish.code, actor=WORLD, at=NOON)
    shop = Connection.objects.filter(seller=seller).order_by("pk")[0]
    choose_settling(seller=seller, shop_code=shop.code, is_on=True, actor=WORLD, at=NOON)
    content = f"order number,amount\n{seller.pk}0001,5\n".encode()
    read = read_settlement(content, seller.currency)
    take_settlement(connection_code=shop.code, content=content, file_name="paid.csv", read=read, actor=WORLD, at=NOON)
    choose_settling(seller=seller, shop_code=shop.code, is_on=False, actor=WORLD, at=NOON)
