"""Letters that come back later (RFC 3464): read from the mail server's pipe, believed only when the letter is ours."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.members.models import User
from toiya.domain.notifications import bounces
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter
from toiya.domain.notifications.jobs import sending as jobs
from toiya.domain.notifications.message_ids import message_id_of
from toiya.domain.notifications.models import Message
from toiya.domain.notifications.rules import is_mailbox_at_fault

pytestmark = pytest.mark.django_db

DSN = """\
From: MAILER-DAEMON@mx.example
To: toiya@localhost
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

I am sorry to tell you.
--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; mika@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user here

--cut
Content-Type: {original}

Message-ID: {message_id}
From: toiya@localhost
Subject: x

--cut--
"""


@pytest.fixture
def sent(mika: User, postman: object, now: datetime) -> Message:
    write_letter(letter=Letter("password_was_reset", {"login": "x"}), to=to_user(mika), key="k-1", at=now)
    message = Message.objects.get()
    jobs.send(message.pk)
    return message


def report(message_id: str, action: str = "failed", status: str = "5.1.1", original: str = "message/rfc822") -> bytes:
    filled = DSN.format(action=action, status=status, original=original, message_id=message_id)
    return filled.replace("\n", "\r\n").encode()


def read(raw: bytes, tmp_path: Path) -> str:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(raw)
    said = io.StringIO()
    call_command("read_bounces", str(mail), stdout=said)
    return said.getvalue()


@pytest.mark.seed("A046")
@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_letter_that_came_back_is_found_by_its_own_id(
    sent: Message, mika: User, tmp_path: Path, original: str
) -> None:
    assert "came back" in read(report(message_id_of(sent.pk), original=original), tmp_path)
    sent.refresh_from_db()
    mika.refresh_from_db()
    assert (sent.status, sent.problem) == ("bounced", "5.1.1 550 5.1.1 no such user here")
    assert mika.mail_bounced_at is not None
    assert "known" in read(report(message_id_of(sent.pk), original=original), tmp_path)


def test_a_forged_report_blames_nobody(sent: Message, mika: User, tmp_path: Path) -> None:
    forged = message_id_of(sent.pk + 1).replace(f".{sent.pk + 1}.", f".{sent.pk}.")
    for raw in (report(forged), report(message_id_of(sent.pk), action="delayed"), b"", b"\xff\x00 no mail", b"a: b"):
        assert "left aside" in read(raw, tmp_path)
    sent.refresh_from_db()
    mika.refresh_from_db()
    assert (sent.status, mika.mail_bounced_at) == ("sent", None)


def test_being_taken_for_spam_is_not_the_mailboxs_fault(sent: Message, mika: User, tmp_path: Path) -> None:
    read(report(message_id_of(sent.pk), status="5.7.1"), tmp_path)
    sent.refresh_from_db()
    mika.refresh_from_db()
    assert (sent.status, mika.mail_bounced_at) == ("bounced", None)


def test_a_mailbox_that_was_changed_meanwhile_is_not_blamed(sent: Message, mika: User, tmp_path: Path) -> None:
    User.objects.update(email="new@example.com")
    read(report(message_id_of(sent.pk)), tmp_path)
    mika.refresh_from_db()
    assert mika.mail_bounced_at is None


@pytest.mark.parametrize(
    ("status", "is_fault"),
    [("5.1.1", True), ("5.1.10", True), ("5.2.1", True), ("550", True), ("5.2.2", False), ("5.7.1", False),
     ("4.1.1", False), ("554", False), ("", False)],
)  # fmt: skip
def test_whose_fault_a_refusal_is(status: str, is_fault: bool) -> None:
    assert is_mailbox_at_fault(status) is is_fault


@given(st.binary(max_size=2000))
def test_any_bytes_can_be_read(raw: bytes) -> None:
    bounces.read(raw)
    bounces.read(report("<x@y>").replace(b"550", raw[:50]))
