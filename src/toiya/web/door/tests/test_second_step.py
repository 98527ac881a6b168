"""The second step: app, recovery codes, passkeys; and what attackers try with them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.authenticator import USER_PRESENT, Authenticator
from tests.proven import SEED, code_now, entered, with_app, with_passkey
from tests.world import PASSWORD, a_member, a_seller, actor_for
from toiya.domain.members.actions.factors import WrongFactorCode, make_recovery_codes, use_code
from toiya.domain.members.models import Factor, RecoveryCode, User
from toiya.web.door import brake

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return a_member(a_seller(), email="owner@example.com")


def half(user: User) -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"email": user.email, "password": PASSWORD, "next": "/orders/"})
    assert answer["Location"] == "/sign-in/second-step/"
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_with_an_app_the_password_alone_opens_nothing(owner: User) -> None:
    with_app(owner)
    client = half(owner)
    assert not is_in(client)
    assert client.get("/orders/").status_code == 302
    answer = client.post("/sign-in/second-step/", {"code": code_now()})
    assert (answer.status_code, answer["Location"]) == (302, "/orders/")
    assert is_in(client)


def test_a_code_of_the_app_works_once(owner: User) -> None:
    with_app(owner)
    code = code_now()
    assert half(owner).post("/sign-in/second-step/", {"code": code}).status_code == 302
    again = half(owner)
    assert again.post("/sign-in/second-step/", {"code": code}).status_code == 422
    assert not is_in(again)


@pytest.mark.django_db(transaction=True)
def test_a_code_used_by_many_at_once_works_for_one() -> None:
    user = a_member(a_seller())
    with_app(user)
    at, actor, code = timezone.now(), actor_for(user), code_now()

    def use(_: int) -> bool:
        try:
            return use_code(user_id=user.pk, code=code, actor=actor, at=at) == "app"
        except WrongFactorCode:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(use, range(12))) == 1


def test_a_recovery_code_works_once_and_is_kept_as_a_hash(owner: User) -> None:
    with_app(owner)
    codes = make_recovery_codes(user_id=owner.pk, actor=actor_for(owner), at=timezone.now())
    assert len(set(codes)) == 10
    kept = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not any(code.replace("-", "") in each for code in codes for each in kept)
    client = half(owner)
    assert client.post("/sign-in/second-step/", {"code": codes[3].lower()}).status_code == 302
    again = half(owner)
    assert again.post("/sign-in/second-step/", {"code": codes[3]}).status_code == 422
    assert RecoveryCode.objects.filter(used_at=None).count() == 9


def test_another_persons_recovery_code_is_none(owner: User) -> None:
    other = a_member(a_seller("Kumo"))
    (code, *_rest) = make_recovery_codes(user_id=other.pk, actor=actor_for(other), at=timezone.now())
    with_app(owner)
    assert half(owner).post("/sign-in/second-step/", {"code": code}).status_code == 422


def test_the_seed_lies_sealed_and_bound_to_its_person(owner: User) -> None:
    factor = with_app(owner)
    assert SEED not in Factor.objects.get(pk=factor.pk).sealed_seed
    other = a_member(a_seller("Kumo"))
    Factor.objects.filter(pk=factor.pk).update(user=other)
    with pytest.raises(InvalidTag):
        use_code(user_id=other.pk, code=code_now(), actor=actor_for(other), at=timezone.now())


def test_guessing_codes_is_slowed_down(owner: User) -> None:
    with_app(owner)
    client = half(owner)
    for number in range(brake.FACTOR.most):
        assert client.post("/sign-in/second-step/", {"code": f"{number:06}"}).status_code == 422
    answer = client.post("/sign-in/second-step/", {"code": code_now()})
    assert answer.status_code == 422
    assert "tried too often" in answer.content.decode()


def test_the_second_step_without_the_first_is_the_first() -> None:
    assert Client().get("/sign-in/second-step/")["Location"] == "/sign-in/"


@pytest.mark.seed("L40")
def test_a_passkey_signs_in_without_a_password(owner: User) -> None:
    key = with_passkey(entered(owner), Authenticator())
    stranger = Client()
    options = stranger.post("/sign-in/passkey/options/").json()
    answer = stranger.post("/sign-in/passkey/", {"credential": key.sign(options), "next": "/orders/"})
    assert (answer.status_code, answer["Location"]) == (302, "/orders/")
    assert is_in(stranger)
    assert half(owner).get("/sign-in/second-step/").status_code == 200


def test_a_passkey_does_the_second_step_for_its_owner_alone(owner: User) -> None:
    key = with_passkey(entered(owner), Authenticator())
    thief = a_member(a_seller("Kumo"))
    stolen = with_passkey(entered(thief), Authenticator())
    client = half(owner)
    options = client.post("/sign-in/passkey/options/").json()
    assert client.post("/sign-in/second-step/", {"credential": stolen.sign(options)}).status_code == 422
    assert not is_in(client)
    options = client.post("/sign-in/passkey/options/").json()
    assert client.post("/sign-in/second-step/", {"credential": key.sign(options)}).status_code == 302


def refused(change: Authenticator, options: dict[str, object], client: Client) -> bool:
    answer = client.post("/sign-in/passkey/", {"credential": change.sign(options)})
    return answer.status_code == 422 and not is_in(client)


def test_a_replayed_signature_opens_nothing(owner: User) -> None:
    key = with_passkey(entered(owner), Authenticator())
    client = Client()
    options = client.post("/sign-in/passkey/options/").json()
    answer = key.sign(options)
    assert client.post("/sign-in/passkey/", {"credential": answer}).status_code == 302
    client.post("/sign-out/")
    assert client.post("/sign-in/passkey/", {"credential": answer}).status_code == 422
    other = Client()
    other.post("/sign-in/passkey/options/")
    assert other.post("/sign-in/passkey/", {"credential": answer}).status_code == 422
    assert not is_in(client)
    assert not is_in(other)


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "http://testserver.evil.example"},
        {"origin": "https://testserver"},
        {"host": "evil.example"},
        {"flags": USER_PRESENT},
        {"handle": b"toiya-999"},
        {"credential": b"x" * 32},
        {"counter": -1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_signature_for_another_site_person_or_from_a_copy_opens_nothing(
    owner: User, change: dict[str, object]
) -> None:
    key = with_passkey(entered(owner), Authenticator(counter=7))
    for name, value in change.items():
        setattr(key, name, 5 if value == -1 else value)
    client = Client()
    assert refused(key, client.post("/sign-in/passkey/options/").json(), client)


def test_a_signature_by_another_key_opens_nothing(owner: User) -> None:
    key = with_passkey(entered(owner), Authenticator())
    forged = Authenticator(credential=key.credential, handle=key.handle)
    client = Client()
    assert refused(forged, client.post("/sign-in/passkey/options/").json(), client)


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"rawId": 1}', "x" * 30_000, json.dumps({"rawId": "a"})])
def test_nonsense_is_refused(answer: str) -> None:
    client = Client()
    client.post("/sign-in/passkey/options/")
    assert client.post("/sign-in/passkey/", {"credential": answer}).status_code == 422


def test_a_registration_needs_its_own_challenge(owner: User) -> None:
    client = entered(owner)
    other = entered(a_member(a_seller("Kumo")))
    options = other.post("/settings/security/passkeys/options/").json()
    client.post("/settings/security/passkeys/options/")
    client.post("/settings/security/passkeys/", {"credential": Authenticator().make(options)})
    assert Factor.objects.filter(user=owner).count() == 0


def test_one_passkey_belongs_to_one_person(owner: User) -> None:
    key = with_passkey(entered(owner), Authenticator())
    other = a_member(a_seller("Kumo"))
    with_passkey(entered(other), key)
    assert list(Factor.objects.values_list("user_id", flat=True)) == [owner.pk]
