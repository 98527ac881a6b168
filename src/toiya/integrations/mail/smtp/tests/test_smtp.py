"""Letters over real SMTP on this machine: what arrives, and what each kind of no means."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.notifications.port import NO_SUCH_RECIPIENT, Mail
from toiya.integrations.mail.smtp.client import server_of
from toiya.integrations.mail.smtp.plug import SmtpMailer

SENDER = "Toiya <letters@toiya.example>"


class Server:
    """A mail server that says what it is told to say, and keeps what it took."""

    def __init__(self) -> None:
        self.rcpt = self.data = "250 OK"
        self.taken: list[Any] = []

    async def handle_RCPT(self, *told: Any) -> str:  # noqa: N802
        envelope, address = told[2:4]
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, *told: Any) -> str:  # noqa: N802
        if self.data.startswith("250"):
            self.taken.append(told[2])
        return self.data


@pytest.fixture
def server() -> Iterator[tuple[Server, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, f"smtp://127.0.0.1:{port}"
    controller.stop()


def a_mail(**more: str) -> Mail:
    told = {
        "message_id": "<toiya.1.abc@toiya.example>",
        "recipient": "mika@example.com",
        "name": "田中 みなみ",
        "language": "ja",
        "subject": "メールアドレスの確認",
        "text": "確認してください。\n\nhttps://toiya.example/verify/x/",
        "html": "<p>確認</p>",
    }
    return Mail(**{**told, **more})


def test_a_letter_arrives_whole(server: tuple[Server, str]) -> None:
    handler, url = server
    SmtpMailer(url, SENDER).send(a_mail())
    (envelope,) = handler.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("letters@toiya.example", ["mika@example.com"])
    message = message_from_bytes(envelope.content, policy=default)
    assert str(message["Subject"]) == "メールアドレスの確認"
    assert str(message["From"]) == SENDER
    assert message["To"].addresses[0].display_name == "田中 みなみ"
    assert message["Message-ID"] == "<toiya.1.abc@toiya.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] is None
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    assert "https://toiya.example/verify/x/" in text.get_content()
    assert "<p>確認</p>" in page.get_content()


@pytest.mark.seed("A024", "A025")
@pytest.mark.parametrize(
    ("reply_to", "expected"),
    [("owner@hanok.example", "owner@hanok.example"), ("み@example.com", None), ("x@y\r\nBcc: all@example.com", None)],
)
def test_an_answer_goes_to_whom_the_letter_is_about(
    server: tuple[Server, str], reply_to: str, expected: str | None
) -> None:
    handler, url = server
    SmtpMailer(url, SENDER).send(a_mail(reply_to=reply_to))
    (envelope,) = handler.taken
    message = message_from_bytes(envelope.content, policy=default)
    assert (message["Reply-To"], message["Bcc"]) == (expected, None)
    assert envelope.rcpt_tos == ["mika@example.com"]


@pytest.mark.parametrize(
    ("rcpt", "data", "expected"),
    [
        ("550 5.1.1 no such user", "250 OK", (Rejected, NO_SUCH_RECIPIENT)),
        ("550 unknown user", "250 OK", (Rejected, NO_SUCH_RECIPIENT)),
        ("550 5.7.1 blocked", "250 OK", (Rejected, "refused")),
        ("552 5.2.2 mailbox full", "250 OK", (Rejected, "refused")),
        ("451 4.7.1 come later", "250 OK", (Unreachable, "later")),
        ("250 OK", "554 5.7.1 looks like spam", (Rejected, "refused")),
        ("250 OK", "550 no", (Rejected, "refused")),
        ("250 OK", "452 4.3.1 disk full", (Unreachable, "later")),
    ],
)
def test_what_a_no_means(server: tuple[Server, str], rcpt: str, data: str, expected: tuple[type, str]) -> None:
    handler, url = server
    handler.rcpt, handler.data = rcpt, data
    with pytest.raises((Rejected, Unreachable)) as caught:
        SmtpMailer(url, SENDER).send(a_mail())
    assert (type(caught.value), caught.value.code) == expected
    assert handler.taken == []


def test_nobody_there_is_no_answer() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Unreachable) as caught:
        SmtpMailer(f"smtp://127.0.0.1:{port}", SENDER).send(a_mail())
    assert caught.value.code == "no_connection"


@pytest.mark.parametrize("field", ["name", "subject"])
def test_no_word_becomes_a_header_of_its_own(server: tuple[Server, str], field: str) -> None:
    handler, url = server
    evil = "Mika\r\nBcc: all@example.com"
    try:
        SmtpMailer(url, SENDER).send(a_mail(**{field: evil}))
    except ValueError:
        assert handler.taken == []
        return
    (envelope,) = handler.taken
    message = message_from_bytes(envelope.content, policy=default)
    assert message["Bcc"] is None
    assert envelope.rcpt_tos == ["mika@example.com"]


@pytest.mark.parametrize("address", ["", "nobody", "a b@example.com", "x@y\r\nz", "み@example.com", "<a@b>@c.example"])
def test_an_address_nobody_can_write_to_is_the_mailboxs_fault(server: tuple[Server, str], address: str) -> None:
    handler, url = server
    with pytest.raises(Rejected) as caught:
        SmtpMailer(url, SENDER).send(a_mail(recipient=address))
    assert caught.value.code == NO_SUCH_RECIPIENT
    assert handler.taken == []


def test_a_domain_in_other_letters_is_written_to(server: tuple[Server, str]) -> None:
    handler, url = server
    SmtpMailer(url, SENDER).send(a_mail(recipient="mika@花束.example"))
    assert handler.taken[0].rcpt_tos == ["mika@xn--t8r38d.example"] or "xn--" in handler.taken[0].rcpt_tos[0]


def test_passwords_go_encrypted_to_other_machines() -> None:
    assert server_of("smtp://u:p%40@mx.example").is_starttls
    assert server_of("smtp://u:p%40@mx.example").password == "p@"
    assert server_of("smtps://mx.example").is_tls_first
    assert server_of("smtps://mx.example").port == 465
    assert not server_of("smtp://127.0.0.1:25").is_starttls
    assert not server_of("smtp://mx.example?tls=off").is_starttls
    assert "p@" not in repr(server_of("smtp://u:p%40@mx.example"))
    for wrong in ("http://mx.example", "mx.example", "smtp://"):
        with pytest.raises(ValueError, match="TOIYA_SMTP_URL"):
            server_of(wrong)


def test_a_server_that_cannot_encrypt_gets_nothing(server: tuple[Server, str]) -> None:
    handler, url = server
    mailer = SmtpMailer(url, SENDER)
    object.__setattr__(mailer._server, "is_starttls", True)
    with pytest.raises(Unreachable):
        mailer.send(a_mail())
    assert handler.taken == []
