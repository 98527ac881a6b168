"""What strangers try at the sign-up form, and what they get for it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.world import a_member, a_seller
from toiya.core import papers
from toiya.core.papers import MOST_BYTES
from toiya.domain.members.models import Certificate, Membership, Seller, SignUpDraft, Staff, User
from toiya.web.door import emails
from toiya.web.door.tests.answers import ACCOUNT, FIRM, a_file, a_pdf, a_picture, agreed, begin, until_review
from toiya.web.door.tests.test_sign_up import errors, page_of

pytestmark = pytest.mark.django_db
POWERS = {
    "role": "administrator",
    "status": "active",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "on",
    "email_verified_at": "2026-01-01",
    "verify_by": "",
    "currency": "USD",
    "seller": "1",
    "kind": "basic",
    "uses_fulfilment": "on",
    "code": "SLR-222222-2",
    "mark_frame": "kaku",
    "password_hash": "!",
    "free": "boss@toiya.example",
}


def test_fields_nobody_asked_for_give_no_role_and_no_status(client: Client) -> None:
    begin(client)
    client.post("/sign-up/account/", {**ACCOUNT, **POWERS})
    korean = {**FIRM, "country": "KR", "phone": "02-2620-1168", "registration_number": "220-81-62517"}
    client.post("/sign-up/business/", {**POWERS, **korean, "certificates": a_file()})
    client.post("/sign-up/questions/", {**POWERS, "sites": "files", "goods": "x", "deliveries_a_month": "1",
                                        "service": "smart_delivery", "payment": "wallet"})  # fmt: skip
    client.post("/sign-up/review/", {**POWERS, **agreed(client)})
    user, seller = User.objects.get(), Seller.objects.get()
    assert not Staff.objects.exists()
    assert Membership.objects.get().role == "owner"
    assert (seller.kind, seller.status, seller.currency, seller.uses_fulfilment) == (
        "business",
        "pending",
        "KRW",
        False,
    )
    assert (user.email_verified_at, user.email) == (None, ACCOUNT["email"])
    assert user.verify_by is not None


@pytest.mark.seed("A015")
@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"\x7fELF\x02\x01\x01" + b"\0" * 900, "certificate.pdf", "is no JPG, PNG or PDF"),
        (b"MZ\x90\0" + b"\0" * 900, "certificate.pdf", "is no JPG, PNG or PDF"),
        (b"<html><script>alert(1)</script>", "certificate.png", "is no JPG, PNG or PDF"),
        (b"%PDF-1.7" + b"\n" * (MOST_BYTES - 7), "certificate.pdf", "is larger than 4 MB"),
        (b"%PDF-1.7\n nothing", "certificate.pdf", "the file is damaged"),
    ],
)
def test_a_file_that_is_no_paper_is_refused_and_not_kept(client: Client, content: bytes, name: str, word: str) -> None:
    begin(client)
    answer = client.post("/sign-up/business/", {**FIRM, "certificates": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert word in errors(answer)["certificates"][0]
    assert SignUpDraft.objects.get().papers == []


@pytest.mark.seed("A015", "L36")
def test_four_megabytes_exactly_are_taken_several_files_too_and_a_bad_one_loses_no_good_one(client: Client) -> None:
    begin(client)
    whole = a_pdf()
    exactly = whole + b"\n" * (MOST_BYTES - len(whole))
    files = [a_file(exactly, "a.pdf"), a_file(b"MZ", "b.exe"), a_file(a_picture("JPEG"), "c.jpg")]
    answer = client.post("/sign-up/business/", {**FIRM, "certificates": files})
    assert "b.exe is no JPG, PNG or PDF" in errors(answer)["certificates"][0]
    assert [paper["file_name"] for paper in SignUpDraft.objects.get().papers] == ["a.pdf", "c.jpg"]
    client.post("/sign-up/business/", {"remove": "0"})
    assert [paper["file_name"] for paper in SignUpDraft.objects.get().papers] == ["c.jpg"]
    for nonsense in ("-1", "99", "x", "１", "1" * 50):
        client.post("/sign-up/business/", {"remove": nonsense})
    assert len(SignUpDraft.objects.get().papers) == 1
    for _ in range(5):
        answer = client.post("/sign-up/business/", {**FIRM, "certificates": a_file()})
    assert "5 files are here already." in errors(answer)["certificates"][0]


def test_a_request_cannot_fill_the_disk(client: Client) -> None:
    begin(client)
    huge = [a_file(b"%PDF-1.7" + b"0" * (9 * 1024 * 1024), f"{number}.pdf") for number in range(4)]
    assert client.post("/sign-up/business/", {**FIRM, "certificates": huge}).status_code == 400
    assert SignUpDraft.objects.get().papers == []


def test_a_name_with_a_path_leads_nowhere_and_is_escaped(client: Client) -> None:
    begin(client)
    file = a_file(name="x.pdf")
    file._name = '../../<img src=x onerror="alert(1)">.pdf'  # type: ignore[attr-defined]
    client.post("/sign-up/business/", {**FIRM, "certificates": file})
    (paper,) = SignUpDraft.objects.get().papers
    assert ".." not in paper["storage_key"]
    assert "/" not in paper["file_name"]
    assert "<img" not in page_of(client.get("/sign-up/business/"))
    assert papers.cupboard().exists(paper["storage_key"])


def test_a_company_name_of_markup_is_shown_as_text(client: Client) -> None:
    until_review(client, company_name="<script>alert(1)</script>{{ 7 }}", company_name_en="<b>A</b>")
    page = page_of(client.get("/sign-up/review/"))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 }}" in page
    assert "<b>A</b>" not in page


def test_who_is_a_member_cannot_be_asked_without_end_by_check_or_by_next(client: Client) -> None:
    """The brake is one for both ways, per host; beyond it nothing is looked at and both answers are the same."""
    a_member(a_seller(), email="known@hanataba.jp")
    begin(client)
    for number in range(emails.BY_HOST.most):
        client.post("/sign-up/account/", {"email": f"a{number}@x.jp", "check": "1"})
    answers = set()
    for email in ("known@hanataba.jp", "unknown@hanataba.jp"):
        for more in ({"check": "1"}, ACCOUNT):
            page = page_of(client.post("/sign-up/account/", {**more, "email": email}))
            assert "That was tried too often." in page
            answers.add("has an account already" in page or "is free" in page)
    assert answers == {False}
    assert SignUpDraft.objects.get().answers.get("free") != "unknown@hanataba.jp"


def test_one_address_cannot_be_asked_about_from_many_hosts() -> None:
    for number in range(emails.BY_EMAIL.most + 1):
        client = Client(REMOTE_ADDR=f"10.0.0.{number}")
        begin(client)
        page = page_of(client.post("/sign-up/account/", {"email": "known@hanataba.jp", "check": "1"}))
    assert "That was tried too often." in page


def test_nothing_is_taken_without_the_forms_own_token() -> None:
    client = Client(enforce_csrf_checks=True)
    for path in ("", "account/", "business/", "questions/", "review/", "looks/"):
        assert client.post(f"/sign-up/{path}", {"kind": "basic"}).status_code == 403, path
    assert not SignUpDraft.objects.exists()


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "review\r\nX: y"])
def test_no_button_leads_out_of_the_house(client: Client, target: str) -> None:
    begin(client)
    answer = client.post(f"/sign-up/account/?next={target}", {**ACCOUNT, "go": target, "next": target})
    assert answer["Location"] == "/sign-up/business/"


def test_a_draft_is_only_its_own_sessions(client: Client) -> None:
    until_review(client)
    for path in ("account/", "business/", "questions/", "review/", "kept/"):
        assert Client().get(f"/sign-up/{path}")["Location"] == "/sign-up/", path


def test_a_draft_whose_days_are_over_begins_anew(client: Client) -> None:
    until_review(client)
    draft = SignUpDraft.objects.get()
    draft.expires_at = draft.began_at
    draft.save()
    assert client.get("/sign-up/review/")["Location"] == "/sign-up/"
    assert client.post("/sign-up/", {"kind": "basic"}).status_code == 302
    assert SignUpDraft.objects.count() == 2


def test_the_password_is_nowhere_as_it_was_typed(client: Client) -> None:
    until_review(client)
    draft = SignUpDraft.objects.get()
    assert ACCOUNT["password"] not in str(draft.answers)
    assert ACCOUNT["password"] not in str(dict(client.session))
    client.post("/sign-up/review/", agreed(client))
    draft.refresh_from_db()
    assert (draft.answers, draft.papers) == ({}, [])
    assert Certificate.objects.count() == 1


def test_signing_up_gives_the_session_a_new_name(client: Client) -> None:
    until_review(client)
    before = client.cookies["sessionid"].value
    client.post("/sign-up/review/", agreed(client))
    assert client.cookies["sessionid"].value != before
    assert client.get("/sign-up/")["Location"] == "/"
