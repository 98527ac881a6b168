"""The way from the seller console to a partner: QX Smart Inventory's page, the assertion, the key for it."""

import base64
import json
import re
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from toiya.sandbox.tests.site_client import ORDERS_V2, WHOLE_DAY, Shop, Site
from toiya.sandbox.tests.test_pages import page, token

pytestmark = pytest.mark.processes
JOIN_URL = "http://127.0.0.1:8800/join/qoo10/"
CONTACT = {
    "email": "minami@hanataba.example",
    "contact_name": "田中 みなみ",
    "phone": "+81-90-0000-0000",
    "postal_code": "273-0012",
    "address": "千葉県船橋市浜町2-1-1",
    "company_name": "花束株式会社",
}


@pytest.fixture
def seller(site: Site, shop: Shop) -> Site:
    """The seller of a shop, signed in at the console; Toiya is the partner."""
    site.control("partner", {"join_url": JOIN_URL})
    site.control("shops/demoshop", CONTACT)
    form = {"user_id": "demoshop", "pwd": "demo-pass", "csrfmiddlewaretoken": token(page(site, "/console/sign-in/"))}
    answer = site.http.post("/console/sign-in/", data=form)
    assert answer.headers["Location"] == "/console/smart-inventory/"
    return site


def decoded(text: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def handed_over(seller: Site, purpose: str = "join") -> str:
    """The page that the button opens."""
    form = {"purpose": purpose, "csrfmiddlewaretoken": token(page(seller, "/console/smart-inventory/"))}
    answer = seller.http.post("/console/hand-over/", data=form)
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "form-action 'self' http://127.0.0.1:8800;" in policy
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("strict-origin", "no-store")
    return answer.text


def assertion_in(text: str) -> str:
    found = re.search(r'name="assertion" value="([^"]+)"', text)
    assert found is not None
    return found.group(1)


def public_key(site: Site) -> Ed25519PublicKey:
    (key,) = site.http.get("/console/keys.json").json()["keys"]
    assert (key["kty"], key["crv"], key["alg"]) == ("OKP", "Ed25519", "Ed25519")
    assert "d" not in key
    return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))


def test_the_button_stands_on_top_of_qx_smart_inventory_and_opens_a_window(seller: Site) -> None:
    text = page(seller, "/console/smart-inventory/")
    path = [text.index(word) for word in ("Listing &amp; Pricing", "Option Management", "Qx Smart Inventory</li>")]
    button = text.index("Join Toiya")
    assert path == sorted(path)
    assert path[-1] < button < text.index("<h1>Qx Smart Inventory</h1>")
    assert 'action="/console/hand-over/" target="_blank" rel="noopener"' in text
    assert ("Not linked" in text, ">Off<" in text, "Open Toiya" in text) == (True, True, False)


def test_the_assertion_says_who_the_seller_is_and_is_signed(seller: Site) -> None:
    raw = assertion_in(handed_over(seller))
    head, body, signature = raw.split(".")
    public_key(seller).verify(base64.urlsafe_b64decode(signature + "=="), f"{head}.{body}".encode())
    claims = decoded(body)
    assert decoded(head)["alg"] == "Ed25519"
    assert (claims["aud"], claims["sub"], claims["purpose"]) == (JOIN_URL, "demoshop", "join")
    assert claims["iss"] == f"{seller.http.base_url}/console".replace("//console", "/console")
    assert claims["exp"] - claims["iat"] == 300
    assert (claims["email"], claims["name"], claims["company_name"]) == (
        CONTACT["email"], CONTACT["contact_name"], CONTACT["company_name"],
    )  # fmt: skip
    assert claims["address"] == {
        "country": "JP", "postal_code": CONTACT["postal_code"], "formatted": CONTACT["address"],
    }  # fmt: skip
    assert claims["jti"] != decoded(assertion_in(handed_over(seller)).split(".")[1])["jti"]


def test_an_altered_assertion_does_not_fit_its_signature(seller: Site) -> None:
    head, body, signature = assertion_in(handed_over(seller)).split(".")
    claims = {**decoded(body), "sub": "othershop"}
    forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    with pytest.raises(InvalidSignature):
        public_key(seller).verify(base64.urlsafe_b64decode(signature + "=="), f"{head}.{forged}".encode())
    assert seller.http.post("/console/join/key", data={"assertion": f"{head}.{forged}.{signature}"}).status_code == 400


def test_the_key_is_given_for_an_assertion_and_the_same_again(seller: Site, shop: Shop) -> None:
    raw = assertion_in(handed_over(seller))
    given = seller.http.post("/console/join/key", data={"assertion": raw})
    assert given.status_code == 200
    assert given.json()["login_id"] == "demoshop"
    assert seller.call(ORDERS_V2, given.json()["seller_key"], **WHOLE_DAY)["ResultCode"] == 0
    assert seller.http.post("/console/join/key", data={"assertion": raw}).json() == given.json()
    state = seller.look("shops/demoshop")
    assert (state["is_linked"], state["uses_smart_inventory"]) == (True, True)
    text = page(seller, "/console/smart-inventory/")
    assert ("Open Toiya" in text, "Join Toiya" in text, ">On<" in text) == (True, False, True)


@pytest.mark.parametrize("raw", ["", "a.b.c", "x", "..", "é.é.é"])
def test_what_is_no_assertion_gets_no_key(seller: Site, raw: str) -> None:
    answer = seller.http.post("/console/join/key", data={"assertion": raw})
    assert (answer.status_code, seller.look("shops/demoshop")["is_linked"]) == (400, False)


def test_an_assertion_of_yesterday_gets_no_key(seller: Site) -> None:
    raw = assertion_in(handed_over(seller))
    seller.control("clock", {"advance_seconds": 86_400})
    assert seller.http.post("/console/join/key", data={"assertion": raw}).status_code == 400


def test_who_is_not_signed_in_hands_nobody_over(site: Site, shop: Shop) -> None:
    form = {"purpose": "join", "csrfmiddlewaretoken": token(page(site, "/console/sign-in/"))}
    assert site.http.post("/console/hand-over/", data=form).headers["Location"] == "/console/sign-in/"
    assert site.http.get("/console/smart-inventory/").headers["Location"] == "/console/sign-in/"
    site.http.cookies.set("sandbox_seller", "demoshop")
    assert site.http.post("/console/hand-over/", data=form).headers["Location"] == "/console/sign-in/"


def test_a_purpose_that_is_none_signs_nothing(seller: Site) -> None:
    form = {"purpose": "steal", "csrfmiddlewaretoken": token(page(seller, "/console/smart-inventory/"))}
    assert seller.http.post("/console/hand-over/", data=form).status_code == 409
    assert seller.http.post("/console/hand-over/", data={"purpose": "join"}).status_code == 403


def test_signing_out_leaves_the_console(seller: Site) -> None:
    form = {"csrfmiddlewaretoken": token(page(seller, "/console/smart-inventory/"))}
    assert seller.http.post("/console/sign-out/", data=form).status_code == 302
    assert seller.http.get("/console/smart-inventory/").status_code == 302
