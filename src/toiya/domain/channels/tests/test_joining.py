"""Joining, linking and entering from a site's console: who somebody is says (channel, shop id), never the e-mail."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.books import findings
from tests.world import NOON, WORLD, a_member, a_seller, a_shop, acting_for
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.channels import queries
from toiya.domain.channels.actions.connecting import ShopAlreadyConnected, access_to
from toiya.domain.channels.actions.join_upkeep import sweep_joins
from toiya.domain.channels.actions.joining import (
    LONGEST_PENDING,
    JoinNotTrusted,
    JoinOver,
    MayNotLink,
    NewAccount,
    assertion_of,
    begin_join,
    enter,
    join_existing,
    join_new,
    renew_join,
    unlink_shop,
)
from toiya.domain.channels.models import Connection, ConsoleLink, PendingJoin, UsedAssertion
from toiya.domain.channels.port import IssuedKey
from toiya.domain.channels.tests.pretend_console import AUDIENCE, PretendConsole
from toiya.domain.members.actions.taking_over import Agreement, LoginTaken
from toiya.domain.members.models import BusinessProfile, Consent, Seller, User
from toiya.domain.members.rules.documents import VERSIONS

pytestmark = pytest.mark.django_db
EMAIL = "minami@hanataba.example"
ISSUED = IssuedKey("a-key", NOON + timedelta(days=365))
AGREED = Agreement(VERSIONS, "ja")


@pytest.fixture
def console() -> PretendConsole:
    return PretendConsole(NOON)


def begun(console: PretendConsole, at: datetime = NOON, **how: str) -> str:
    raw = console.hand_over(**how)  # type: ignore[arg-type]
    assertion = console.verify_assertion(raw, AUDIENCE, at)
    return begin_join(channel="qoo10", assertion=assertion, raw=raw, actor=WORLD, at=at)


def newly_joined(console: PretendConsole, login: str = EMAIL, **how: str) -> ConsoleLink:
    return join_new(
        secret=begun(console, **how), account=NewAccount(login), agreement=AGREED, issued=ISSUED, actor=WORLD, at=NOON
    )


def linked(console: PretendConsole, user: User, seller_code: str, **how: str) -> ConsoleLink:
    return join_existing(
        secret=begun(console, **how),
        user_id=user.pk,
        seller_code=seller_code,
        agreement=AGREED,
        issued=ISSUED,
        actor=WORLD,
        at=NOON,
    )


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Seller, User, Connection, ConsoleLink, Consent, BusinessProfile))


@pytest.mark.seed("A028", "A029", "A033")
def test_a_new_seller_joins_with_what_the_site_knows(console: PretendConsole) -> None:
    link = newly_joined(console)

    user, seller, shop = link.user, link.seller, link.connection
    assert (user.login, user.email, user.email_verified_at, user.verify_by) == (EMAIL, EMAIL, NOON, None)
    assert (user.name, user.phone, user.has_usable_password()) == ("田中 みなみ", "+819000000000", False)
    assert (seller.name, seller.country, seller.currency, seller.status) == ("Hanataba on Qoo10", "JP", "JPY", "active")
    assert (seller.profile.company_name, seller.profile.address) == ("花束株式会社", "273-0012 千葉県船橋市浜町2-1-1")
    assert [each.role for each in user.memberships.all()] == ["owner"]
    assert (shop.seller_id, shop.channel, shop.shop_id, access_to(shop).key) == (
        seller.pk, "qoo10", "hanataba", "a-key",
    )  # fmt: skip
    assert {(each.document, each.version, each.language) for each in Consent.objects.all()} == {
        (name, version, "ja") for name, version in VERSIONS.items()
    }
    names = ["join.begun", "seller.joined", "member.signed_up", "shop.connected", "shop.linked"]
    assert list(EventRow.objects.order_by("pk").values_list("name", flat=True)) == names
    assert not PendingJoin.objects.exists()
    assert findings() == []


@pytest.mark.seed("A034")
def test_fulfilment_is_applied_for_separately(console: PretendConsole) -> None:
    seller = newly_joined(console).seller
    assert (seller.uses_fulfilment, seller.uses_smart_delivery) == (False, False)
    assert not seller.applications.exists()


def test_a_country_that_approves_first_does_so_here_too(console: PretendConsole) -> None:
    seller = newly_joined(console, country="KR").seller
    assert (seller.status, seller.currency) == ("pending", "KRW")


@pytest.mark.seed("A050")
def test_the_shops_registered_address_is_kept_with_the_link_and_never_decides(console: PretendConsole) -> None:
    link = newly_joined(console)
    assert link.email == EMAIL
    raw = console.hand_over(email="somebody@else.example")
    entered = enter(channel="qoo10", assertion=console.verify_assertion(raw, AUDIENCE, NOON), actor=WORLD, at=NOON)
    assert (entered.pk, entered.user_id) == (link.pk, link.user_id)
    link.refresh_from_db()
    assert link.email == EMAIL


def test_an_assertion_counts_once(console: PretendConsole) -> None:
    raw = console.hand_over()
    assertion = console.verify_assertion(raw, AUDIENCE, NOON)
    begin_join(channel="qoo10", assertion=assertion, raw=raw, actor=WORLD, at=NOON)

    with pytest.raises(JoinNotTrusted):
        begin_join(channel="qoo10", assertion=assertion, raw=raw, actor=WORLD, at=NOON)

    assert (PendingJoin.objects.count(), UsedAssertion.objects.count()) == (1, 1)


def test_one_that_began_a_join_enters_nobody(console: PretendConsole) -> None:
    newly_joined(console)
    raw = console.hand_over()
    assertion = console.verify_assertion(raw, AUDIENCE, NOON)
    enter(channel="qoo10", assertion=assertion, actor=WORLD, at=NOON)
    with pytest.raises(JoinNotTrusted):
        enter(channel="qoo10", assertion=assertion, actor=WORLD, at=NOON)


@pytest.mark.parametrize("secret", ["", "guess"])
def test_a_join_belongs_to_whoever_holds_its_secret(console: PretendConsole, secret: str) -> None:
    begun(console)
    before = counts()
    with pytest.raises(JoinOver):
        join_new(secret=secret, account=NewAccount(EMAIL), agreement=AGREED, issued=ISSUED, actor=WORLD, at=NOON)
    assert counts() == before
    assert queries.pending_join(secret, NOON) is None


def test_a_join_ends_after_half_an_hour_unless_somebody_works_on_it(console: PretendConsole) -> None:
    secret = begun(console)
    later = NOON + timedelta(minutes=29)
    renew_join(secret=secret, at=later)
    assert queries.pending_join(secret, NOON + timedelta(minutes=58)) is not None
    with pytest.raises(JoinOver):
        renew_join(secret=secret, at=NOON + timedelta(minutes=59))


def test_working_on_a_join_does_not_outlast_the_sites_day(console: PretendConsole) -> None:
    secret, at = begun(console), NOON
    while at < NOON + LONGEST_PENDING:
        renew_join(secret=secret, at=at)
        at += timedelta(minutes=20)
    with pytest.raises(JoinOver):
        renew_join(secret=secret, at=NOON + LONGEST_PENDING)


def test_the_assertion_lies_sealed_and_bound_to_its_join(console: PretendConsole) -> None:
    pending = PendingJoin.objects.get(secret_hash=queries.hash_of(begun(console)))
    assert "signed" not in pending.sealed_assertion
    assert assertion_of(pending) == "signed.1.hanataba"


def test_a_shop_of_another_seller_is_refused_without_saying_whose(console: PretendConsole) -> None:
    a_shop(a_seller("Kumo"))
    mine = a_seller("Mine")
    owner = a_member(mine)
    before = counts()

    for attempt in (lambda: newly_joined(console), lambda: linked(console, owner, mine.code)):
        with pytest.raises(ShopAlreadyConnected) as caught:
            attempt()
        assert "Kumo" not in str(caught.value)

    assert counts() == before


@pytest.mark.seed("A036")
def test_an_account_is_linked_to_its_own_connected_shop_with_the_new_key(console: PretendConsole) -> None:
    seller = a_seller()
    shop, owner = a_shop(seller), a_member(seller)

    link = linked(console, owner, seller.code)

    assert (link.connection_id, link.user_id, link.seller_id) == (shop.pk, owner.pk, seller.pk)
    assert Connection.objects.count() == 1
    assert "shop.key_renewed" in EventRow.objects.values_list("name", flat=True)


@pytest.mark.parametrize("role", ["clerk", "accountant", "viewer"])
def test_a_role_that_connects_no_shops_links_none(console: PretendConsole, role: str) -> None:
    seller = a_seller()
    person = a_member(seller, role)
    before = counts()
    with pytest.raises(MayNotLink):
        linked(console, person, seller.code)
    assert counts() == before


def test_another_sellers_code_links_nothing(console: PretendConsole) -> None:
    person, other = a_member(a_seller()), a_seller("Kumo")
    with pytest.raises(MayNotLink):
        linked(console, person, other.code)
    assert not ConsoleLink.objects.exists()


@pytest.mark.seed("L39")
def test_one_person_has_several_shops(console: PretendConsole) -> None:
    first = a_seller()
    owner = a_member(first)

    link = linked(console, owner, "")

    assert link.seller_id != first.pk
    assert {each.seller_id for each in owner.memberships.all()} == {first.pk, link.seller_id}
    assert User.objects.count() == 1


def test_a_log_in_id_that_was_taken_meanwhile_makes_nothing(console: PretendConsole) -> None:
    a_member(a_seller(), email=EMAIL)
    before = counts()
    with pytest.raises(LoginTaken):
        newly_joined(console)
    assert counts() == before
    assert PendingJoin.objects.count() == 1


def test_a_new_account_beside_one_with_the_address_gets_an_id_of_its_own(console: PretendConsole) -> None:
    a_member(a_seller(), email=EMAIL)
    pending = PendingJoin.objects.get(secret_hash=queries.hash_of(begun(console)))
    assert queries.free_login(pending) == "qoo10-hanataba"
    newly_joined(console, login="qoo10-hanataba")
    pending = PendingJoin.objects.get(secret_hash=queries.hash_of(begun(console)))
    assert queries.free_login(pending) == "qoo10-hanataba-2"


def test_a_link_dies_with_its_person(console: PretendConsole) -> None:
    link = newly_joined(console)
    assert queries.living_link("qoo10", "hanataba") == link
    link.user.memberships.all().delete()
    assert queries.living_link("qoo10", "hanataba") is None
    assertion = console.verify_assertion(console.hand_over(), AUDIENCE, NOON)
    with pytest.raises(JoinOver):
        enter(channel="qoo10", assertion=assertion, actor=WORLD, at=NOON)


def test_who_unlinks_keeps_the_shop_and_others_cannot(console: PretendConsole) -> None:
    link = newly_joined(console)
    with pytest.raises(NotFound):
        unlink_shop(link_id=link.pk, actor=acting_for(a_seller("Kumo")), at=NOON)
    assert ConsoleLink.objects.exists()

    unlink_shop(link_id=link.pk, actor=acting_for(link.seller), at=NOON)

    assert (ConsoleLink.objects.count(), Connection.objects.count()) == (0, 1)
    assert EventRow.objects.order_by("-pk")[0].name == "shop.unlinked"


def test_what_is_over_is_forgotten(console: PretendConsole) -> None:
    begun(console)
    assert sweep_joins(at=NOON + timedelta(minutes=5)) == 0
    assert sweep_joins(at=NOON + timedelta(minutes=6)) == 1
    assert sweep_joins(at=NOON + timedelta(minutes=30)) == 1
    assert not PendingJoin.objects.exists()
    assert not UsedAssertion.objects.exists()
