"""SMS over HTTP to a gateway on this machine: what it gets, and what each of its answers means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.notifications.port import NO_SUCH_RECIPIENT, Sms
from toiya.integrations.sms.gateway.plug import HttpsGateway

SMS = Sms("toiya.1.abc", "+819012345678", "Toiya: 493021 is your code.")


class Gateway(HTTPServer):
    """Answers with `status` and keeps what it got."""

    status = 202
    got: list[tuple[str, dict[str, Any]]]


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway(("127.0.0.1", 0), Handler)
    server.got = []
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def plug(gateway: Gateway) -> HttpsGateway:
    return HttpsGateway(f"http://127.0.0.1:{gateway.server_port}/sms", "a-token")


def test_the_gateway_gets_number_text_and_reference(gateway: Gateway) -> None:
    plug(gateway).send_sms(SMS)
    assert gateway.got == [
        ("Bearer a-token", {"to": "+819012345678", "text": "Toiya: 493021 is your code.", "reference": "toiya.1.abc"})
    ]


@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_number_it_does_not_take_is_refused_for_good(gateway: Gateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(Rejected) as caught:
        plug(gateway).send_sms(SMS)
    assert caught.value.code == NO_SUCH_RECIPIENT


@pytest.mark.parametrize("status", [301, 401, 403, 429, 500, 503])
def test_all_else_is_tried_again(gateway: Gateway, status: int) -> None:
    gateway.status = status
    with pytest.raises(Unreachable) as caught:
        plug(gateway).send_sms(SMS)
    assert caught.value.code == f"http_{status}"


def test_nobody_there_is_no_answer(gateway: Gateway) -> None:
    silent = plug(gateway)
    gateway.shutdown()
    gateway.server_close()
    with pytest.raises(Unreachable):
        silent.send_sms(SMS)


@pytest.mark.parametrize("url", ["http://sms.example/send", "ftp://sms.example", "sms.example"])
def test_codes_go_encrypted_to_other_machines(url: str) -> None:
    with pytest.raises(ValueError, match="TOIYA_SMS_URL"):
        HttpsGateway(url, "a-token")
