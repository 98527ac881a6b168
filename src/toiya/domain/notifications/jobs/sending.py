"""Background doors of the letters: sending, proofs, notices, and what became due meanwhile."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.core.errors import Rejected, Unreachable
from toiya.core.jobs import WakeUp, wake_all
from toiya.domain.members.actions.asking import answer_reset_wish, begin_email_proof
from toiya.domain.members.proving import Purpose
from toiya.domain.notifications import queries
from toiya.domain.notifications.actions import order_news, proving, sending
from toiya.domain.notifications.actions.writing import QUEUE
from toiya.domain.notifications.message_ids import message_id_of
from toiya.domain.notifications.models import Message
from toiya.domain.notifications.plugs import mailer, sms_gateway
from toiya.domain.notifications.port import Mail, Sms
from toiya.domain.notifications.rendering import written

ACTOR = system_actor("notifications")
_MOST_AT_ONCE = 500


@app.task(name="notifications.send", queue=QUEUE)
def send(message_id: int) -> None:
    """
    Send one letter. Trouble is kept on it, not raised: the letter says when to try again, not the queue.

    Safe to run twice and beside itself: only the last attempt counts, and a letter keeps its Message-ID.
    """
    claim = sending.claim_message(message_id=message_id, at=clock.now())
    if claim is None:
        return
    try:
        _hand_over(claim)
    except Rejected as refused:
        sending.record_refused(
            message_id=message_id, attempt=claim.attempt, refused=refused, actor=ACTOR, at=clock.now()
        )
    except Unreachable as failure:
        _no_answer(claim, failure)
    except Exception as bug:
        # The outcome is as unknown as without an answer; raised on, so that it is logged and seen.
        _no_answer(claim, Unreachable("plug_broken", type(bug).__name__))
        raise
    else:
        sending.record_sent(message_id=message_id, attempt=claim.attempt, actor=ACTOR, at=clock.now())


def _hand_over(claim: sending.Claim) -> None:
    """Make the letter and give it to the server, with no transaction open."""
    with transaction.atomic(durable=True):
        pass
    message = claim.message
    letter = written(message, claim.secret)
    header = message_id_of(message.pk)
    if message.channel == Message.Channel.SMS:
        sms_gateway().send_sms(Sms(header.strip("<>").partition("@")[0], message.recipient, letter.text))
        return
    to = (message.recipient, message.name, message.language)
    reply_to = str(message.words.get("reply_to", ""))
    mailer().send(Mail(header, *to, letter.subject, letter.text, letter.html, reply_to))


def _no_answer(claim: sending.Claim, failure: Unreachable) -> None:
    sending.record_unanswered(
        message_id=claim.message.pk, attempt=claim.attempt, failure=failure, actor=ACTOR, at=clock.now()
    )


@app.periodic(cron="* * * * *")
@app.task(name="notifications.sweep", queue=QUEUE)
def sweep(timestamp: int) -> None:
    """Wake what is due: letters to be tried again, and sellers with orders nobody was written about."""
    at = clock.now()
    with transaction.atomic():
        due = [WakeUp("notifications.send", "message_id", number, QUEUE) for number in queries.due(at, _MOST_AT_ONCE)]
        news = queries.sellers_with_news(at, _MOST_AT_ONCE)
        wake_all([*due, *(WakeUp("notifications.tell_orders", "seller_id", seller, QUEUE) for seller in news)])


@app.task(name="notifications.tell_orders", queue=QUEUE)
def tell_orders(seller_id: int) -> None:
    """Write a seller's people about the orders that came in."""
    order_news.write_order_news(seller_id=seller_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.begin_link", queue=QUEUE)
def begin_link(user_id: int) -> None:
    """Send a person the first link to verify their mailbox."""
    begin_email_proof(user_id=user_id, purpose=Purpose.EMAIL_LINK, actor=ACTOR, at=clock.now())


@app.task(name="notifications.begin_code", queue=QUEUE)
def begin_code(user_id: int) -> None:
    """Send a person the first code to verify their mailbox (A049)."""
    begin_email_proof(user_id=user_id, purpose=Purpose.EMAIL_CODE, actor=ACTOR, at=clock.now())


@app.task(name="notifications.post_challenge", queue=QUEUE)
def post_challenge(challenge_id: int) -> None:
    """Write the letter that carries a proof."""
    proving.post_challenge(challenge_id=challenge_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.answer_reset", queue=QUEUE)
def answer_reset(wish_id: int) -> None:
    """Look who asked for a new password, and send each account its link."""
    answer_reset_wish(wish_id=wish_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.tell_email_changed", queue=QUEUE)
def tell_email_changed(challenge_id: int) -> None:
    """Tell the mailbox of before."""
    proving.tell_email_changed(challenge_id=challenge_id, actor=ACTOR, at=clock.now())


@app.task(name="notifications.tell_password_reset", queue=QUEUE)
def tell_password_reset(challenge_id: int) -> None:
    """Tell a person that their password was set anew."""
    proving.tell_password_reset(challenge_id=challenge_id, actor=ACTOR, at=clock.now())
