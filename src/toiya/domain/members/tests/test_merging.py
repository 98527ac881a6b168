"""Two accounts of one person become one: roles move, the higher stays, the other one is switched off."""

from __future__ import annotations

import pytest

from tests.floor_world import a_person
from tests.world import NOON, WORLD, a_member, a_seller, a_warehouse
from toiya.core.models import EventRow
from toiya.domain.members.actions.merging import NotMergeable, merge_accounts
from toiya.domain.members.models import Membership, Seller, User
from toiya.domain.members.queries import actor_of
from toiya.domain.members.rules.roles import SELLER_ROLES, higher_role

pytestmark = pytest.mark.django_db
EMAIL = "minami@hanataba.example"


def an_account(login: str, seller: Seller, role: str = "owner", email: str = EMAIL) -> User:
    user = a_member(seller, role, email=f"{login}@example.com")
    user.login, user.email = login, email
    user.save()
    return user


def merge(kept: User, other: User) -> None:
    merge_accounts(user_id=kept.pk, other_id=other.pk, actor=WORLD, at=NOON)


def roles() -> set[tuple[str, str, str]]:
    return {(each.user.login, each.seller.name, each.role) for each in Membership.objects.select_related()}


@pytest.mark.seed("L39")
def test_the_other_accounts_shops_come_and_its_log_in_ends() -> None:
    kept, other = an_account("new", a_seller("Aoi")), an_account("old", a_seller("Kaede"), "clerk")

    merge(kept, other)

    other.refresh_from_db()
    assert roles() == {("new", "Aoi", "owner"), ("new", "Kaede", "clerk")}
    assert (other.is_active, actor_of(other, at=NOON)) == (False, None)
    told = EventRow.objects.filter(name__in=["membership.moved", "account.took_over", "account.merged_away"])
    assert [(each.name, each.subject) for each in told.order_by("pk")] == [
        ("membership.moved", str(kept.pk)),
        ("account.took_over", str(kept.pk)),
        ("account.merged_away", str(other.pk)),
    ]


@pytest.mark.parametrize(("mine", "theirs"), [("clerk", "owner"), ("owner", "clerk")])
def test_at_the_same_seller_the_higher_role_stays(mine: str, theirs: str) -> None:
    seller = a_seller("Aoi")
    merge(an_account("new", seller, mine), an_account("old", seller, theirs))
    assert roles() == {("new", "Aoi", "owner")}


def test_the_higher_role_may_do_more() -> None:
    for one in SELLER_ROLES:
        for other in SELLER_ROLES:
            assert len(SELLER_ROLES[higher_role(one, other)]) >= len(SELLER_ROLES[one])


def refused(kept: User, other: User) -> None:
    before = roles()
    with pytest.raises(NotMergeable):
        merge(kept, other)
    assert roles() == before
    assert not EventRow.objects.filter(name__startswith="account.").exists()


def test_another_address_is_another_person() -> None:
    refused(an_account("new", a_seller("Aoi")), an_account("old", a_seller("Kaede"), email="else@example.com"))


def test_the_same_account_a_dead_one_and_none_are_refused() -> None:
    kept, other = an_account("new", a_seller("Aoi")), an_account("old", a_seller("Kaede"))
    refused(kept, kept)
    User.objects.filter(pk=other.pk).update(is_active=False)
    refused(kept, other)
    refused(kept, User(pk=999_999))


def test_the_operators_people_are_refused_on_either_side() -> None:
    staff = a_person(a_warehouse()).user
    staff.email = EMAIL
    staff.save()
    kept = an_account("new", a_seller("Aoi"))
    refused(kept, staff)
    refused(staff, kept)
