"""Topping up: what a seller types books nothing; the bank's word, a gift code or the card gateway's does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tests.money_world import Came, ScriptedGateway, announced, bank_told, free, gift_codes, with_gateway
from tests.world import NOON, a_seller, money_in
from toiya.core.errors import Rejected
from toiya.domain.members.models import Seller
from toiya.domain.wallet import jobs
from toiya.domain.wallet.models import AnnouncedTransfer, CardPayment, GiftCode, Posting
from toiya.domain.wallet.port import CardAnswer, CardOutcome

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def gateway() -> Iterator[ScriptedGateway]:
    gateway = ScriptedGateway()
    with with_gateway(gateway):
        yield gateway


def form(client: Client, **fields: str) -> dict[str, str]:
    page = client.get("/wallet/top-ups/")
    return {
        "token": page.context["transfer"].initial["token"],
        "amount": "20000",
        "sender_name": "カ）ハナタバ",
        **fields,
    }


@pytest.mark.seed("A177", "A194", "L37")
def test_a_seller_announces_a_transfer_and_gets_the_number_to_write(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    answer = client.post("/wallet/top-ups/", form(client), follow=True)
    transfer = AnnouncedTransfer.objects.get()
    assert answer.redirect_chain == [(f"/wallet/transfers/{transfer.reference}/", 302)]
    page = answer.content.decode()
    assert transfer.reference in page
    assert "Ask the warehouse for its bank account." in page
    assert not Posting.objects.exists()
    assert transfer.reference in client.get("/wallet/top-ups/").content.decode()

    bank_told(Came(20_000, f"{transfer.reference} ｶ)ﾊﾅﾀﾊﾞ"))
    assert free(seller) == 20_000
    assert "Arrived" in client.get(f"/wallet/transfers/{transfer.reference}/").content.decode()


def test_the_operators_account_stands_on_the_page(seller: Seller, sign_in: SignIn, settings: object) -> None:
    settings.BANK_ACCOUNT = "Toiya Bank 0005, branch 001, 1234567"  # type: ignore[attr-defined]
    transfer = announced(seller, 500)
    page = sign_in(seller).get(f"/wallet/transfers/{transfer.reference}/").content.decode()
    assert "Toiya Bank 0005, branch 001, 1234567" in page


@pytest.mark.parametrize(("typed", "minor"), [("20000", 20_000), ("２０，０００", 20_000), (" 1,234 ", 1234)])
def test_an_amount_is_understood_as_people_type_it(seller: Seller, sign_in: SignIn, typed: str, minor: int) -> None:
    client = sign_in(seller)
    client.post("/wallet/top-ups/", form(client, amount=typed))
    assert AnnouncedTransfer.objects.get().amount_minor == minor


@pytest.mark.parametrize("typed", ["", "0", "-5", "1.5", "many", "NaN", "1e30", "1e4", "1_000", "٣", "10000000000000"])
def test_an_amount_that_is_none_is_refused_with_an_example(seller: Seller, sign_in: SignIn, typed: str) -> None:
    client = sign_in(seller)
    answer = client.post("/wallet/top-ups/", form(client, amount=typed))
    assert answer.status_code == 422
    assert "such as 20000." in str(answer.context["form"].errors["amount"])
    assert f'value="{typed}"' in answer.content.decode() or not typed
    assert not AnnouncedTransfer.objects.exists()


def test_pressing_twice_announces_once_and_two_tabs_twice(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    first, second = form(client, amount="100"), form(client, amount="20")
    places = {client.post("/wallet/top-ups/", fields)["Location"] for fields in (second, first, first)}
    assert len(places) == 2
    assert sorted(AnnouncedTransfer.objects.values_list("amount_minor", flat=True)) == [20, 100]


def test_a_name_without_letters_is_refused_at_its_field(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    answer = client.post("/wallet/top-ups/", form(client, sender_name="---"))
    assert answer.status_code == 422
    assert "in katakana" in str(answer.context["form"].errors["sender_name"])


def test_dollars_have_two_decimals(sign_in: SignIn) -> None:
    client = sign_in(a_seller("Blue", currency="USD"))
    client.post("/wallet/top-ups/", form(client, amount="200.50"))
    assert AnnouncedTransfer.objects.get().amount_minor == 20_050
    answer = client.post("/wallet/top-ups/", form(client, amount="1.005"))
    assert "at most two decimals" in str(answer.context["form"].errors["amount"])


def test_a_transfer_that_will_not_come_is_withdrawn(seller: Seller, sign_in: SignIn) -> None:
    transfer = announced(seller, 500)
    client = sign_in(seller)
    assert client.post(f"/wallet/transfers/{transfer.reference}/withdrawal/")["Location"] == "/wallet/top-ups/"
    transfer.refresh_from_db()
    assert transfer.status == "withdrawn"


@pytest.mark.seed("A169", "A194")
def test_a_gift_code_fills_the_wallet_and_frees_orders(seller: Seller, sign_in: SignIn) -> None:
    ((_code, secret),) = gift_codes(5000)
    client = sign_in(seller)
    answer = client.post("/wallet/gift-codes/", {"code": secret.lower()}, follow=True)
    assert "5,000 topped up. Orders that waited for it go on now." in answer.content.decode()
    assert free(seller) == 5000
    again = client.post("/wallet/gift-codes/", {"code": secret})
    assert (again.status_code, "it was redeemed" in again.content.decode()) == (422, True)


def test_guessing_gift_codes_is_braked(seller: Seller, sign_in: SignIn) -> None:
    ((_code, secret),) = gift_codes(5000)
    client = sign_in(seller)
    for _ in range(10):
        assert "is not known" in client.post("/wallet/gift-codes/", {"code": "AAAABBBBCCCCDDDD"}).content.decode()
    answer = client.post("/wallet/gift-codes/", {"code": secret})
    assert "tried too often" in answer.content.decode()
    assert GiftCode.objects.get().status == "issued"
    assert free(seller) == 0


@pytest.mark.seed("L37")
def test_a_card_is_typed_at_the_payment_service_and_its_word_books_the_money(
    seller: Seller, sign_in: SignIn, gateway: ScriptedGateway
) -> None:
    client = sign_in(seller)
    token = client.get("/wallet/top-ups/").context["card"].initial["token"]
    place = client.post("/wallet/cards/", {"amount": "3000", "token": token})["Location"]
    payment = CardPayment.objects.get()
    assert place == f"/wallet/cards/{payment.code}/"
    assert "prepares its page" in client.get(place).content.decode()
    jobs.open_card_page(payment.pk)
    assert 'href="https://cards.example/pay"' in client.get(place).content.decode()

    payment.refresh_from_db()
    gateway.answers = [CardAnswer(payment.external_id, CardOutcome.PAID, 3000, "JPY")] * 2
    outsider = Client()
    codes = [
        outsider.post("/payments/cards/", json.dumps({}), content_type="application/json").status_code for _ in "ab"
    ]
    assert codes == [204, 204]
    assert free(seller) == 3000
    assert "The money is in your wallet." in client.get(place).content.decode()


def test_a_callback_that_is_not_the_gateways_books_nothing(
    seller: Seller, sign_in: SignIn, gateway: ScriptedGateway
) -> None:
    gateway.answers = [Rejected("bad_signature"), CardAnswer("pay-none", CardOutcome.PAID, 1, "JPY")]
    codes = [Client().post("/payments/cards/", "{}", content_type="application/json").status_code for _ in "ab"]
    assert codes == [400, 404]
    assert Client().post("/payments/cards/", "x" * 10_001, content_type="application/json").status_code == 400
    assert not Posting.objects.exists()


def test_without_a_gateway_there_is_no_card_to_pay_with(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    assert client.get("/wallet/top-ups/").context["card"] is None
    assert client.post("/wallet/cards/", {"amount": "3000", "token": "t"}).status_code == 422
    assert Client().post("/payments/cards/", "{}", content_type="application/json").status_code == 400
    assert not CardPayment.objects.exists()


def test_only_who_may_top_up_can(seller: Seller, sign_in: SignIn) -> None:
    money_in(seller, 1, at=NOON)
    transfer = announced(seller, 500)
    client = sign_in(seller, "clerk")
    assert client.get("/wallet/").status_code == 200
    assert b"Top up</a>" not in client.get("/wallet/").content
    assert client.get(f"/wallet/transfers/{transfer.reference}/").status_code == 200
    for place in (
        "top-ups",
        "gift-codes",
        "cards",
        "watch",
        "watch/filling",
        "watch/card/removal",
        f"transfers/{transfer.reference}/withdrawal",
    ):
        assert client.post(f"/wallet/{place}/", {"amount": "1"}).status_code == 403, place
