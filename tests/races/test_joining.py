"""One assertion shown by eight browsers at once, and one join finished eight times at once: one wins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tests.races.together import together
from tests.world import NOON, WORLD
from toiya.domain.channels.actions.connecting import ShopAlreadyConnected
from toiya.domain.channels.actions.joining import JoinNotTrusted, JoinOver, NewAccount, begin_join, enter, join_new
from toiya.domain.channels.models import Connection, ConsoleLink, PendingJoin, UsedAssertion
from toiya.domain.channels.port import Assertion, IssuedKey
from toiya.domain.channels.tests.pretend_console import AUDIENCE, PretendConsole
from toiya.domain.members.actions.taking_over import Agreement, LoginTaken
from toiya.domain.members.models import Seller, User

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
ISSUED = IssuedKey("a-key", NOON + timedelta(days=365))


def handed_over(console: PretendConsole) -> tuple[str, Assertion]:
    raw = console.hand_over()
    return raw, console.verify_assertion(raw, AUDIENCE, NOON)


def begun(raw: str, assertion: Assertion) -> str:
    return begin_join(channel="qoo10", assertion=assertion, raw=raw, actor=WORLD, at=NOON)


def joined(secret: str, login: str) -> ConsoleLink:
    return join_new(
        secret=secret, account=NewAccount(login), agreement=Agreement({}, "en"), issued=ISSUED, actor=WORLD, at=NOON
    )


def test_a_replayed_assertion_begins_one_join(transactional_db: None) -> None:
    raw, assertion = handed_over(PretendConsole(NOON))
    ends = together([lambda: begun(raw, assertion)] * THREADS)
    assert ends.troubles == []
    assert (len(ends.answers), {type(each) for each in ends.refusals}) == (1, {JoinNotTrusted})
    assert (PendingJoin.objects.count(), UsedAssertion.objects.count()) == (1, 1)


def test_without_the_constraint_all_would_win(transactional_db: None) -> None:
    """The control: nothing but the database's constraint stands between a replay and its success."""
    raw, assertion = handed_over(PretendConsole(NOON))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE channels_usedassertion DROP CONSTRAINT one_use_per_assertion")
    try:
        assert len(together([lambda: begun(raw, assertion)] * THREADS).answers) == THREADS
    finally:
        UsedAssertion.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE channels_usedassertion ADD CONSTRAINT one_use_per_assertion UNIQUE (issuer, token_id)"
            )


def test_an_entry_replayed_at_once_enters_once(transactional_db: None) -> None:
    console = PretendConsole(NOON)
    joined(begun(*handed_over(console)), "minami@hanataba.example")
    _, assertion = handed_over(console)
    ends = together([lambda: enter(channel="qoo10", assertion=assertion, actor=WORLD, at=NOON)] * THREADS)
    assert ends.troubles == []
    assert (len(ends.answers), {type(each) for each in ends.refusals}) == (1, {JoinNotTrusted})


def test_done_pressed_often_makes_one_seller(transactional_db: None) -> None:
    secret = begun(*handed_over(PretendConsole(NOON)))
    ends = together([lambda: joined(secret, "minami@hanataba.example")] * THREADS)
    assert ends.troubles == []
    assert (len(ends.answers), {type(each) for each in ends.refusals}) == (1, {JoinOver})
    assert (Seller.objects.count(), User.objects.count(), ConsoleLink.objects.count()) == (1, 1, 1)


def test_two_browsers_joining_the_same_shop_make_one_seller(transactional_db: None) -> None:
    console = PretendConsole(NOON)
    secrets = [begun(*handed_over(console)) for _ in range(THREADS)]
    ends = together(
        [lambda secret=secret, n=n: joined(secret, f"login-{n}") for n, secret in enumerate(secrets)]  # type: ignore[misc]
    )
    assert ends.troubles == []
    assert len(ends.answers) == 1
    assert {type(each) for each in ends.refusals} <= {ShopAlreadyConnected, LoginTaken}
    assert (Seller.objects.count(), Connection.objects.count(), ConsoleLink.objects.count()) == (1, 1, 1)
