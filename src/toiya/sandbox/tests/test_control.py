"""The control API: demo worlds, the clock, and clear answers to mistakes."""

import re
from typing import Any

import pytest

from toiya.sandbox.tests.site_client import MUG, MUG_LINE, TEE, TEE_LINE, Shop, Site

pytestmark = pytest.mark.processes


def demo_shop(login_id: str, carts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"login_id": login_id, "name": f"店 {login_id}", "listings": [TEE, MUG], "carts": carts}


def demo(site: Site, seed: int = 5) -> list[dict[str, Any]]:
    carts = [{"lines": [TEE_LINE, MUG_LINE], "age_seconds": 900}, {"lines": [MUG_LINE]}]
    shops = [demo_shop("aoi", carts), demo_shop("beni", carts[:1]), demo_shop("cha", [])]
    return list(site.control("demo", {"seed": seed, "shops": shops})["shops"])


def test_a_demo_opens_shops_with_listings_and_exactly_the_carts_asked_for(site: Site) -> None:
    first, second, third = demo(site)
    assert [shop["login_id"] for shop in (first, second, third)] == ["aoi", "beni", "cha"]
    assert [len(cart["order_nos"]) for cart in first["carts"]] == [2, 1]
    assert [len(cart["order_nos"]) for cart in second["carts"]] == [2]
    assert third["carts"] == []
    assert [(item["seller_code"], item["quantity"]) for item in first["listings"]] == [("TEE-01", 43), ("MUG-7", 28)]
    assert first["password"] == "demo-pass"
    orders = site.look("shops/aoi/orders")["orders"]
    assert [order["paid_at"] for order in orders] == ["2026-04-01T10:15:00+09:00"] * 2 + ["2026-04-01T10:30:00+09:00"]


def test_the_same_seed_invents_the_same_people_with_real_shaped_addresses(site: Site) -> None:
    def receivers() -> list[dict[str, str]]:
        return [order["receiver"] for order in site.look("shops/aoi/orders")["orders"]]

    demo(site, seed=5)
    first = receivers()
    site.control("reset")
    demo(site, seed=5)
    assert receivers() == first
    site.control("reset")
    demo(site, seed=6)
    assert receivers() != first
    for receiver in first:
        assert re.fullmatch(r"\d{3}-\d{4}", receiver["zip_code"])
        assert re.match(r"(北海道|東京都|京都府|大阪府|.{2,3}県).+[市区]", receiver["address1"])
        assert re.search(r"\d+-\d+-\d+", receiver["address2"])
        assert receiver["mobile"].startswith("+81-90-0000-")


def test_a_demo_with_a_mistake_leaves_nothing_behind(site: Site) -> None:
    good = demo_shop("aoi", [])
    bad = demo_shop("beni", [{"lines": [{"seller_code": "NONE"}]}])
    response = site.http.post("/_control/demo", json={"shops": [good, bad]})
    assert response.status_code == 409
    assert response.json() == {"error": "Shop beni does not offer NONE. Add the listing first."}
    assert site.look("shops")["shops"] == []


def test_whatever_a_cart_says_about_people_is_kept_and_the_rest_invented(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE, receiver={"name": "山吹 葵", "address1": "沖縄県那覇市"})
    receiver = site.order(number)["receiver"]
    assert (receiver["name"], receiver["address1"]) == ("山吹 葵", "沖縄県那覇市")
    assert receiver["kana"] != ""


def test_an_order_takes_its_pieces_off_the_offer(site: Site, shop: Shop) -> None:
    shop.place({**MUG_LINE, "quantity": 30})
    response = site.http.post("/_control/shops/demoshop/carts", json={"carts": [{"lines": [MUG_LINE]}]})
    assert response.status_code == 409
    assert response.json() == {"error": "Listing MUG-7 has fewer than 1 pieces left. Order fewer."}


@pytest.mark.parametrize(
    ("cart", "status", "message"),
    [
        ({"lines": []}, 409, "A cart has no lines. Give each cart at least one line."),
        ({"lines": [{"seller_code": "TEE-01"}]}, 409, "Listing 900100200 has no option ''. Give one it has."),
        ({"lines": [{**MUG_LINE, "quantity": 0}]}, 409, "A line has no pieces. Give a quantity of 1 or more."),
        ({"lines": [{**MUG_LINE, "quantity": "2"}]}, 400, "body.carts[1].lines[0].quantity is not a whole number."),
        ({"lines": [MUG_LINE], "colour": "red"}, 400, "body.carts[1] has unknown fields: colour. Remove them."),
        ({"lines": [MUG_LINE], "paid_at": "2026-04-01T10:00:00"}, 400, "body.carts[1].paid_at is not a moment"),
        ({"lines": [MUG_LINE], "receiver": {"zip": "1"}}, 409, "A buyer or receiver has unknown fields: zip."),
    ],
)
def test_a_mistake_in_a_cart_is_named_and_places_nothing(
    site: Site, shop: Shop, cart: dict[str, Any], status: int, message: str
) -> None:
    response = site.http.post("/_control/shops/demoshop/carts", json={"carts": [{"lines": [MUG_LINE]}, cart]})
    assert response.status_code == status
    assert response.json()["error"].startswith(message)
    assert site.look("shops/demoshop/orders")["orders"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("shops", {}, 400),
        ("shops", {"login_id": "demoshop"}, 409),
        ("shops/none", {}, 404),
        ("shops/demoshop", {"not_granted": {"x": -1}}, 400),
        ("shops/demoshop/listings", {"listings": [{"seller_code": "MUG-7"}]}, 409),
        ("orders/5/cancellation", {}, 404),
        ("faults", {"kind": "earthquake"}, 400),
        ("faults", {"kind": "slow", "method": "No.Such"}, 400),
        ("clock", {"now": "yesterday"}, 400),
    ],
)
def test_a_wrong_control_request_is_answered_with_one_sentence(
    site: Site, shop: Shop, path: str, body: dict[str, Any], status: int
) -> None:
    response = site.http.post(f"/_control/{path}", json=body)
    assert response.status_code == status
    assert list(response.json()) == ["error"]


def test_a_body_must_be_declared_as_json(site: Site) -> None:
    assert site.http.post("/_control/shops", data={"login_id": "x"}).status_code == 415
    headers = {"Content-Type": "application/json"}
    assert site.http.post("/_control/shops", content=b"{", headers=headers).status_code == 400
    assert site.http.get("/_control/reset").status_code == 405


def test_the_clock_is_held_moved_and_freed(site: Site) -> None:
    assert site.look("clock")["now"] == "2026-04-01T10:30:00+09:00"
    assert site.control("clock", {"advance_seconds": 86_400})["now"] == "2026-04-02T10:30:00+09:00"
    freed = site.control("clock", {"is_real": True})
    assert freed["is_held"] is False
    assert freed["now"] == freed["real_now"]


def test_an_order_is_paid_confirmed_and_delivered_by_others(site: Site, shop: Shop) -> None:
    [number] = shop.place(MUG_LINE, paid_at=None)
    assert site.control(f"orders/{number}/payment", {"paid_at": "2026-04-01T10:20:00+09:00"})["status"] == 2
    assert site.http.post(f"/_control/orders/{number}/payment", json={}).status_code == 409
    confirmed = site.control(f"orders/{number}/confirmation")
    assert (confirmed["status"], confirmed["confirmed_by"]) == (3, "second system")
    assert site.http.post(f"/_control/orders/{number}/delivery", json={}).status_code == 409


def test_calls_are_recorded_and_counted(site: Site, shop: Shop) -> None:
    shop.numbers()
    shop.call("No.Such")
    recorded = site.look("calls?shop=demoshop")
    assert [(call["method"], call["code"]) for call in recorded["calls"]] == [
        ("ShippingBasic.GetShippingInfo_v2", 0),
        ("No.Such", -90001),
    ]
    assert site.look(f"calls?after={recorded['calls'][0]['id']}")["count"] == 1
    site.http.delete("/_control/calls")
    assert site.look("calls")["count"] == 0
