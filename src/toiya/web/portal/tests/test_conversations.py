"""Asking about a thing from its page, the list, and what another seller's people find: nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.applicants import an_approver
from tests.world import NOON, a_seller, a_sku, an_order
from toiya.domain.conversations.actions import talking
from toiya.domain.conversations.models import Conversation, Entry

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.mark.seed("L48")
def test_a_question_is_asked_from_the_order_and_answered_in_place(sign_in: SignIn) -> None:
    seller = a_seller()
    order, sku, client = an_order(seller), a_sku(seller), sign_in(seller)
    ask = f"/conversations/new/?kind=order&code={order.code}"
    assert ask.replace("&", "&amp;") in client.get(f"/orders/{order.code}/").content.decode()
    assert f"kind=sku&amp;code={sku.code}" in client.get(f"/skus/{sku.code}/").content.decode()
    assert "We answer within 2 hours of work" in client.get(ask).content.decode()
    sent = {"kind": "order", "code": order.code, "text": "Where is it?", "status": "closed", "side": "operator"}
    answer = client.post("/conversations/new/", sent)
    made = Conversation.objects.get()
    assert answer["Location"] == f"/conversations/{made.code}/"
    assert (made.status, Entry.objects.get().side) == ("waiting_for_operator", "seller")
    assert client.get(ask)["Location"] == f"/conversations/{made.code}/"
    talking.answer(conversation_code=made.code, text="Shelf A.", actor=an_approver(), at=NOON)
    talking.note(conversation_code=made.code, text="Secret words.", actor=an_approver(), at=NOON)
    page = client.get(f"/conversations/{made.code}/").content.decode()
    assert "Shelf A." in page
    assert "Secret words." not in page
    assert client.post(f"/conversations/{made.code}/", {"text": "Thanks", "internal": "1"}).status_code == 302
    assert not Entry.objects.filter(side="seller", is_internal=True).exists()
    assert client.post(f"/conversations/{made.code}/closing/").status_code == 302
    assert client.post(f"/conversations/{made.code}/", {"text": "More"}).status_code == 422


def test_another_sellers_object_or_conversation_is_not_there(sign_in: SignIn) -> None:
    theirs = an_order(a_seller("Hanataba"))
    stranger = sign_in(a_seller("Kumo"))
    for kind in Conversation.Kind.values:
        query = {"kind": kind, "code": theirs.code, "text": "mine"}
        assert stranger.get("/conversations/new/", query).status_code == 404
        assert stranger.post("/conversations/new/", query).status_code == 404
    for query in ({}, {"kind": "order"}, {"kind": "x", "code": theirs.code}, {"kind": "order", "code": "a\x00"}):
        assert stranger.get("/conversations/new/", query).status_code == 404
    assert Conversation.objects.count() == 0


@pytest.mark.parametrize("text", ["", "a\x00b", "a\x1bb", "x" * 4001])
def test_texts_that_cannot_be_kept_come_back_to_the_form(sign_in: SignIn, text: str) -> None:
    seller = a_seller()
    order = an_order(seller)
    answer = sign_in(seller).post("/conversations/new/", {"kind": "order", "code": order.code, "text": text})
    assert answer.status_code == 422
    assert Conversation.objects.count() == 0


def test_tags_stay_text(sign_in: SignIn) -> None:
    seller = a_seller()
    order, client = an_order(seller), sign_in(seller)
    client.post("/conversations/new/", {"kind": "order", "code": order.code, "text": "<img src=x onerror=alert(1)>"})
    page = client.get(f"/conversations/{Conversation.objects.get().code}/").content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_viewer_does_not_talk(sign_in: SignIn) -> None:
    assert sign_in(a_seller(), "viewer").get("/conversations/").status_code == 403


def test_the_list_takes_as_many_queries_for_many_as_for_one(sign_in: SignIn) -> None:
    seller = a_seller()
    client = sign_in(seller)
    counts = []
    for size in (1, 6):
        for _ in range(size):
            sent = {"kind": "order", "code": an_order(seller).code, "text": "x"}
            client.post("/conversations/new/", sent)
        client.get("/conversations/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/conversations/")
        counts.append(len(asked))
    assert len(page.context["rows"]) == 7
    assert counts[0] == counts[1]
