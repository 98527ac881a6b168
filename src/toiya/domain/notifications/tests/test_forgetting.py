"""A file of orders, what was said about them and the letters about that forget the buyer with the order (R25)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests import centres_world
from tests.floor_world import a_person, acting_as
from tests.forgetting_world import where_named
from tests.imports_world import applied, checked, csv_file, owner_of, states, undone
from tests.packing_world import problems
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, an_order
from toiya.core.models import EventRow
from toiya.domain.conversations.actions.talking import answer, note, start_conversation
from toiya.domain.conversations.forgetting import to_forget
from toiya.domain.conversations.models import Conversation, Entry
from toiya.domain.imports.jobs import sweep_at
from toiya.domain.imports.models import ImportSession
from toiya.domain.members.models import Seller
from toiya.domain.notifications.actions.forgetting import forget_said
from toiya.domain.notifications.actions.telling_conversations import tell_of_words
from toiya.domain.notifications.models import Message
from toiya.domain.orders.models import Order
from toiya.domain.outbound.actions.cancelling import cancel_order
from toiya.domain.outbound.actions.forgetting import forget_buyer
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
NAME = "髙橋 暁子"
DAYS = settings.BUYER_KEPT_DAYS
OVER = NOON + timedelta(days=DAYS)
HEAD = ["Reference order no.", "Product name", "Receiver name", "Receiver phone", "Postcode", "Address"]
HEAD += ["Branch", "Seller SKU code", "Quantity"]


@pytest.fixture
def seller(db: None) -> Seller:
    seller = a_seller()
    centres_world.applied(seller, a_warehouse())
    a_sku(seller)
    return seller


def a_file(seller: Seller) -> ImportSession:
    """Two rows for one buyer: one is taken, one has a flaw."""
    home = [NAME, "047-431-2111", "273-0017", "千葉県船橋市西浦1-2-3", "FNB"]
    rows = [[number, "Linen tote", *home, "LT-NVM", pieces] for number, pieces in (("1", "1"), ("2", "none"))]
    return applied(checked(seller, "managed-orders", csv_file(HEAD, *rows)))


def talked_about(order: Order) -> Conversation:
    """Seller and operator, with a note of the operator's; letters were written."""
    owner, clerk = owner_of(order.seller), acting_as(a_person(Warehouse.objects.get(), "floor_lead"))
    text = f"{NAME} moved"
    talk = start_conversation(kind="order", about=order.code, text=text, actor=owner, at=NOON)
    note(conversation_code=talk.code, text=f"Call {NAME}", actor=clerk, at=NOON)
    answer(conversation_code=talk.code, text=f"Where does {NAME} live now?", actor=clerk, at=NOON)
    tell_of_words(conversation_id=talk.pk, actor=WORLD, at=NOON + timedelta(minutes=5))
    Message.objects.update(status="sent", sent_at=NOON + timedelta(minutes=5))
    return talk


def night(at: datetime) -> None:
    """What the jobs of one night forget."""
    sweep_at(at)
    for order in Order.objects.all():
        forget_buyer(order_id=order.pk, days=DAYS, actor=WORLD, at=at)
    for talk in to_forget(at, DAYS):
        forget_said(conversation_id=talk.pk, days=DAYS, actor=WORLD, at=at)


def test_the_name_stands_in_no_file_conversation_or_letter_any_more(seller: Seller) -> None:
    session = a_file(seller)
    order = Order.objects.get()
    talk = talked_about(order)
    cancel_order(order_code=order.code, reason="by_seller", actor=WORLD, at=NOON)
    said = {"conversations_entry", "notifications_message"}
    assert set(where_named(NAME)) == said | {"imports_importrow", "orders_address"}
    assert Message.objects.filter(kind="conversation_said").count() == 2

    night(OVER - timedelta(minutes=1))
    assert set(where_named(NAME)) == said | {"orders_address"}
    for _ in range(2):
        night(OVER)

    assert where_named(NAME) == []
    entries = Entry.objects.filter(conversation=talk).order_by("pk").values_list("side", "is_internal", "text")
    assert list(entries) == [("seller", False, ""), ("operator", True, ""), ("operator", False, "")]
    assert EventRow.objects.get(name="conversation.words_forgotten").data == {"conversation_id": talk.pk, "entries": 3}
    assert problems() == []
    session.refresh_from_db()
    assert states(session) == {2: "applied", 3: "to_mend"}
    assert undone(session).status == "undone"


def test_a_file_of_orders_goes_before_any_of_them_can_be_over(seller: Seller) -> None:
    session = a_file(seller)
    sweep_at(NOON + timedelta(days=DAYS - 1))
    session.refresh_from_db()
    assert session.forgotten_at is None
    sweep_at(NOON + timedelta(days=DAYS - 1, seconds=1))
    assert where_named(NAME) == ["orders_address"]
    assert problems() == []


def test_what_is_said_later_is_forgotten_when_it_is_as_old_and_other_conversations_stay(seller: Seller) -> None:
    order, other = an_order(seller), an_order(seller)
    talk = talked_about(order)
    kept = start_conversation(kind="order", about=other.code, text=NAME, actor=owner_of(seller), at=NOON)
    cancel_order(order_code=order.code, reason="by_seller", actor=WORLD, at=NOON)
    night(OVER)
    answer(conversation_code=talk.code, text=f"{NAME} writes", actor=owner_of(seller), at=OVER + timedelta(days=1))

    def words() -> list[str]:
        return list(Entry.objects.exclude(text="").order_by("pk").values_list("text", flat=True))

    night(OVER + timedelta(days=DAYS))
    assert words() == [NAME, f"{NAME} writes"]
    night(OVER + timedelta(days=DAYS + 1))
    assert words() == [NAME]
    assert Entry.objects.get(conversation=kept).text == NAME


def test_words_may_become_empty_and_nothing_else(seller: Seller) -> None:
    talk = talked_about(an_order(seller))
    entries = Entry.objects.filter(conversation=talk)
    for change in ({"text": "other"}, {"side": "seller"}, {"text": "", "author_name": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            entries.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        entries._raw_delete("default")
    assert entries.exclude(text="").count() == 3
