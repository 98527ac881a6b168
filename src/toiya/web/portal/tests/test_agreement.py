"""Applying for centres at the portal: tick, read, consent, apply."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.world import a_seller, a_warehouse
from toiya.domain.contracts.models import Agreement
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.models import CentreUse, Warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def houses() -> list[Warehouse]:
    tokyo, seoul = a_warehouse(), a_warehouse("SEL", "Seoul")
    Warehouse.objects.filter(pk=seoul.pk).update(time_zone="Asia/Seoul")
    return [tokyo, seoul]


def read_page(client: Client) -> tuple[str, list[str]]:
    page = client.get("/settings/agreement/")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
    return words, [paper["hash"] for paper in page.context["papers"]]


@pytest.mark.seed("A018", "A062", "A063", "A072")
def test_ticking_reading_consenting_and_applying(seller: Seller, houses: list[Warehouse], sign_in: SignIn) -> None:
    client = sign_in(seller)
    words, hashes = read_page(client)
    assert "Funabashi" in words
    assert "Seoul" in words
    assert len(hashes) == 2, "one agreement for each nation"
    form = {"centre": ["FNB"], "read": hashes, "agrees": "1"}
    answer = client.post("/settings/agreement/", form)
    assert answer.status_code == 422
    assert "tick both boxes" in answer.content.decode()
    assert not Agreement.objects.exists()
    assert client.post("/settings/agreement/", {**form, "pays": "1"})["Location"] == "/settings/agreement/"
    made = Agreement.objects.get()
    assert (made.country, made.language, made.seller) == ("JP", "en", seller)
    assert CentreUse.objects.get().warehouse.code == "FNB"
    shown = client.get(f"/settings/agreement/{made.code}/").content.decode()
    assert all(made.text_sha256[begin : begin + 16] in shown for begin in (0, 16, 32, 48))


@pytest.mark.seed("A051", "A052", "A053", "A064", "A065", "A067", "A068")
def test_the_page_says_who_does_what_in_which_stage(seller: Seller, houses: list[Warehouse], sign_in: SignIn) -> None:
    words, _hashes = read_page(sign_in(seller))
    for said in (
        "stores, packs and ships your goods and answers for what comes after",
        "Make SKUs and link them",
        "Register goods and ask for inbound",
        "Send the goods",
        "The buyer paid: the order is allocated",
        "Stock is kept in step",
        "prescribed SKU label",
        "Deliveries with freight collect are turned away",
        "takes your goods in and stores them",
        "prints the carrier's label and ships the parcel",
        "confirms the shipping there by itself",
        "Orders of other sales sites",
        "the quantity only and never the quality",
        "does not answer for damage in delivery",
        "up to 3 days when the warehouse is busy",
        "30 JPY for each piece left",
        "due on day 20",
    ):
        assert said in words.replace("&#x27;", "'"), said


def test_only_who_may_speak_for_the_company_signs(seller: Seller, houses: list[Warehouse], sign_in: SignIn) -> None:
    client = sign_in(seller, "clerk")
    assert client.get("/settings/agreement/").status_code == 200
    assert client.post("/settings/agreement/", {"centre": ["FNB"]}).status_code == 403
    assert not Agreement.objects.exists()
