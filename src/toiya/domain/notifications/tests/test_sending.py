"""Sending in three steps: once, again with growing waits, never to a mailbox that refused, with no secret left over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letters import Postman, work_off
from tests.world import NOON, WORLD
from toiya.core.errors import Rejected, Unreachable
from toiya.core.models import EventRow
from toiya.domain.members.models import User
from toiya.domain.notifications import queries, rules
from toiya.domain.notifications.actions import sending
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter
from toiya.domain.notifications.jobs import sending as jobs
from toiya.domain.notifications.message_ids import message_id_of, number_of
from toiya.domain.notifications.models import Message
from toiya.domain.notifications.port import NO_SUCH_RECIPIENT

pytestmark = pytest.mark.django_db
CODE = Letter("verify_code", {"login": "mika@example.com"}, "493021")
NOTICE = Letter("password_was_reset", {"login": "mika@example.com"})


def written(user: User, at: datetime, letter: Letter = CODE, key: str = "k-1") -> Message:
    write_letter(letter=letter, to=to_user(user), key=key, at=at)
    return Message.objects.get(key=key)


def test_a_letter_is_sent_once_and_forgets_its_secret(mika: User, postman: Postman, now: datetime) -> None:
    message = written(mika, now)
    assert "493021" not in message.sealed_secret
    jobs.send(message.pk)
    jobs.send(message.pk)
    message.refresh_from_db()
    (mail,) = postman.mails
    assert (mail.recipient, mail.subject) == ("mika@example.com", "493021 is your code for Toiya")
    assert (message.status, message.sealed_secret, message.attempt) == ("sent", "", 1)


def test_one_cause_writes_once(mika: User, postman: Postman, now: datetime) -> None:
    written(mika, now)
    assert not write_letter(letter=CODE, to=to_user(mika), key="k-1", at=now + timedelta(seconds=5))
    work_off()
    assert len(postman.mails) == 1


def test_a_silent_server_is_asked_again_with_growing_waits_and_the_same_id(
    mika: User, postman: Postman, now: datetime
) -> None:
    postman.script = [Unreachable("timeout"), Unreachable("timeout"), None]
    message = written(mika, now)
    jobs.send(message.pk)
    message.refresh_from_db()
    assert (message.status, message.problem) == ("waiting", "timeout")
    assert message.next_try_at > now
    jobs.send(message.pk)
    assert postman.calls == 1, "not before its time"
    for _ in range(2):
        Message.objects.update(next_try_at=now)
        assert queries.due(now, 10) == [message.pk]
        jobs.sweep(0)
        work_off()
    message.refresh_from_db()
    assert (message.status, postman.calls) == ("sent", 3)
    assert {mail.message_id for mail in postman.mails} == {message_id_of(message.pk)}


def test_after_72_hours_a_letter_is_given_up(mika: User, postman: Postman, now: datetime) -> None:
    postman.script = [Unreachable("timeout")]
    message = written(mika, now - timedelta(hours=73))
    jobs.send(message.pk)
    message.refresh_from_db()
    assert (message.status, message.sealed_secret, message.problem) == ("given_up", "", "timeout")


@given(st.integers(1, 400), st.floats(0, 71.9))
def test_waits_grow_and_end_with_the_patience(attempt: int, hours: float) -> None:
    at = NOON + timedelta(hours=hours)
    again = rules.next_try(wanted_at=NOON, attempt=attempt, at=at)
    assert again is not None
    assert at < again <= NOON + rules.PATIENCE
    assert again - at <= rules.LONGEST_WAIT
    assert rules.next_try(wanted_at=NOON, attempt=attempt, at=NOON + rules.PATIENCE) is None


def test_a_stumbling_plug_is_no_answer_and_is_seen(mika: User, postman: Postman, now: datetime) -> None:
    postman.script = [ZeroDivisionError()]
    message = written(mika, now)
    with pytest.raises(ZeroDivisionError):
        jobs.send(message.pk)
    message.refresh_from_db()
    assert (message.status, message.problem) == ("waiting", "plug_broken: ZeroDivisionError")


@pytest.mark.seed("A046")
def test_a_mailbox_that_refuses_is_kept_and_gets_no_more_letters_but_those_asked_for(
    mika: User, postman: Postman, now: datetime
) -> None:
    postman.script = [Rejected(NO_SUCH_RECIPIENT, "5.1.1 no such user"), None]
    bounced = written(mika, now)
    jobs.send(bounced.pk)
    jobs.send(bounced.pk)
    bounced.refresh_from_db()
    mika.refresh_from_db()
    assert (bounced.status, bounced.sealed_secret) == ("bounced", "")
    assert mika.mail_bounced_at is not None
    assert EventRow.objects.filter(name="member.mailbox_refused").count() == 1

    notice, code = written(mika, now, NOTICE, "k-2"), written(mika, now, CODE, "k-3")
    jobs.send(notice.pk)
    jobs.send(code.pk)
    notice.refresh_from_db()
    assert (notice.status, notice.problem) == ("given_up", "mailbox_refuses")
    assert [mail.subject for mail in postman.mails] == ["493021 is your code for Toiya"]


def test_a_letter_that_was_not_liked_is_given_up_and_blames_no_mailbox(
    mika: User, postman: Postman, now: datetime
) -> None:
    postman.script = [Rejected("refused", "5.7.1 looks like spam")]
    message = written(mika, now)
    jobs.send(message.pk)
    message.refresh_from_db()
    mika.refresh_from_db()
    assert (message.status, mika.mail_bounced_at) == ("given_up", None)


def test_an_answer_to_an_older_attempt_is_left_aside(mika: User, now: datetime) -> None:
    message = written(mika, now)
    first = sending.claim_message(message_id=message.pk, at=now)
    assert first is not None
    later = now + rules.CALL_LIMIT
    assert sending.claim_message(message_id=message.pk, at=now) is None, "somebody is at it"
    second = sending.claim_message(message_id=message.pk, at=later)
    assert second is not None
    refused = Rejected(NO_SUCH_RECIPIENT)
    sending.record_refused(message_id=message.pk, attempt=first.attempt, refused=refused, actor=WORLD, at=later)
    message.refresh_from_db()
    assert message.status == "waiting"
    sending.record_sent(message_id=message.pk, attempt=second.attempt, actor=WORLD, at=later)
    message.refresh_from_db()
    assert message.status == "sent"


def test_what_comes_too_late_to_be_of_use_is_not_sent(mika: User, postman: Postman, now: datetime) -> None:
    late = Letter("verify_code", {"useless_after": (now - timedelta(minutes=1)).isoformat()}, "493021")
    message = written(mika, now, late)
    jobs.send(message.pk)
    message.refresh_from_db()
    assert (message.status, message.problem, message.sealed_secret) == ("given_up", "too_late", "")
    assert postman.calls == 0


def test_a_message_id_cannot_be_forged(mika: User, now: datetime) -> None:
    number = written(mika, now).pk
    header = message_id_of(number)
    assert number_of(header) == number
    digest = header.split(".")[2].partition("@")[0]
    for forged in (
        header.replace(f".{number}.", f".{number + 1}."),
        header.replace(digest, "0" * 32),
        f"<toiya.{number}@localhost>",
        "",
        "<abc@example.com>",
    ):
        assert number_of(forged) is None
