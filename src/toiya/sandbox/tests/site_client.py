"""A small client for the tests: talks to the running site over HTTP only, as a program or a test would."""

from dataclasses import dataclass
from typing import Any

import httpx

PATH = "/GMKT.INC.Front.QAPIService/ebayjapan.qapi"
ORDERS_V2 = "ShippingBasic.GetShippingInfo_v2"
ORDERS_V3 = "ShippingBasic.GetShippingInfo_v3"
CLAIMS = "ShippingBasic.GetClaimInfo_V3"
CONFIRM = "ShippingBasic.SetSellerCheckYN_V2"
CONFIRM_BULK = "ShippingBasic.SetSellerCheckYNBulk"
SHIP = "ShippingBasic.SetSendingInfo"
SHIP_BULK = "ShippingBasic.SetSendingInfoBulk"
CERTIFY = "CertificationAPI.CreateCertificationKey"
WHOLE_DAY = {"search_Sdate": "20260401000000", "search_Edate": "20260401235959", "search_condition": "2"}

TEE = {
    "seller_code": "TEE-01",
    "title": "テストTシャツ",
    "price": 1800,
    "options": [
        {"name": "カラー||*サイズ", "value": "青||*M", "code": "TEE-01-BL-M", "price": 200, "quantity": 40},
        {"name": "カラー||*サイズ", "value": "白||*L", "code": "TEE-01-WH-L", "quantity": 5},
    ],
}
MUG = {"seller_code": "MUG-7", "title": "マグカップ", "price": 980, "quantity": 30}
TEE_LINE = {"seller_code": "TEE-01", "option_code": "TEE-01-BL-M", "quantity": 2, "discount": 300}
MUG_LINE = {"seller_code": "MUG-7"}


@dataclass
class Site:
    """The running site. Its clock is held at 2026-04-01 10:30:00 in Japan before each test."""

    http: httpx.Client

    def control(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """POST to the control API and return the answer; anything but 200 fails the test."""
        answer = self.http.post(f"/_control/{path}", json=body or {})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def look(self, path: str) -> dict[str, Any]:
        """GET from the control API."""
        answer = self.http.get(f"/_control/{path}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def fault(self, kind: str, method: str = "*", count: int | None = 1, **settings: Any) -> None:
        """Switch a fault on, for one call unless said otherwise."""
        self.control("faults", {"kind": kind, "method": method, "count": count, "settings": settings})

    def set_clock(self, moment: str) -> None:
        """Hold the clock at a moment of Japan time."""
        self.control("clock", {"now": f"{moment}+09:00", "is_held": True})

    def post(self, method: str, key: str, version: str = "1.0", **parameters: str) -> httpx.Response:
        """Call a method in style A and return the raw response."""
        headers = {"GiosisCertificationKey": key, "QAPIVersion": version}
        form = {"returnType": "json", **parameters}
        return self.http.post(f"{PATH}/{method}", data=form, headers=headers)

    def call(self, method: str, key: str, version: str = "1.0", **parameters: str) -> dict[str, Any]:
        """Call a method in style A; the HTTP status is 200 whatever the code."""
        response = self.post(method, key, version, **parameters)
        assert response.status_code == 200
        return dict(response.json())

    def order(self, number: int) -> dict[str, Any]:
        """Return everything the site knows about a line."""
        return self.look(f"orders/{number}")


@dataclass
class Shop:
    """A shop on the site, with a seller key."""

    site: Site
    login_id: str
    key: str

    def place(self, *lines: dict[str, Any], **cart: Any) -> list[int]:
        """Place one cart and return its order numbers."""
        cart = {"paid_at": "2026-04-01T10:01:40+09:00", "ordered_at": "2026-04-01T09:58:12+09:00", **cart}
        body = {"carts": [{"lines": list(lines), **cart}], "seed": 7}
        answer = self.site.control(f"shops/{self.login_id}/carts", body)
        return list(answer["carts"][0]["order_nos"])

    def call(self, method: str, version: str = "1.0", **parameters: str) -> dict[str, Any]:
        """Call a method with this shop's seller key."""
        return self.site.call(method, self.key, version, **parameters)

    def rows(self, method: str = ORDERS_V2, **parameters: str) -> list[dict[str, Any]]:
        """Return the rows of a list method for 1 April 2026."""
        answer = self.call(method, **{**WHOLE_DAY, **parameters})
        assert answer["ResultCode"] == 0, answer
        return list(answer["ResultObject"])

    def numbers(self, **parameters: str) -> list[int]:
        """Return the order numbers listed by GetShippingInfo_v2."""
        return [row["orderNo"] for row in self.rows(**parameters)]


def open_shop(site: Site, login_id: str = "demoshop") -> Shop:
    """Open a shop that offers a T-shirt with options and a mug, and issue its seller key."""
    site.control("shops", {"login_id": login_id, "password": "demo-pass", "name": "デモショップ"})
    site.control(f"shops/{login_id}/listings", {"listings": [TEE, MUG]})
    key = site.control(f"shops/{login_id}/keys")["seller_key"]
    return Shop(site, login_id, key)
