"""Security and privacy of oneself: proving again, factors, sessions, the grace, a copy, going."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.authenticator import Authenticator
from tests.floor_world import a_person
from tests.proven import code_now, entered, with_app, with_passkey
from tests.world import PASSWORD, a_member, a_seller, a_warehouse
from toiya.core import secrets
from toiya.core.models import EventRow
from toiya.domain.members.models import Factor, Membership, SignedIn, User
from toiya.domain.members.rules import totp

pytestmark = pytest.mark.django_db
START = "/settings/security/"


@pytest.fixture
def owner() -> User:
    return a_member(a_seller(), email="owner@example.com")


def gone_stale(client: Client) -> Client:
    session = client.session
    session["proved_at"] = (timezone.now() - timedelta(minutes=11)).isoformat()
    session.save()
    return client


def events_of(user: User) -> list[str]:
    return list(EventRow.objects.filter(subject=f"USR-{user.pk}").order_by("pk").values_list("name", flat=True))


def test_what_matters_asks_for_a_fresh_proof_first(owner: User) -> None:
    client = gone_stale(entered(owner))
    factor = with_app(owner)
    for address in ("password/", "app/", f"factors/{factor.pk}/removal/", "codes/", "passkeys/", "passkeys/options/"):
        answer = client.post(f"{START}{address}", {"old": PASSWORD, "new": "Another-Kettle-42"})
        assert answer["Location"].startswith("/sign-in/again/?next="), address
    for address in ("/settings/team/", "/settings/keys/", "/settings/privacy/copy/", "/settings/privacy/erasure/"):
        assert client.post(address, {"email": "x@example.com", "role": "owner"})["Location"].startswith(
            "/sign-in/again/"
        )
    assert Factor.objects.count() == 1


def test_a_proof_lets_go_on_under_a_new_session_id(owner: User) -> None:
    client = gone_stale(entered(owner))
    before = client.session.session_key
    answer = client.post("/sign-in/again/", {"proof": PASSWORD, "next": f"{START}app/"})
    assert answer["Location"] == f"{START}app/"
    assert client.session.session_key != before
    assert SignedIn.objects.get(user=owner).key == client.session.session_key
    assert client.get(f"{START}app/").status_code == 200
    assert gone_stale(client).post("/sign-in/again/", {"proof": "guess"}).status_code == 422
    assert client.post("/sign-in/again/", {"proof": PASSWORD, "next": "//evil.example"})["Location"] == "/"


def test_an_app_is_added_by_its_code_and_recovery_codes_are_shown_once(owner: User) -> None:
    client = entered(owner)
    page = client.get(f"{START}app/").content.decode()
    assert "data:image/svg+xml" in page
    assert client.post(f"{START}app/", {"code": "000000"}).status_code == 422
    seed = secrets.unseal(client.session["new_app_seed"], bound_to=f"new app {owner.pk}")
    answer = client.post(f"{START}app/", {"code": totp.code_at(seed, totp.step_of(timezone.now()))})
    assert answer.status_code == 200
    assert answer.content.decode().count('class="well"') == 10
    assert "person.factor_added" in events_of(owner)
    assert "person.recovery_codes_made" in events_of(owner)


def test_another_persons_factor_and_session_are_not_there(owner: User) -> None:
    factor = with_app(owner)
    session = SignedIn.objects.create(user=owner, key="k", began_at=timezone.now(), seen_at=timezone.now())
    stranger = entered(a_member(a_seller("Kumo")))
    assert stranger.post(f"{START}factors/{factor.pk}/removal/").status_code == 404
    assert stranger.post(f"{START}sessions/{session.pk}/ending/").status_code == 404
    assert Factor.objects.filter(pk=factor.pk).exists()
    assert SignedIn.objects.filter(pk=session.pk).exists()


def test_the_last_factor_of_an_owner_stays_and_anothers_goes(owner: User) -> None:
    factor = with_app(owner)
    client = Client()
    client.post("/sign-in/", {"email": owner.email, "password": PASSWORD})
    client.post("/sign-in/second-step/", {"code": code_now()})
    assert client.post(f"{START}factors/{factor.pk}/removal/").status_code == 409
    assert Factor.objects.count() == 1
    with_passkey(client, Authenticator())
    assert client.post(f"{START}factors/{factor.pk}/removal/").status_code == 302
    assert Factor.objects.count() == 1


def test_a_new_password_needs_the_old_one_and_ends_the_other_sessions(owner: User) -> None:
    here, there = entered(owner), entered(owner)
    wrong = here.post(f"{START}password/", {"old": "guess", "new": "Another-Kettle-42"})
    assert wrong.status_code == 422
    assert here.post(f"{START}password/", {"old": PASSWORD, "new": "short"}).status_code == 422
    assert here.post(f"{START}password/", {"old": PASSWORD, "new": "Another-Kettle-42"}).status_code == 302
    assert here.get(START).status_code == 200
    assert there.get(START).status_code == 302
    assert SignedIn.objects.filter(user=owner).count() == 1


def test_sessions_are_listed_and_ended(owner: User) -> None:
    here, there, third = (entered(owner) for _ in range(3))
    assert here.get(START).content.decode().count("End the session on") == 2
    row = SignedIn.objects.get(key=there.session.session_key)
    assert here.post(f"{START}sessions/{row.pk}/ending/").status_code == 302
    assert there.get(START).status_code == 302
    assert third.get(START).status_code == 200
    here.post(f"{START}sessions/ending/")
    assert third.get(START).status_code == 302
    assert here.get(START).status_code == 200


def test_the_factor_is_asked_for_within_the_grace_and_then_first(owner: User, settings: Settings) -> None:
    client = entered(owner)
    assert "Your role needs a second factor until" in client.get("/").content.decode()
    User.objects.filter(pk=owner.pk).update(factor_asked_at=timezone.now() - timedelta(days=15))
    late = entered(owner)
    assert late.get("/orders/")["Location"] == START
    assert late.post("/settings/keys/", {"name": "x"})["Location"] == START
    assert late.get(START).status_code == 200
    with_passkey(late, Authenticator())
    assert late.get("/orders/").status_code == 200
    settings.FACTORS_REQUIRED = False
    free = entered(a_member(a_seller("Kumo")))
    assert "factor_due" not in free.session


def test_office_people_have_the_same_page_and_a_badge_does_not_open_it() -> None:
    staff = a_person(a_warehouse(), "administrator")
    client = entered(staff.user)
    assert client.get("/office/me/").status_code == 200
    assert client.get(START)["Location"] == "/office/me/"
    handheld = Client()
    handheld.post("/floor/sign-in/", {"badge": staff.badge, "pin": "4711"})
    assert handheld.get("/office/me/").status_code == 302
    assert handheld.get("/floor/").status_code in {200, 302}


def test_a_copy_holds_what_we_know_and_no_secrets(owner: User) -> None:
    with_app(owner)
    client = Client()
    client.post("/sign-in/", {"email": owner.email, "password": PASSWORD})
    client.post("/sign-in/second-step/", {"code": code_now()})
    answer = client.post("/settings/privacy/copy/")
    copy = answer.json()
    assert copy["person"]["email"] == owner.email
    assert copy["roles"][0]["role"] == "owner"
    assert copy["second_factors"][0]["kind"] == "app"
    assert "seed" not in answer.content.decode()
    assert "argon2" not in answer.content.decode()
    assert events_of(owner)[-1] == "person.data_exported"


def test_the_last_owner_hands_over_before_going(owner: User) -> None:
    client = entered(owner)
    assert client.post("/settings/privacy/erasure/", {"email": "wrong@example.com"}).status_code == 422
    answer = client.post("/settings/privacy/erasure/", {"email": owner.email})
    assert answer.status_code == 422
    assert "last owner" in answer.content.decode()
    owner.refresh_from_db()
    assert owner.erased_at is None
    assert Membership.objects.filter(user=owner).exists()


def test_who_goes_is_forgotten_and_what_happened_stays(owner: User) -> None:
    a_member(Membership.objects.get(user=owner).seller, "owner")
    client = entered(owner)
    name, email, number = owner.name, owner.email, EventRow.objects.count()
    with_passkey(client, Authenticator())
    assert client.post("/settings/privacy/erasure/", {"email": email}).status_code == 302
    assert client.get(START).status_code == 302
    owner.refresh_from_db()
    assert not owner.is_active
    assert owner.email.endswith("@invalid")
    assert (owner.phone, owner.has_usable_password()) == ("", False)
    assert not Membership.objects.filter(user=owner).exists()
    assert not Factor.objects.filter(user=owner).exists()
    assert not SignedIn.objects.filter(user=owner).exists()
    assert EventRow.objects.count() > number
    assert not EventRow.objects.filter(actor_name=name).exists()
    assert events_of(owner)[-1] == "person.erased"
    assert Client().post("/sign-in/", {"email": email, "password": PASSWORD}).status_code == 422
