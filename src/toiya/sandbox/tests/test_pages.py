"""The pages for a person, and the seller console that hands out a one-time code."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from toiya.sandbox.tests.site_client import MUG_LINE, ORDERS_V2, SHIP, TEE_LINE, WHOLE_DAY, Shop, Site

pytestmark = pytest.mark.processes
BAR = "Pretend sales site. Nothing here is real."
RETURN_URL = "http://127.0.0.1:8000/connections/new?step=2"
LOGIN = {"user_id": "demoshop", "pwd": "demo-pass"}


def page(site: Site, path: str) -> str:
    response = site.http.get(path)
    assert response.status_code == 200
    assert BAR in response.text
    return response.text


def token(text: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert found is not None
    return found.group(1)


def filled_order(text: str, site: Site) -> dict[str, str]:
    """Fill the order form in as it stands: invented receiver, first goods of the list."""
    values = dict(re.findall(r'<input[^>]*name="([a-z0-9_]+)" value="([^"]*)"', text))
    goods = re.search(r'<option value="([^"]+)">[^<]*MUG-7', text)
    assert goods is not None
    return {**values, "goods1": goods.group(1), "quantity1": "2", "paid": "300", "csrfmiddlewaretoken": token(text)}


def test_the_shops_and_what_they_offer_are_shown_with_stock(site: Site, shop: Shop) -> None:
    assert "デモショップ" in page(site, "/")
    text = page(site, "/shops/demoshop/")
    for shown in ("テストTシャツ", "カラー:青 / サイズ:M(+200円)", "TEE-01-BL-M", ">40<", "MUG-7", ">30<"):
        assert shown in text


def test_orders_are_shown_with_their_tracking_number(site: Site, shop: Shop) -> None:
    first, second = shop.place(TEE_LINE, MUG_LINE, pack_no=310045777)
    shop.call(SHIP, OrderNo=str(first), ShippingCorp="ゆうパック", TrackingNo="123412341234")
    for path in ("/shops/demoshop/orders/", f"/shops/demoshop/orders/{first}/"):
        text = page(site, path)
        for shown in ("On delivery(4)", "310045777", str(first), str(second), "ゆうパック", "123412341234"):
            assert shown in text


def test_a_person_places_an_order_that_the_api_then_lists(site: Site, shop: Shop) -> None:
    form = filled_order(page(site, "/shops/demoshop/orders/new/"), site)
    response = site.http.post("/shops/demoshop/orders/new/", data=form)
    assert response.status_code == 302
    [row] = shop.rows(ShippingStat="2")
    assert response.headers["Location"] == f"/shops/demoshop/orders/{row['orderNo']}/"
    assert (row["sellerItemCode"], row["orderQty"]) == ("MUG-7", 2)
    assert row["PaymentDate"] == "2026-04-01 10:25:00"
    assert (row["receiver"], row["zipCode"], row["Addr1"]) == (form["name"], form["zip_code"], form["address1"])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"quantity1": "31"}, "Listing MUG-7 has fewer than 31 pieces left. Order fewer."),
        ({"zip_code": "12345"}, "The post code is not like 273-0005."),
        ({"quantity1": "0"}, "greater than or equal to 1"),
        ({"name": ""}, "This field is required."),
        ({"goods1": "9-9"}, "Select a valid choice."),
    ],
)
def test_a_wrong_order_is_shown_again_with_one_message(
    site: Site, shop: Shop, wrong: dict[str, str], message: str
) -> None:
    form = filled_order(page(site, "/shops/demoshop/orders/new/"), site)
    response = site.http.post("/shops/demoshop/orders/new/", data={**form, **wrong})
    assert response.status_code == 200
    assert message in response.text
    assert shop.numbers() == []


def test_a_person_cancels_a_line_once(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    path = f"/shops/demoshop/orders/{number}/"
    form = {"csrfmiddlewaretoken": token(page(site, path))}
    assert site.http.post(f"{path}cancellation/", data=form).status_code == 302
    assert "Cancelled" in page(site, path)
    again = site.http.post(f"{path}cancellation/", data=form)
    assert again.status_code == 409
    assert f"Order {number} is cancelled already. Choose another line." in again.text


def test_forms_need_their_token(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE)
    path = f"/shops/demoshop/orders/{number}/cancellation/"
    assert site.http.post(path, data={}).status_code == 403
    assert site.order(number)["is_cancelled"] is False


@pytest.mark.parametrize("path", ["/shops/none/", "/shops/none/orders/", "/shops/demoshop/orders/5/", "/x"])
def test_what_does_not_exist_is_not_found(site: Site, shop: Shop, path: str) -> None:
    assert site.http.get(path).status_code == 404


def test_pages_run_no_scripts_and_load_only_their_own_style(site: Site, shop: Shop) -> None:
    response = site.http.get("/")
    policy = response.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert "<script" not in response.text
    assert "style=" not in response.text
    sheet = site.http.get("/style.css")
    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "Georgia" in sheet.text


def sign_in(site: Site, **changed: str) -> httpx.Response:
    text = site.http.get("/console/", params={"return_url": RETURN_URL, "state": "s1"}).text
    form = {**LOGIN, "return_url": RETURN_URL, "state": "s1", "csrfmiddlewaretoken": token(text), **changed}
    return site.http.post("/console/", data=form)


def test_the_console_sends_the_seller_back_with_a_code_for_the_key(site: Site, shop: Shop) -> None:
    response = sign_in(site)
    assert response.status_code == 302
    assert "form-action 'self' http://127.0.0.1:8000;" in response.headers["Content-Security-Policy"]
    target = urlsplit(response.headers["Location"])
    assert (target.scheme, target.netloc, target.path) == ("http", "127.0.0.1:8000", "/connections/new")
    query = parse_qs(target.query)
    assert (query["step"], query["state"]) == (["2"], ["s1"])

    answer = site.http.post("/console/key", json={"code": query["code"][0]})
    assert answer.status_code == 200
    given = answer.json()
    assert given["login_id"] == "demoshop"
    assert given["expires_at"] == "2027-04-01T10:30:00+09:00"
    assert site.call(ORDERS_V2, given["seller_key"], **WHOLE_DAY)["ResultCode"] == 0
    again = site.http.post("/console/key", data={"code": query["code"][0]})
    assert again.status_code == 400
    assert again.json() == {
        "error": "The code is unknown, used or older than ten minutes. Sign in at the console again."
    }


@pytest.mark.parametrize(("seconds", "status"), [(599, 200), (600, 400)])
def test_a_console_code_is_good_for_ten_minutes(site: Site, shop: Shop, seconds: int, status: int) -> None:
    code = parse_qs(urlsplit(sign_in(site).headers["Location"]).query)["code"][0]
    site.control("clock", {"advance_seconds": seconds})
    assert site.http.post("/console/key", data={"code": code}).status_code == status


@pytest.mark.parametrize("changed", [{"pwd": "wrong"}, {"user_id": "nobody"}])
def test_a_wrong_login_at_the_console_issues_nothing(site: Site, shop: Shop, changed: dict[str, str]) -> None:
    response = sign_in(site, **changed)
    assert response.status_code == 200
    assert "The QSM ID or the password is not right. Check both and sign in again." in response.text
    assert len(site.look("shops/demoshop")["seller_keys"]) == 1


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.com/",
        "javascript:alert(1)",
        "//127.0.0.1/",
        "http://127.0.0.1@example.com/",
        "http://user@127.0.0.1/",
        "http://127.0.0.1.example.com/",
        "http://127.0.0.1:99999999/",
    ],
)
def test_the_console_sends_nobody_to_another_machine(site: Site, shop: Shop, address: str) -> None:
    response = site.http.get("/console/", params={"return_url": address})
    assert response.status_code == 400
    assert "return_url is not an http address on this machine." in response.text


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"code": 5}'])
def test_a_strange_code_is_refused(site: Site, body: bytes) -> None:
    response = site.http.post("/console/key", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
