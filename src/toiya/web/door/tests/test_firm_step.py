"""The step about the firm: country and currency, two languages, registration number by the country's rule."""

from __future__ import annotations

import pytest
from django.test import Client

from toiya.web.door.tests.answers import FIRM, a_file, begin
from toiya.web.door.tests.test_sign_up import errors, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.seed("A009")
def test_the_currency_is_seen_with_and_without_scripts(client: Client) -> None:
    begin(client)
    page = page_of(client.get("/sign-up/business/"))
    for line in ("Japan (JPY)", "South Korea (KRW)", "China (CNY)", "Singapore (SGD)", "Germany (USD)"):
        assert line in page
    said = client.post("/sign-up/looks/", {"look": "country", "country": "KR"})
    assert "All charges are made in KRW." in page_of(said)


@pytest.mark.seed("A010", "A011", "A012", "A014")
@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("company_name_en", "花束株式会社", "Latin letters"),
        ("address_en", "千葉県", "Latin letters"),
        ("company_name", "", "Enter the company name"),
        ("phone", "123", "No phone has this number"),
        ("registration_number", "8000012050002", "check digit"),
        ("registration_number", "", "Enter the business registration number"),
        ("industry", "owner", "Choose what you mainly sell"),
        ("country", "XX", "XX"),
    ],
)
def test_a_wrong_value_of_the_firm_is_named(client: Client, field: str, value: str, word: str) -> None:
    begin(client)
    answer = client.post("/sign-up/business/", {**FIRM, field: value, "certificates": a_file()})
    assert answer.status_code == 422
    assert word in errors(answer)[field][0]


def test_a_sole_trader_of_japan_needs_no_number_and_is_never_asked_for_my_number(client: Client) -> None:
    begin(client)
    sole = {**FIRM, "is_sole_trader": "on"}
    answer = client.post(
        "/sign-up/business/", {**sole, "registration_number": "123456789012", "certificates": a_file()}
    )
    assert "My Number" in errors(answer)["registration_number"][0]
    assert client.post("/sign-up/business/", {**sole, "registration_number": ""})["Location"] == "/sign-up/questions/"
