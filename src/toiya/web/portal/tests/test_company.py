"""The company page: who sees it, who changes it, and files that only their own people and approvers get."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.world import NOON, a_seller, acting_for
from toiya.core import papers
from toiya.core.models import EventRow
from toiya.domain.members.actions.certificates import add_certificate
from toiya.domain.members.actions.joining import add_staff
from toiya.domain.members.models import BusinessProfile, Certificate, Seller, User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
PDF = b"%PDF-1.4 whole"


def a_file(content: bytes = b"", name: str = "certificate.pdf") -> SimpleUploadedFile:
    """What the browser sends: a PDF of one page unless told otherwise."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(300, 300))
        pdf.save(out)
    return SimpleUploadedFile(name, content or out.getvalue())


FIRM = {
    "company_name": "花束株式会社",
    "company_name_en": "Hanataba Inc.",
    "address": "千葉県船橋市浜町2-1-1",
    "address_en": "Funabashi",
    "phone": "+81 47-431-2121",
    "industry": "fashion",
    "business_type": "retail",
    "registration_number": "7000012050002",
    "payment": "wallet",
}


@pytest.fixture
def seller() -> Seller:
    made = a_seller()
    BusinessProfile.objects.create(seller=made, **{**FIRM, "phone": "+81474312121"})
    return made


def a_certificate(seller: Seller, name: str = "certificate.pdf") -> Certificate:
    paper = papers.keep(papers.Paper(name, papers.PDF, PDF), at=NOON)
    return add_certificate(seller_id=seller.pk, paper=paper, actor=acting_for(seller), at=NOON)


def of_the_operator(role: str) -> Client:
    user = User.objects.create_user(email=f"{role}@toiya.example", name=role)
    add_staff(user=user, role=role, warehouse_id=None, badge=role, pin="1111")
    client = Client()
    client.force_login(user)
    return client


def test_an_owner_changes_the_firm_and_old_and_new_are_recorded(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    answer = client.post("/settings/company/", {**FIRM, "address_en": "Chiba", "currency": "USD", "country": "US"})
    assert answer["Location"] == "/settings/company/"
    seller.refresh_from_db()
    assert (seller.profile.address_en, seller.currency, seller.country) == ("Chiba", "JPY", "JP")
    assert EventRow.objects.get(name="company.edited").data["changes"] == {"address_en": ["Funabashi", "Chiba"]}
    assert client.post("/settings/company/", {**FIRM, "registration_number": "1"}).status_code == 422


def test_a_viewer_sees_and_does_not_change(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller, role="viewer")
    page = client.get("/settings/company/").content.decode()
    assert "花束株式会社" in page
    assert 'name="company_name"' not in page
    assert client.post("/settings/company/", {**FIRM, "address_en": "Chiba"}).status_code == 403
    assert client.post("/settings/company/certificates/", {}).status_code == 403
    seller.profile.refresh_from_db()
    assert seller.profile.address_en == "Funabashi"


@pytest.mark.seed("A015")
def test_a_certificate_is_a_file_that_does_nothing_and_every_look_is_recorded(seller: Seller, sign_in: SignIn) -> None:
    code = a_certificate(seller).code
    answer = sign_in(seller).get(f"/settings/company/certificates/{code}/")
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == f'attachment; filename="{code}.pdf"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    seen = EventRow.objects.get(name="certificate.seen")
    assert (seen.subject, seen.seller_id) == (code, seller.pk)


@pytest.mark.seed("A015")
def test_another_sellers_certificate_is_not_there_and_in_the_office_only_for_approvers(
    seller: Seller, sign_in: SignIn
) -> None:
    code = a_certificate(seller).code
    stranger = sign_in(a_seller("Kumo"))
    assert stranger.get(f"/settings/company/certificates/{code}/").status_code == 404
    assert stranger.post(f"/settings/company/certificates/{code}/withdrawal/").status_code == 404
    assert stranger.get(f"/office/certificates/{code}/").status_code in {302, 403}
    assert Client().get(f"/settings/company/certificates/{code}/")["Location"].startswith("/sign-in/")
    assert of_the_operator("approver").get(f"/office/certificates/{code}/").status_code == 200
    assert of_the_operator("picker").get(f"/office/certificates/{code}/").status_code == 403
    assert of_the_operator("accountant").get(f"/office/certificates/{code}/").status_code == 403
    assert EventRow.objects.filter(name="certificate.seen").count() == 1


def test_certificates_are_added_and_withdrawn(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    old = a_certificate(seller)
    answer = client.post(
        "/settings/company/certificates/", {"certificates": [a_file(), a_file(b"MZ", "x.pdf")]}, follow=True
    )
    said = [str(each) for each in answer.context["messages"]]
    assert said == [
        "certificate.pdf is added.",
        "x.pdf is no JPG, PNG or PDF. Take a picture of the paper, or save it as PDF.",
    ]
    client.post(f"/settings/company/certificates/{old.code}/withdrawal/")
    old.refresh_from_db()
    assert old.withdrawn_at is not None


@pytest.mark.seed("A001")
def test_a_basic_member_is_led_to_become_a_business(sign_in: SignIn) -> None:
    basic = a_seller()
    Seller.objects.update(kind="basic")
    client = sign_in(basic)
    assert "/settings/company/upgrade/" in client.get("/settings/company/").content.decode()
    answer = client.get("/connections/new/")
    assert answer.status_code == 409
    assert "/settings/company/upgrade/" in answer.content.decode()


def test_the_page_asks_the_database_as_often_for_one_certificate_as_for_nine(seller: Seller, sign_in: SignIn) -> None:
    client = sign_in(seller)
    counts = []
    for more in (1, 8):
        for number in range(more):
            a_certificate(seller, f"{number}.pdf")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/settings/company/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_door_keeps_strangers_out_of_upgrading(sign_in: SignIn) -> None:
    seller = a_seller()
    assert sign_in(seller).get("/settings/company/upgrade/")["Location"] == "/settings/company/"
    assert sign_in(seller, role="viewer").get("/settings/company/upgrade/").status_code == 403
    assert Client().get("/settings/company/upgrade/")["Location"].startswith("/sign-in/")


def test_a_business_taken_on_by_the_operator_tells_of_its_firm_here(sign_in: SignIn) -> None:
    seller = a_seller()
    client = sign_in(seller)
    assert client.get("/settings/company/").status_code == 200

    assert client.post("/settings/company/", FIRM).status_code == 302

    assert seller.profile.company_name == FIRM["company_name"]
    assert EventRow.objects.get(name="company.edited").subject == seller.code
