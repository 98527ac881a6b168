"""What the letters say: in the reader's language, with links of our own, and no word that breaks out of its place."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.letters import Postman, code_in, link_in, work_off
from tests.world import WORLD
from toiya.core import events
from toiya.domain.members.actions import asking, verifying
from toiya.domain.members.events import EmailToVerify
from toiya.domain.members.models import User
from toiya.domain.members.proving import Purpose
from toiya.domain.notifications import rendering
from toiya.domain.notifications.models import Message

pytestmark = pytest.mark.django_db
KINDS = sorted(path.stem for path in (Path(rendering.__file__).parent / "templates/notifications/mail").glob("*.txt"))


@pytest.fixture(autouse=True)
def our_address(settings: Settings) -> None:
    settings.TOIYA_URL = "https://toiya.example"


def draw(kind: str, **more: object) -> rendering.Written:
    words = {"login": "mika@example.com", "new_mailbox": "m…@new.example", "orders": 1, "waiting": 0, "seller": "Kumo"}
    words |= {"company": "Kumo Inc.", "code": "APP-222222-2", "reason": "No papers.", "question": "Which?", "path": "/"}
    words |= {"lots": 2, "lines": "Tea, L1", "amount": "JPY 300", "codes": "ORD-222222-2"}
    words |= {
        "owed": "JPY 4,410",
        "due_on": "2026-11-20",
        "next_on": "2026-11-21",
        "free": "JPY 90",
        "below": "JPY 500",
    }
    words |= {"country": "Japan", "version": 2, "holds_from": "2027-01-01", "time": "16:00", "held": 1, "more": 2}
    words |= {"waits_no_sku": 1, "waits_not_enough_stock": 1, "waits_taken_back": 1}
    message = Message(kind=kind, language="en", name="Mika", words=words, **more)
    return rendering.written(message, "493021")


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_has_a_subject_and_a_body_without_holes(kind: str) -> None:
    letter = draw(kind)
    assert letter.subject
    assert letter.text
    for text in (letter.subject, letter.text):
        assert "{{" not in text
        assert "  " not in text
        assert "None" not in text
    assert "<script" not in letter.html


@pytest.mark.seed("A019")
def test_signing_up_sends_a_link_in_the_own_language(mika: User, postman: Postman, now: datetime) -> None:
    event = EmailToVerify(seller_id=None, subject=str(mika.pk), user_id=mika.pk, way="link")
    events.record(event, actor=WORLD, at=now)
    work_off()
    (mail,) = postman.mails
    link = link_in(mail.text)
    assert link.startswith("https://toiya.example/verify/")
    assert f'href="{link}"' in mail.html
    verifying.verify_email_by_link(token=link.split("/")[-2], actor=WORLD, at=now)


@pytest.mark.seed("A049")
def test_a_code_is_sent_where_the_merchant_prefers_one(mika: User, postman: Postman, now: datetime) -> None:
    event = EmailToVerify(seller_id=None, subject=str(mika.pk), user_id=mika.pk, way="code")
    events.record(event, actor=WORLD, at=now)
    work_off()
    (mail,) = postman.mails
    assert "http" not in mail.text
    verifying.verify_email_by_code(user_id=mika.pk, code=code_in(mail.text), actor=WORLD, at=now)


@pytest.mark.seed("A046")
def test_a_phones_code_goes_by_sms(mika: User, postman: Postman, now: datetime) -> None:
    asking.ask_for_proof(user_id=mika.pk, purpose=Purpose.PHONE_CODE, target="+819012345678", actor=WORLD, at=now)
    work_off()
    assert postman.mails == []
    (sms,) = postman.messages
    assert sms.recipient == "+819012345678"
    assert sms.text.startswith("Toiya: ")
    verifying.verify_phone(user_id=mika.pk, code=code_in(sms.text), actor=WORLD, at=now)


def test_the_old_mailbox_is_told_of_a_change_before_and_after(mika: User, postman: Postman, now: datetime) -> None:
    asking.ask_for_proof(user_id=mika.pk, purpose=Purpose.EMAIL_LINK, target="new@example.com", actor=WORLD, at=now)
    work_off()
    assert [mail.subject for mail in postman.to("mika@example.com")] == [
        "Somebody wants to change the e-mail of your Toiya account"
    ]
    assert "new@example.com" not in postman.to("mika@example.com")[0].text
    token = link_in(postman.to("new@example.com")[0].text).split("/")[-2]
    verifying.verify_email_by_link(token=token, actor=WORLD, at=now)
    work_off()
    assert postman.to("mika@example.com")[-1].subject == "The e-mail of your Toiya account was changed"


@pytest.mark.seed("A040", "A043")
def test_each_account_of_a_mailbox_gets_a_link_that_names_its_log_in(
    mika: User, postman: Postman, now: datetime
) -> None:
    User.objects.create_user(login="hanataba1", email="mika@example.com", name="Mika")
    asking.ask_for_reset(asked="mika@example.com", language="en", actor=WORLD, at=now)
    work_off()
    letters = postman.to("mika@example.com")
    assert len(letters) == 2
    assert {"hanataba1", "mika@example.com"} == {
        login for mail in letters for login in ("hanataba1", "mika@example.com") if f"log-in: {login}" in mail.text
    }
    assert all("The password of your sales site stays as it is." in mail.text for mail in letters)
    token = link_in(letters[0].text).split("/")[-2]
    verifying.set_password_by_link(token=token, password="warm kettle 7", actor=WORLD, at=now)
    work_off()
    assert postman.mails[-1].subject == "Your password for Toiya was set anew"


def test_a_word_cannot_break_out_of_the_subject_or_the_page() -> None:
    words = {"orders": 2, "waiting": 0, "seller": "Kumo\r\nBcc: all@example.com\x00<script>alert(1)</script>"}
    letter = rendering.written(Message(kind="new_orders", language="en", words=words), "")
    assert letter.subject == "2 new orders for Kumo Bcc: all@example.com <script>alert(1)</script>"
    assert "<script" not in letter.html
    assert "\n" not in letter.subject


def test_words_may_have_lines_in_the_body() -> None:
    words = {"orders": 2, "waiting": 0, "seller": "Kumo", "codes": "ORD-1\nORD-2"}
    letter = rendering.written(Message(kind="new_orders", language="en", words=words), "")
    assert "ORD-1\nORD-2" in letter.text
    assert "ORD-1<br>ORD-2" in letter.html


def test_only_links_of_our_own_become_buttons(settings: Settings) -> None:
    words = {"orders": 1, "waiting": 0, "seller": "Kumo", "codes": "https://toiya.example.evil/orders/"}
    letter = rendering.written(Message(kind="new_orders", language="en", words=words), "")
    assert 'href="https://toiya.example.evil' not in letter.html


def test_a_proof_that_was_replaced_is_not_posted(mika: User, postman: Postman, now: datetime) -> None:
    for _ in range(2):
        asking.ask_for_proof(user_id=mika.pk, purpose=Purpose.EMAIL_LINK, actor=WORLD, at=now)
    work_off()
    work_off()
    assert len(postman.mails) == 1
    late = now + timedelta(seconds=1)
    token = link_in(postman.mails[0].text).split("/")[-2]
    verifying.verify_email_by_link(token=token, actor=WORLD, at=late)
