"""Mails about new orders: one for all that came in, to verified mailboxes, with nothing about the buyers (A046)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.letters import Postman, work_off
from tests.world import WORLD, a_member, a_seller, a_shop, an_order, judged
from toiya.domain.members.models import Seller, User
from toiya.domain.notifications import queries
from toiya.domain.notifications.actions.order_news import write_order_news
from toiya.domain.notifications.jobs import sending as jobs
from toiya.domain.notifications.models import Message, OrderNews

pytestmark = pytest.mark.django_db
A_WHILE = timedelta(minutes=16)


@pytest.fixture
def hanataba(db: None, now: datetime) -> Seller:
    return a_seller(at=now)


def a_reader(seller: Seller, email: str, at: datetime, **more: object) -> User:
    user = a_member(seller, email=email)
    User.objects.filter(pk=user.pk).update(**{"email_verified_at": at, "language": "en", **more})
    return User.objects.get(pk=user.pk)


@pytest.mark.seed("A046")
def test_the_orders_of_a_quarter_of_an_hour_come_in_one_mail(hanataba: Seller, postman: Postman, now: datetime) -> None:
    a_reader(hanataba, "mika@example.com", now)
    shop = a_shop(hanataba, at=now)
    orders = [an_order(hanataba, at=now - A_WHILE + timedelta(minutes=each), shop_code=shop.code) for each in range(3)]
    judged(orders[0], at=now)
    assert queries.sellers_with_news(now, 10) == [hanataba.pk]
    jobs.sweep(0)
    work_off()
    (mail,) = postman.mails
    assert mail.subject == "3 new orders for Hanataba"
    for words in (
        "Hanataba on Qoo10: 3",
        "1 of them has to wait:",
        "No SKU with the site's code: 1",
        *(order.code for order in orders),
    ):
        assert words in mail.text
    for secret in ("田中", "090-1234", "船橋市", "273-0017"):
        assert secret not in mail.text + mail.html
    jobs.sweep(0)
    work_off()
    assert len(postman.mails) == 1, "nothing is told twice"


def test_orders_are_collected_first(hanataba: Seller, postman: Postman, now: datetime) -> None:
    a_reader(hanataba, "mika@example.com", now)
    an_order(hanataba, at=now - timedelta(minutes=14))
    assert queries.sellers_with_news(now, 10) == []
    assert queries.sellers_with_news(now + timedelta(minutes=1), 10) == [hanataba.pk]


def test_only_verified_mailboxes_that_want_it_and_take_our_mail_are_written_to(
    hanataba: Seller, postman: Postman, now: datetime
) -> None:
    a_reader(hanataba, "yes@example.com", now)
    a_reader(hanataba, "unverified@example.com", now, email_verified_at=None)
    a_reader(hanataba, "unwilling@example.com", now, wants_order_mails=False)
    a_reader(hanataba, "refusing@example.com", now, mail_bounced_at=now)
    a_reader(hanataba, "gone@example.com", now, is_active=False)
    a_reader(a_seller("Kumo", at=now), "other@example.com", now)
    an_order(hanataba, at=now - A_WHILE)
    assert write_order_news(seller_id=hanataba.pk, actor=WORLD, at=now) == 1
    work_off()
    assert [mail.recipient for mail in postman.mails] == ["yes@example.com"]
    assert OrderNews.objects.get().told_up_to > 0


def test_running_twice_writes_nothing_twice(hanataba: Seller, now: datetime) -> None:
    a_reader(hanataba, "mika@example.com", now)
    an_order(hanataba, at=now - A_WHILE)
    assert write_order_news(seller_id=hanataba.pk, actor=WORLD, at=now) == 1
    assert write_order_news(seller_id=hanataba.pk, actor=WORLD, at=now) == 0
    OrderNews.objects.all().delete()
    write_order_news(seller_id=hanataba.pk, actor=WORLD, at=now)
    assert Message.objects.count() == 1
