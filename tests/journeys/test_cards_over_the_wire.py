"""Card payments against the pretend payment service as a real process: its page, its callbacks to us, its silence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.money_world import free, with_gateway
from tests.world import a_member, a_seller
from toiya.domain.members.models import Seller
from toiya.domain.wallet import jobs
from toiya.domain.wallet.models import CardPayment, TopUp
from toiya.integrations.cards.page.plug import CardsByPage
from toiya.integrations.channels.qoo10.tests import sandbox_site

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
KEY = "sandbox-cards"
PATIENCE_SECONDS = 60.0  # longer than both callbacks together may take on a machine that stands still for a while


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sandbox_site.running(tmp_path_factory.mktemp("sandbox") / "site.sqlite3") as running:
        yield running


def wished(client: Client, minor: int) -> CardPayment:
    """The seller's wish, told to the service by the job."""
    token = client.get("/wallet/top-ups/").context["card"].initial["token"]
    client.post("/wallet/cards/", {"amount": str(minor), "token": token})
    payment = CardPayment.objects.latest("pk")
    jobs.open_card_page(payment.pk)
    return CardPayment.objects.get(pk=payment.pk)


def decided(payment: CardPayment, decision: str, callback: str = "") -> None:
    """A person at the service's page."""
    with httpx.Client(timeout=PATIENCE_SECONDS, trust_env=False) as browser:
        page = browser.get(payment.page_url)
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert found, page.text
        fields = {"csrfmiddlewaretoken": unescape(found[1]), "decision": decision, "callback": callback}
        answer = browser.post(payment.page_url, data=fields, headers={"Referer": payment.page_url})
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/wallet/cards/{payment.code}/")


def status(payment: CardPayment) -> str:
    return CardPayment.objects.get(pk=payment.pk).status


@pytest.mark.seed("L37")
def test_paid_twice_told_never_told_and_declined(address: str, live_server: LiveServer, settings: object) -> None:
    settings.TOIYA_URL = live_server.url  # type: ignore[attr-defined]
    seller: Seller = a_seller()
    client = Client()
    client.force_login(a_member(seller))
    with with_gateway(CardsByPage(f"{address}/cards", KEY)):
        double, lost, declined = wished(client, 3000), wished(client, 400), wished(client, 50)
        decided(double, "pay", "double")
        assert (status(double), free(seller)) == ("paid", 3000)
        decided(lost, "pay", "lost")
        assert (status(lost), free(seller)) == ("open", 3000)
        jobs.ask_card(lost.pk)
        assert (status(lost), free(seller)) == ("paid", 3400)
        decided(declined, "decline")
        assert (status(declined), free(seller)) == ("failed", 3400)
    assert TopUp.objects.count() == 2
