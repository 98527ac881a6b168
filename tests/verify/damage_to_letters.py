"""Damage to proofs and letters: secrets that were kept too long, codes guessed at too often, letters left lying."""

from __future__ import annotations

from datetime import timedelta

from tests.floor_world import acting_as
from tests.verify.damage import breaks, execute, one
from tests.verify.whole_house import LATER, House
from tests.world import WORLD
from toiya.core import events
from toiya.domain.conversations.actions.talking import start_conversation
from toiya.domain.conversations.events import WordsForgotten
from toiya.domain.conversations.models import Conversation
from toiya.domain.outbound.events import BuyerForgotten


def _proof(house: House) -> str:
    owner = "SELECT user_id FROM members_membership WHERE seller_id = %s"
    return str(one(f"SELECT max(id) FROM members_challenge WHERE user_id IN ({owner})", house.one.seller.pk))


def _letter(house: House) -> str:
    return str(one("SELECT max(key) FROM notifications_message WHERE seller_id = %s", house.one.seller.pk))


@breaks("proofs_forget_their_secret")
def a_proof_that_was_sent_and_kept_its_secret(house: House) -> str:
    proof = _proof(house)
    execute("UPDATE members_challenge SET sealed_secret = 'k1:abc', sent_at = made_at WHERE id = %s", proof)
    return proof


@breaks("codes_end_after_five_tries")
def a_code_guessed_at_six_times(house: House) -> str:
    proof = _proof(house)
    execute("UPDATE members_challenge SET wrong_tries = 6 WHERE id = %s", proof)
    return proof


@breaks("letters_forget_their_secret")
def a_sent_letter_that_kept_its_secret(house: House) -> str:
    letter = _letter(house)
    execute("UPDATE notifications_message SET sealed_secret = 'k1:abc' WHERE key = %s", letter)
    return letter


@breaks("letters_do_not_wait_for_ever")
def a_letter_that_waits_since_four_days(house: House) -> str:
    letter = _letter(house)
    execute(
        "UPDATE notifications_message SET status = 'waiting', wanted_at = wanted_at - interval '4 days' WHERE key = %s",
        letter,
    )
    return letter


@breaks("letters_waiting")
def a_letter_that_waits_since_an_hour(house: House) -> str:
    letter = _letter(house)
    execute("UPDATE notifications_message SET status = 'waiting' WHERE key = %s", letter)
    return letter


@breaks("letters_not_delivered")
def a_letter_that_came_back(house: House) -> str:
    letter = _letter(house)
    execute(
        "UPDATE notifications_message SET status = 'bounced', problem = '5.1.1 no such user' WHERE key = %s", letter
    )
    return letter


@breaks("words_are_forgotten_with_their_buyer")
def words_about_an_order_whose_buyer_was_forgotten(house: House) -> str:
    order, at = house.one.orders["waiting"], LATER - timedelta(days=4)
    clerk = acting_as(house.one.picker)
    talk = start_conversation(kind="order", about=order.code, text="For Tanaka?", actor=clerk, at=at)
    forgotten = BuyerForgotten(seller_id=order.seller_id, subject=order.code)
    events.record(forgotten, actor=WORLD, at=at + timedelta(days=1))
    return talk.code


@breaks("letters_forget_with_their_conversation")
def a_letter_that_still_says_what_was_forgotten(house: House) -> str:
    letter, talk = _letter(house), Conversation.objects.filter(seller=house.one.seller).latest("pk")
    execute(
        "UPDATE notifications_message SET kind = 'conversation_said', status = 'sent', sent_at = wanted_at, "
        "words = jsonb_build_object('code', %s::text, 'text', 'For Tanaka?') WHERE key = %s",
        talk.code,
        letter,
    )
    told = WordsForgotten(seller_id=talk.seller_id, subject=talk.code, conversation_id=talk.pk, entries=1)
    events.record(told, actor=WORLD, at=LATER)
    return letter
