"""Signing up, step by step, without a browser: basic and business, back and later, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from tests.world import a_member, a_seller
from toiya.core.models import EventRow
from toiya.domain.members.models import Application, Certificate, Consent, Seller, SignUpDraft, User
from toiya.domain.members.rules import documents
from toiya.web.door.tests.answers import (
    ACCOUNT,
    FIRM,
    PASSWORD,
    QUESTIONS,
    a_file,
    agreed,
    begin,
    until_review,
)

pytestmark = pytest.mark.django_db


def page_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def errors(answer: object) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)  # type: ignore[attr-defined]


@pytest.mark.seed("A001")
def test_one_chooses_basic_or_business_and_reads_who_must_take_which(client: Client) -> None:
    page = page_of(client.get("/sign-up/"))
    assert "For whoever runs a business on a sales site: then it must be this one." in page
    assert "A basic member can become a business member at any time." in page
    assert client.post("/sign-up/", {"kind": "administrator"}).status_code == 422
    assert client.post("/sign-up/", {"kind": "basic"})["Location"] == "/sign-up/account/"


@pytest.mark.seed("A002", "A003", "A005")
def test_a_basic_member_is_done_after_the_first_step(client: Client) -> None:
    begin(client, "basic")
    answer = client.post("/sign-up/account/", {**ACCOUNT, "country": "KR"})
    assert answer["Location"] == "/sign-up/review/"
    answer = client.post("/sign-up/review/", agreed(client))
    assert answer["Location"] == "/"
    user = User.objects.get()
    seller = Seller.objects.get()
    assert (user.login, user.email, user.phone) == ("mina@hanataba.jp", "mina@hanataba.jp", "+819012345678")
    assert user.email_verified_at is None
    assert user.verify_by is not None  # the banner and the checklist say so before the letter is written
    assert check_password(PASSWORD, user.password)
    assert (seller.kind, seller.status, seller.country, seller.currency) == ("basic", "active", "KR", "KRW")
    assert (seller.uses_fulfilment, seller.uses_smart_delivery) == (False, True)
    assert not Application.objects.exists()
    assert int(client.session["_auth_user_id"]) == user.pk


@pytest.mark.seed("A002", "A009", "A010", "A011", "A012", "A013", "A014", "A016", "A018", "A047", "L34")
def test_a_business_signs_up_in_japan(client: Client) -> None:
    until_review(client)
    page = page_of(client.get("/sign-up/review/"))
    for word in (
        "花束株式会社",
        "Hanataba Inc.",
        "+81 47-431-2121",
        "Japan, charged in JPY",
        "certificate.pdf",
        "Both",
    ):
        assert word in page, word
    answer = client.post("/sign-up/review/", agreed(client))
    assert answer["Location"] == "/"
    seller, user = Seller.objects.get(), User.objects.get()
    assert (seller.kind, seller.status, seller.currency, seller.name) == ("business", "active", "JPY", "花束株式会社")
    assert (seller.uses_fulfilment, seller.uses_smart_delivery) == (True, True)
    profile = seller.profile
    assert (profile.real_name, profile.business_model, profile.online_experience) == (
        "田中 みな", "own_brand", "1_to_3_years",
    )  # fmt: skip
    assert (profile.registration_number, profile.phone, profile.payment) == ("T7000012050002", "+81474312121", "wallet")
    assert (profile.industry, profile.business_type, profile.address_en) == (
        "fashion", "online_shop", "2-1-1 Hamacho, Funabashi, Chiba",
    )  # fmt: skip
    application = Application.objects.get()
    assert (application.sites, application.deliveries_a_month, application.desk) == (
        ["qoo10", "own_site"], 300, "sales@qxpress.jp",
    )  # fmt: skip
    assert user.verify_by is not None
    joined = EventRow.objects.get(name="member.signed_up")
    assert user.verify_by - joined.at == timedelta(days=14)
    assert joined.data == {"user_id": user.pk, "kind": "business", "way": "form"}
    assert (joined.actor_id, joined.actor_name) == (str(user.pk), "田中 みな")
    assert {row.document: row.version for row in Consent.objects.filter(user_id=user.pk)} == documents.VERSIONS
    names = set(EventRow.objects.values_list("name", flat=True))
    assert {"seller.joined", "member.email_to_verify", "application.submitted", "certificate.added"} <= names


@pytest.mark.seed("A024", "L34")
def test_a_business_of_korea_waits_for_approval_and_an_operator_may_ask_it_of_others(
    client: Client, settings: object
) -> None:
    until_review(client, country="KR", phone="02-2620-1168", registration_number="220-81-62517")
    client.post("/sign-up/review/", agreed(client))
    seller = Seller.objects.get()
    assert (seller.status, seller.currency) == ("pending", "KRW")
    assert Application.objects.get().desk == "contact@qxpress.net"
    settings.APPROVED_FIRST = "JP"  # type: ignore[attr-defined]
    other = Client()
    begin(other)
    other.post("/sign-up/account/", {**ACCOUNT, "email": "ken@kumo.jp"})
    other.post("/sign-up/business/", {**FIRM, "certificates": a_file()})
    other.post("/sign-up/questions/", QUESTIONS)
    other.post("/sign-up/review/", agreed(other))
    assert Seller.objects.get(country="JP").status == "pending"


@pytest.mark.seed("L38")
def test_no_sales_site_is_needed_to_sign_up(client: Client) -> None:
    until_review(client)
    assert "we bring orders as a file (CSV)" in page_of(client.get("/sign-up/questions/"))
    client.post("/sign-up/questions/", {**QUESTIONS, "sites": ["files"]})
    assert client.post("/sign-up/review/", agreed(client))["Location"] == "/"
    assert Application.objects.get().sites == ["files"]


@pytest.mark.seed("A016", "A017", "L37")
@pytest.mark.parametrize("payment", ["wallet", "new_qoo10", "own_qoo10"])
def test_a_sales_sites_account_is_one_more_way_to_pay_and_never_needed(client: Client, payment: str) -> None:
    until_review(client)
    page = page_of(client.get("/sign-up/questions/"))
    assert "One that exists already is not touched." in page
    assert "it has nothing to do with selling there" in page
    client.post("/sign-up/questions/", {**QUESTIONS, "payment": payment})
    client.post("/sign-up/review/", agreed(client))
    assert Seller.objects.get().profile.payment == payment


@pytest.mark.seed("A007")
def test_check_says_free_or_registered_and_leads_to_signing_in(client: Client) -> None:
    a_member(a_seller(), email="mina@hanataba.jp")
    begin(client)
    page = page_of(client.post("/sign-up/account/", {"email": " MINA@hanataba.jp ", "check": "1"}))
    assert "This e-mail has an account already." in page
    assert '<a href="/sign-in/">Sign in</a>' in page
    fragment = client.post(
        "/sign-up/account/", {"email": "ken@gmail.com", "check": "1"}, headers={"HX-Request": "true"}
    )
    assert "This e-mail is free." in page_of(fragment)
    assert "<html" not in page_of(fragment)


@pytest.mark.seed("A044", "A045")
def test_the_mailbox_is_advised_on_and_any_kind_is_taken(client: Client) -> None:
    assert "Any mailbox works; for mail from abroad, Gmail" in page_of(client.get("/sign-up/"))
    begin(client)
    said = page_of(client.post("/sign-up/account/", {"email": "1234@qq.com", "check": "1"}))
    assert "This e-mail is free." in said
    assert "Gmail or a mailbox of your own domain is the safer choice." in said
    said = page_of(client.post("/sign-up/account/", {"email": "mina@gmial.com", "check": "1"}))
    assert "Did you mean mina@gmail.com?" in said
    answer = client.post("/sign-up/account/", {**ACCOUNT, "email": "1234@qq.com"})
    assert answer["Location"] == "/sign-up/business/"


@pytest.mark.seed("A004")
@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("Ab1-xyz", "At least 8 characters"),
        ("blaue-kiste 7", "A capital letter"),
        ("BLAUE-KISTE 7", "A small letter"),
        ("Blaue-Kiste im", "A digit"),
        ("BlaueKiste7imHof", "A special character"),
        ("P@ssw0rd123!", "among the first that are guessed"),
        ("Hanataba-7 im Hof", "a name or a part of the e-mail"),
        ("Toiya-7 im Hof!", "a name or a part of the e-mail"),
    ],
)
def test_a_weak_password_is_refused_with_what_it_lacks(client: Client, password: str, word: str) -> None:
    begin(client)
    answer = client.post("/sign-up/account/", {**ACCOUNT, "password": password, "password_again": password})
    assert answer.status_code == 422
    assert word in errors(answer)["password"][0]
    assert "password" not in SignUpDraft.objects.get().answers


def test_two_passwords_that_differ_are_refused(client: Client) -> None:
    begin(client)
    answer = client.post("/sign-up/account/", {**ACCOUNT, "password_again": PASSWORD + "x"})
    assert errors(answer) == {"password_again": ["The two passwords differ. Type the second one again."]}


def test_going_back_and_coming_later_lose_nothing(client: Client) -> None:
    begin(client)
    client.post("/sign-up/account/", ACCOUNT)
    answer = client.post("/sign-up/business/", {**FIRM, "address_en": "", "certificates": a_file(), "go": "account"})
    assert answer["Location"] == "/sign-up/account/"
    page = page_of(client.get("/sign-up/account/"))
    assert 'value="mina@hanataba.jp"' in page
    assert "Your password is kept." in page
    assert PASSWORD not in page
    assert client.post("/sign-up/account/", {**ACCOUNT, "password": "", "password_again": ""})["Location"] == (
        "/sign-up/business/"
    )
    page = page_of(client.get("/sign-up/business/"))
    assert 'value="花束株式会社"' in page
    assert "certificate.pdf" in page
    assert client.post("/sign-up/business/", {**FIRM, "goods": "", "later": "1"})["Location"] == "/sign-up/kept/"
    assert "Everything is kept" in page_of(client.get("/sign-up/kept/"))
    assert "/sign-up/questions/" in page_of(client.get("/sign-up/"))


def test_the_review_leads_to_what_is_still_missing(client: Client) -> None:
    begin(client)
    assert client.get("/sign-up/review/")["Location"] == "/sign-up/account/"
    client.post("/sign-up/account/", ACCOUNT)
    assert client.get("/sign-up/review/")["Location"] == "/sign-up/business/"
    assert client.post("/sign-up/review/", {"terms": "on"})["Location"] == "/sign-up/business/"
    assert not User.objects.exists()


@pytest.mark.seed("A018")
@pytest.mark.parametrize("missing", ["terms", "privacy", "fees"])
def test_nobody_signs_up_without_agreeing_to_each_document_as_it_stands(client: Client, missing: str) -> None:
    until_review(client)
    boxes = agreed(client)
    del boxes[missing]
    assert missing in errors(client.post("/sign-up/review/", boxes))
    answer = client.post("/sign-up/review/", {**agreed(client), "seen": "terms:1999-01-01"})
    assert "new version" in page_of(answer)
    assert not User.objects.exists()
    for name, version in documents.VERSIONS.items():
        assert version in page_of(client.get(f"/terms/{name}/"))
    assert client.get("/terms/nothing/").status_code == 404


def test_the_same_form_twice_makes_one_account(client: Client) -> None:
    until_review(client)
    boxes = agreed(client)
    client.post("/sign-up/review/", boxes)
    assert client.post("/sign-up/review/", boxes)["Location"] == "/"
    assert (User.objects.count(), Seller.objects.count(), Certificate.objects.count()) == (1, 1, 1)


def test_an_address_taken_in_the_meantime_is_refused_with_what_to_do(client: Client) -> None:
    until_review(client)
    boxes = agreed(client)
    a_member(a_seller(), email="mina@hanataba.jp")
    answer = client.post("/sign-up/review/", boxes)
    assert "Sign in with it, or take another address." in page_of(answer)
    assert Seller.objects.count() == 1


@pytest.mark.seed("A006", "A008")
def test_what_is_required_carries_a_mark_and_next_works_without_scripts(client: Client) -> None:
    begin(client)
    page = page_of(client.get("/sign-up/account/"))
    assert page.count('class="must"') == 5  # e-mail, twice the password, name, phone
    assert page.count('class="must valid"') == 1  # how to verify it
    assert "aria-disabled" not in page
    assert "disabled" not in page.split('id="next"')[1].split(">")[0]
    answer = client.post("/sign-up/account/", {**ACCOUNT, "phone": ""})
    assert answer.status_code == 422
    assert page_of(answer).count('class="must valid"') == 5
