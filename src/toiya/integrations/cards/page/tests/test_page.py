"""The payment service's documents and signatures, and what each of its answers means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.world import NOON
from toiya.core.errors import Rejected, Unreachable
from toiya.domain.wallet.port import CardAnswer, CardOutcome, CardPage, CardWish
from toiya.integrations.cards.page.plug import CardsByPage
from toiya.integrations.cards.page.translate import answer_of, page_of, signed

WISH = CardWish("CRD-1", 3000, "JPY", "https://toiya.example/back", "https://toiya.example/told")
DOCUMENT = {"id": "pay_1", "status": "paid", "amount_minor": 3000, "currency": "JPY", "problem": "", "card": "crd_7"}
ANSWER = CardAnswer("pay_1", CardOutcome.PAID, 3000, "JPY", "", "crd_7")
SECONDS = int(NOON.timestamp())


class Service(HTTPServer):
    """Answers with `status` and `document` and keeps what it got."""

    status = 201
    document: Any = {"id": "pay_1", "url": "https://cards.example/pay_1"}
    got: list[tuple[str, str, Any]]


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(sent)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, sent: Any) -> None:
        self.server.got.append((self.path, self.headers["Authorization"], sent))
        body = json.dumps(self.server.document).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service(("127.0.0.1", 0), Handler)
    server.got = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def plug(service: Service) -> CardsByPage:
    return CardsByPage(f"http://127.0.0.1:{service.server_port}/cards", "a-key")


def test_a_payment_is_asked_for_with_our_reference_and_no_card(service: Service) -> None:
    assert plug(service).open_page(WISH) == CardPage("pay_1", "https://cards.example/pay_1")
    ((path, key, sent),) = service.got
    assert (path, key) == ("/cards/payments", "Bearer a-key")
    assert sent == {
        "reference": "CRD-1", "amount_minor": 3000, "currency": "JPY", "keeps_card": False,
        "return_url": "https://toiya.example/back", "notify_url": "https://toiya.example/told",
    }  # fmt: skip


def test_a_kept_card_is_named_by_the_services_word_and_a_payment_is_asked_after(service: Service) -> None:
    service.document = DOCUMENT
    assert plug(service).pay_kept(WISH, "crd_7") == ANSWER
    assert service.got[0][2]["card"] == "crd_7"
    assert plug(service).ask("pay/1") == ANSWER
    assert service.got[1][0] == "/cards/payments/pay%2F1"


@pytest.mark.parametrize("status", [400, 402, 404, 409, 422])
def test_what_the_service_declines_is_rejected(service: Service, status: int) -> None:
    service.status = status
    with pytest.raises(Rejected, match=f"http_{status}"):
        plug(service).open_page(WISH)


@pytest.mark.parametrize("status", [301, 401, 403, 500, 503])
def test_every_other_answer_may_be_tried_again(service: Service, status: int) -> None:
    service.status = status
    with pytest.raises(Unreachable):
        plug(service).open_page(WISH)


@pytest.mark.parametrize(
    "document", [[], {"id": "", "url": "https://x"}, {"id": "p", "url": "javascript:x"}, {"id": 7}]
)
def test_a_page_that_is_none_is_no_page(document: Any) -> None:
    with pytest.raises(Unreachable):
        page_of(document if isinstance(document, dict) else {})


@pytest.mark.parametrize("name", ["id", "status", "amount_minor", "currency"])
def test_an_answer_that_is_not_whole_is_none(name: str) -> None:
    with pytest.raises(Unreachable):
        answer_of({key: value for key, value in DOCUMENT.items() if key != name})


def test_a_signed_callback_is_read(service: Service) -> None:
    body = json.dumps(DOCUMENT).encode()
    for late in (timedelta(0), timedelta(minutes=59)):
        assert plug(service).read_callback(body, signed("a-key", body, SECONDS), NOON + late) == ANSWER


@pytest.mark.parametrize(
    ("key", "body", "signature", "late"),
    [
        ("other", b"{}", "", 0),
        ("a-key", b"{} ", "", 0),
        ("a-key", b"{}", "t=abc,v1=00", 0),
        ("a-key", b"{}", "nothing", 0),
        ("a-key", b"{}", "", 3601),
    ],
    ids=["other key", "other body", "no time", "none", "old"],
)
def test_a_callback_that_is_not_signed_by_the_service_is_rejected(
    service: Service, key: str, body: bytes, signature: str, late: int
) -> None:
    proof = signature or signed(key, b"{}", SECONDS)
    with pytest.raises(Rejected, match="bad_signature"):
        plug(service).read_callback(body, proof, NOON + timedelta(seconds=late))


def test_a_service_that_is_not_reached_by_https_is_refused() -> None:
    with pytest.raises(ValueError, match="TOIYA_CARDS_URL"):
        CardsByPage("http://cards.example", "a-key")
