"""The team: inviting, accepting, roles, removing, the switcher, keys, the audit; and what attackers try."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.floor_world import a_person
from tests.proven import entered
from tests.world import PASSWORD, a_key, a_member, a_seller, a_warehouse, actor_for, an_invitation, an_order
from toiya.core import secrets
from toiya.core.errors import Refusal
from toiya.core.models import EventRow
from toiya.domain.members.actions.inviting import Guest, accept_invitation, bound_to, invite
from toiya.domain.members.actions.joining import add_member
from toiya.domain.members.actions.team import LastOwner, RoleAboveOwn, change_role, remove_member
from toiya.domain.members.models import ApiKey, Invitation, Membership, Seller, SignedIn, Staff, User
from toiya.domain.members.queries import actor_of_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def owner(seller: Seller) -> User:
    return a_member(seller, email="owner@example.com")


def link_of(invitation: Invitation) -> str:
    row = Invitation.objects.get(pk=invitation.pk)
    return f"/invitation/{secrets.unseal(row.sealed_secret, bound_to=bound_to(row.code))}/"


def invited(seller: Seller, email: str = "guest@example.com", role: str = "clerk") -> Invitation:
    owner = Membership.objects.filter(seller=seller, role="owner").first() or a_member(seller).memberships.get()
    return invite(seller_id=seller.pk, guest=Guest(email, role), actor=actor_for(owner.user, seller), at=timezone.now())


def role_of(user: User, seller: Seller) -> str:
    return Membership.objects.filter(user=user, seller=seller).values_list("role", flat=True).first() or ""


@pytest.mark.seed("L51")
def test_a_new_person_accepts_and_is_in(seller: Seller, owner: User) -> None:
    client = entered(owner)
    answer = client.post("/settings/team/", {"email": "Guest@example.com", "role": "clerk"})
    assert answer.status_code == 302
    link = link_of(Invitation.objects.get())
    guest = Client()
    assert guest.post(link, {"name": "Yuki", "password": "12345678"}).status_code == 422
    answer = guest.post(link, {"name": "Yuki", "password": "Warm-kettle-47", "role": "owner", "is_active": "0"})
    assert answer["Location"] == "/"
    person = User.objects.get(email="guest@example.com")
    assert role_of(person, seller) == "clerk"
    assert person.email_verified_at is not None
    assert guest.get("/orders/").status_code == 200
    assert EventRow.objects.filter(name="team.joined", seller_id=seller.pk).count() == 1


def test_a_known_person_signs_in_and_accepts(seller: Seller, owner: User) -> None:
    known = a_member(a_seller("Kumo"), email="guest@example.com")
    link = link_of(invited(seller))
    assert "Sign in, and the role is yours" in Client().get(link).content.decode()
    assert Client().post(link, {"name": "Thief", "password": "Warm-kettle-47"}).status_code == 200
    assert role_of(known, seller) == ""
    client = entered(known)
    assert client.post(link)["Location"] == "/"
    assert role_of(known, seller) == "clerk"
    assert client.session["seller_code"] == seller.code


def test_an_invitation_is_for_one_mailbox_and_works_once(seller: Seller, owner: User) -> None:
    link = link_of(invited(seller))
    thief = a_member(a_seller("Kumo"))
    client = entered(thief)
    assert "another e-mail" in client.get(link).content.decode()
    assert client.post(link).status_code == 409
    assert role_of(thief, seller) == ""
    assert Client().post(link, {"name": "Yuki", "password": "Warm-kettle-47"}).status_code == 302
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"name": "Yuki", "password": "Warm-kettle-47"}).status_code == 404


def test_old_revoked_and_replaced_links_are_gone(seller: Seller, owner: User) -> None:
    client = entered(owner)
    old = invited(seller, "old@example.com")
    link = link_of(old)
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link).status_code == 404
    again = invited(seller, "again@example.com")
    first = link_of(again)
    client.post(f"/settings/team/invitations/{again.code}/resending/")
    assert Client().get(first).status_code == 404
    second = link_of(again)
    assert Client().get(second).status_code == 200
    client.post(f"/settings/team/invitations/{again.code}/revocation/")
    assert Client().get(second).status_code == 404
    assert "sealed" not in str(Invitation.objects.get(pk=again.pk).sealed_secret)


def test_nobody_gives_a_role_above_their_own(seller: Seller, owner: User) -> None:
    manager = a_member(seller, "manager")
    client = entered(manager)
    assert client.post("/settings/team/", {"email": "x@example.com", "role": "owner"}).status_code == 200
    assert client.post(f"/settings/team/{manager.pk}/", {"role": "owner"}).status_code == 403
    acting = actor_for(manager, seller)
    with pytest.raises(RoleAboveOwn):
        invite(seller_id=seller.pk, guest=Guest("x@example.com", "owner"), actor=acting, at=timezone.now())
    for user, role in ((manager, "owner"), (owner, "viewer")):
        with pytest.raises(RoleAboveOwn):
            change_role(seller_id=seller.pk, user_id=user.pk, role=role, actor=acting, at=timezone.now())
    with pytest.raises(RoleAboveOwn):
        remove_member(seller_id=seller.pk, user_id=owner.pk, actor=acting, at=timezone.now())
    assert Invitation.objects.count() == 0
    assert (role_of(owner, seller), role_of(manager, seller)) == ("owner", "manager")


@pytest.mark.parametrize("role", ["administrator", "picker", "OWNER", "", "owner'--"])
def test_a_posted_role_that_is_none_of_the_shops_is_refused(seller: Seller, owner: User, role: str) -> None:
    clerk = a_member(seller, "clerk")
    client = entered(owner)
    assert client.post("/settings/team/", {"email": "x@example.com", "role": role}).status_code == 422
    assert client.post(f"/settings/team/{clerk.pk}/", {"role": role}).status_code == 422
    assert (Invitation.objects.count(), role_of(clerk, seller)) == (0, "clerk")


def test_the_last_owner_stays(seller: Seller, owner: User) -> None:
    client = entered(owner)
    assert client.post(f"/settings/team/{owner.pk}/", {"role": "clerk"}).status_code == 422
    assert client.post(f"/settings/team/{owner.pk}/removal/").status_code == 409
    assert role_of(owner, seller) == "owner"


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_remove_each_other_one_stays() -> None:
    seller = a_seller()
    pair = [a_member(seller, "owner") for _ in range(2)]
    actors = [actor_for(user, seller) for user in pair]
    barrier, refusals = Barrier(2), []

    def remove(number: int) -> None:
        barrier.wait()
        try:
            remove_member(seller_id=seller.pk, user_id=pair[1 - number].pk, actor=actors[number], at=timezone.now())
        except Refusal as refusal:
            refusals.append(type(refusal))
        finally:
            connection.close()

    threads = [Thread(target=remove, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert refusals[0] in {LastOwner, RoleAboveOwn}
    assert Membership.objects.filter(seller=seller, role="owner").count() == 1


def test_who_is_removed_is_out_at_once_with_keys_and_sessions(seller: Seller, owner: User) -> None:
    second = a_member(seller, "owner", "second@example.com")
    key, secret = a_key(seller, maker=second)
    theirs = entered(second)
    assert theirs.get("/orders/").status_code == 200
    assert entered(owner).post(f"/settings/team/{second.pk}/removal/").status_code == 302
    assert theirs.get("/orders/").status_code == 302
    assert SignedIn.objects.filter(user=second).count() == 0
    assert ApiKey.objects.get(pk=key.pk).revoked_at is not None
    assert actor_of_key(secret, timezone.now()) is None


def test_an_account_is_the_operators_or_the_sellers(seller: Seller, owner: User) -> None:
    house = a_warehouse()
    staff = a_person(house, "administrator")
    token = link_of(invited(seller, staff.user.email))
    assert entered(staff.user).post(token).status_code == 409
    assert role_of(staff.user, seller) == ""
    guest = Guest(owner.email, "picker")
    mine = invite(seller_id=None, guest=guest, actor=actor_for(staff.user), at=timezone.now())
    with pytest.raises(Refusal) as raised:
        accept_invitation(
            token=link_of(mine).split("/")[2], user_id=owner.pk, actor=actor_for(owner), at=timezone.now()
        )
    assert raised.value.code == "keep_apart"
    assert not Staff.objects.filter(user=owner).exists()


@pytest.mark.seed("L39")
def test_one_person_changes_between_their_shops(seller: Seller, owner: User) -> None:
    kumo = a_seller("Kumo")
    add_member(seller=kumo, user=owner, role="viewer")
    mine, theirs = an_order(seller), an_order(kumo)
    client = entered(owner)
    page = client.get("/").content.decode()
    assert 'id="shop-menu"' in page
    assert f'value="{kumo.code}"' in page
    assert client.get(f"/orders/{mine.code}/").status_code == 200
    offer = client.get(f"/orders/{theirs.code}/")
    assert offer.status_code == 404
    assert "Change to Kumo" in offer.content.decode()
    answer = client.post("/shop/", {"seller": kumo.code, "next": f"/orders/{theirs.code}/"})
    assert answer["Location"] == f"/orders/{theirs.code}/"
    assert client.get(f"/orders/{theirs.code}/").status_code == 200
    assert client.get("/settings/keys/").status_code == 403
    assert client.get(f"/orders/{mine.code}/").status_code == 404


def test_another_ones_shop_cannot_be_chosen_and_is_not_told_of(seller: Seller, owner: User) -> None:
    kumo, sora = a_seller("Kumo"), a_seller("Sora")
    add_member(seller=kumo, user=owner, role="viewer")
    theirs = an_order(sora)
    client = entered(owner)
    assert client.post("/shop/", {"seller": sora.code}).status_code == 404
    assert client.post("/shop/", {"seller": kumo.code, "next": "https://evil.example"})["Location"] == "/"
    told = [client.get(f"/orders/{code}/").content.decode() for code in (theirs.code, "ORD-222222-2")]
    assert "Change to" not in told[0]
    assert told[0].replace(theirs.code, "") == told[1].replace("ORD-222222-2", "") or "Sora" not in told[0]


def test_a_key_is_shown_once_and_does_at_most_what_its_maker_may(seller: Seller, owner: User) -> None:
    client = entered(owner)
    answer = client.post("/settings/keys/", {"name": "sheet", "scopes": ["see_stock"], "days": "30"})
    page = answer.content.decode()
    key = ApiKey.objects.get()
    secret = next(
        word
        for word in page.replace('"', " ").replace("<", " ").replace(">", " ").split()
        if word.startswith(key.beginning) and len(word) > 40
    )
    assert actor_of_key(secret, timezone.now()) is not None
    assert secret not in client.get("/settings/keys/").content.decode()
    assert secret not in str(ApiKey.objects.values())
    for scopes in (["edit_team"], ["see_stock", "edit_keys"], ["nonsense"], []):
        assert client.post("/settings/keys/", {"name": "x", "scopes": scopes, "days": "90"}).status_code == 422
    assert ApiKey.objects.count() == 1
    assert client.post(f"/settings/keys/{key.code}/revocation/").status_code == 302
    assert actor_of_key(secret, timezone.now()) is None


def test_keys_end_with_the_role_they_were_cut_to(seller: Seller, owner: User) -> None:
    second = a_member(seller, "owner")
    _key, secret = a_key(seller, maker=second)
    change_role(seller_id=seller.pk, user_id=second.pk, role="clerk", actor=actor_for(owner, seller), at=timezone.now())
    assert actor_of_key(secret, timezone.now()) is None
    row = EventRow.objects.get(name="team.role_changed")
    assert (row.data["old"], row.data["new"]) == ("owner", "clerk")


def test_the_audit_tells_old_and_new_of_ones_own_house_alone(seller: Seller, owner: User) -> None:
    clerk = a_member(seller, "clerk")
    client = entered(owner)
    client.post(f"/settings/team/{clerk.pk}/", {"role": "manager"})
    kumo = a_seller("Kumo")
    invited(kumo, "secret@example.com")
    page = client.get("/settings/audit/").content.decode()
    assert "Role changed: Clerk → Manager" in page
    assert "Signed in on a new device" in page
    assert "Kumo" not in page
    assert "Invited as" not in page
    only = client.get("/settings/audit/?about=person").content.decode()
    assert "Role changed" not in only
    assert entered(clerk).get("/settings/audit/").status_code == 200
    assert entered(a_member(seller, "viewer")).get("/settings/audit/").status_code == 403


def test_lists_ask_the_same_for_three_rows_and_thirty(seller: Seller, owner: User) -> None:
    client = Client()
    client.force_login(owner)
    pages = ("/settings/team/", "/settings/keys/", "/settings/audit/", "/settings/security/", "/settings/team/roles/")
    counts = []
    for size in (3, 27):
        for number in range(size):
            invited(seller, f"guest{size}-{number}@example.com")
            a_key(seller, maker=a_member(seller, "owner"))
            SignedIn.objects.create(user=owner, key=f"{size} {number}", began_at=timezone.now(), seen_at=timezone.now())
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            found.append(len(asked))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25
    assert an_invitation(seller, "last@example.com").code.startswith("INV-")
    assert PASSWORD
