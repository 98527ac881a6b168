"""Entering an order by hand: the form, its mends, the list, correcting and deleting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.orders_in_world import an_entered_order
from tests.world import a_seller, a_sku, a_warehouse, an_order, judged, stock_of
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import ManagedOrder, Order

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
GOOD = {
    "token": "one",
    "sku_1": "LT-NVM",
    "quantity_1": "2",
    "price_1": "1200",
    "title_1": "Tote",
    "receiver": "田中 みなみ",
    "phone": "090-1234-5678",
    "country": "JP",
    "postal_code": "2730017",
    "address": "千葉県船橋市西浦1-2-3",
    "branch": "Funabashi",
}


@pytest.fixture
def seller(db: None) -> Seller:
    seller = a_seller()
    stock_of(a_sku(seller, barcode="4901234567894"), a_warehouse(), 5)
    return seller


def posted(client: Client, **changed: Any) -> Any:
    return client.post("/orders/new/", GOOD | changed)


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


@pytest.mark.seed("A155", "A156", "A157")
def test_register_gives_a_number_and_leads_to_the_order(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    assert client.get("/orders/new/").status_code == 200
    again = [posted(client, sku_2="4901234567894", quantity_2="1", price_2="10", slot="AM") for _ in range(2)]
    managed = ManagedOrder.objects.get()
    assert {answer["Location"] for answer in again} == {f"/orders/{managed.order.code}/"}
    assert list(managed.order.lines.order_by("pk").values_list("quantity", "unit_price_minor")) == [(2, 1200), (1, 10)]
    page = client.get(f"/orders/{managed.order.code}/").content.decode()
    assert managed.number in page
    assert f"/orders/{managed.order.code}/correction/" in page


def test_a_flaw_stands_at_its_field_and_one_press_mends_it(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    wrong = posted(client, address="西浦1-2-3", quantity_1="２個", phone="12")
    assert wrong.status_code == 422
    assert sorted(errors(wrong)) == ["address", "phone", "quantity_1"]
    assert not Order.objects.exists()
    (button,) = [flaw for flaw in wrong.context["form"].mends if flaw.field == "address"]
    assert button.mend == "千葉県船橋市西浦1-2-3"
    mended = posted(client, address="西浦1-2-3", use=f"address={button.mend}")
    assert mended.status_code == 302
    assert Order.objects.get().address.first_line == "千葉県船橋市西浦1-2-3"


@pytest.mark.seed("A188")
def test_nekopos_takes_no_hours_and_the_form_says_what_does(seller: Seller, sign_in: SignIn) -> None:
    answer = posted(sign_in(seller), service="NEKOPOS", slot="18-20")
    assert list(errors(answer)) == ["slot"]
    assert "宅急便" in errors(answer)["slot"][0]


def test_more_lines_keep_what_was_typed_and_judge_nothing(seller: Seller, sign_in: SignIn) -> None:
    answer = posted(sign_in(seller), more="1", receiver="")
    form = answer.context["form"]
    assert (answer.status_code, form.rows_shown, form["sku_1"].value()) == (200, 6, "LT-NVM")


@pytest.mark.seed("A160")
def test_an_entered_order_is_corrected_and_deleted(seller: Seller, sign_in: SignIn) -> None:
    (order,) = judged(an_entered_order(seller))
    client = sign_in(seller)
    address = f"/orders/{order.code}/correction/"
    form = client.get(address).context["form"]
    assert (form["sku_1"].value(), form["quantity_1"].value()) == (seller.sku_set.get().code, "1")
    assert client.post(address, GOOD | {"quantity_1": "3"}).status_code == 302
    assert sum(line.quantity for line in order.lines.filter(is_cancelled=False)) == 3
    assert f"/orders/{order.code}/cancellation/" in client.get(address).content.decode()
    client.post(f"/orders/{order.code}/cancellation/")
    assert Order.objects.get(pk=order.pk).status == "cancelled"
    assert client.get(f"/orders/{an_order(seller).code}/correction/").status_code == 404
    assert client.post(address, GOOD).status_code in {302, 409}


@pytest.mark.seed("A158")
def test_the_list_tells_what_was_told_and_costs_the_same_for_many(seller: Seller, sign_in: SignIn) -> None:
    (first,) = judged(an_entered_order(seller, site="Amazon JP", reference="503-1", buyer="Sato", sub_category="gifts"))
    client = sign_in(seller)
    (row,) = client.get("/orders/entered/").context["rows"]
    assert (row.managed.number, row.is_here, row.pieces, row.title) == (first.managed.number, True, 1, "Linen tote")
    page = client.get("/orders/entered/", {"q": "503-1"}).content.decode()
    assert all(word in page for word in ("Amazon JP", "503-1", "Sato", "gifts", "LT-NVM", "田中 みなみ"))
    counts = []
    for number in (1, 3):
        for _ in range(number):
            an_entered_order(seller)
        with CaptureQueriesContext(connection) as told:
            client.get("/orders/entered/")
        counts.append(len(told))
    assert counts[0] == counts[1]


def test_a_clerk_who_only_sees_enters_nothing(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller, role="accountant")
    assert posted(client).status_code == 403
    assert not Order.objects.exists()
