"""The pretend sales site from outside: filled through its control API, its keys got as a seller gets them."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from toiya.cli.demo.carts import CARTS, OWN_CARTS, Cart
from toiya.cli.demo.goods import FULL, SELLERS, SHOP_PASSWORD, SHOPS, Item, SellerPlan
from toiya.cli.trouble import Trouble

SEED = 20_261_122
SHIPPED = (4, 5)
CONFIRMED = (3, *SHIPPED)
# A shop that has not joined yet: for whoever wants to press the button.
NEWCOMER = {
    "login_id": "kinmokusei",
    "password": SHOP_PASSWORD,
    "name": "金木犀の店",
    "email": "aki@kinmokusei.example",
    "contact_name": "森 亜紀",
    "phone": "+81-90-0000-0004",
    "postal_code": "604-8005",
    "address": "京都府京都市中京区河原町通1-2-3",
    "company_name": "金木犀株式会社",
}
_OLDEST_SECONDS, _STEP_SECONDS = 9 * 3600, 780


class Site:
    """The site at an address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._http = httpx.Client(base_url=address, timeout=30, trust_env=False)

    def fill(self) -> dict[Cart, str]:
        """Open the shops, offer the goods, let the buyers buy; the number of each cart."""
        shops = [_shop(seller) for seller in SHOPS]
        answer = self._json(self._http.post("/_control/demo", json={"seed": SEED, "shops": shops}))
        self._json(self._http.post("/_control/shops", json=NEWCOMER))
        return {
            cart: str(placed["pack_no"])
            for shop in answer["shops"]
            for cart, placed in zip(_carts_of(shop["login_id"]), shop["carts"], strict=True)
        }

    def name_partner(self, join_url: str) -> None:
        """Tell the seller console where sellers join us."""
        self._json(self._http.post("/_control/partner", json={"name": "Toiya", "join_url": join_url}))

    def grant(self, shop_id: str, console: str) -> str:
        """Sign in at the seller console as a browser does; the one-time code it gives back."""
        page = self._http.get(console)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        asked = parse_qs(urlsplit(console).query)
        form = {
            "return_url": asked["return_url"][0],
            "state": asked.get("state", [""])[0],
            "user_id": shop_id,
            "pwd": SHOP_PASSWORD,
            "csrfmiddlewaretoken": token[1] if token else "",
        }
        answer = self._http.post(console, data=form)
        code = parse_qs(urlsplit(answer.headers.get("Location", "")).query).get("code")
        if not code:
            raise Trouble(f"The pretend site granted no key for {shop_id} (HTTP {answer.status_code}).")
        return str(code[0])

    def lines(self) -> list[dict[str, Any]]:
        """Every order line the site remembers of the shops whose orders we pack."""
        answers = [self._http.get(f"/_control/shops/{seller.shop_id}/orders") for seller in SELLERS]
        return [line for answer in answers for line in self._json(answer)["orders"]]

    def _json(self, answer: httpx.Response) -> Any:
        if answer.status_code != httpx.codes.OK:
            raise Trouble(f"The pretend site answered {answer.url.path} with {answer.status_code}: {answer.text[:300]}")
        return answer.json()


def _carts_of(shop_id: str) -> list[Cart]:
    return [cart for cart in (*CARTS, *OWN_CARTS) if cart.shop_id == shop_id]


def _age_of(cart: Cart) -> int:
    place = CARTS.index(cart) if cart in CARTS else 5 * OWN_CARTS.index(cart)
    return _OLDEST_SECONDS - _STEP_SECONDS * place


def _shop(seller: SellerPlan) -> dict[str, Any]:
    items = (*seller.items, *seller.not_registered)
    option_of = {option.code: item for item in items for option in item.options}
    carts = [
        {
            "lines": [_line(option_of[code], code, quantity) for code, quantity in cart.lines],
            "age_seconds": _age_of(cart),
        }
        for cart in _carts_of(seller.shop_id)
    ]
    return {
        "login_id": seller.shop_id,
        "password": SHOP_PASSWORD,
        "name": seller.name,
        "email": seller.email,
        "contact_name": seller.owner,
        "listings": [_listing(item) for item in items],
        "carts": carts,
    }


def _listing(item: Item) -> dict[str, Any]:
    listing: dict[str, Any] = {
        "seller_code": item.listing_code,
        "title": item.name,
        "price": item.price,
        "quantity": FULL,
    }
    if len(item.options) > 1:
        listing["options"] = [
            {"name": item.axis, "value": option.label, "code": option.code, "quantity": FULL} for option in item.options
        ]
    return listing


def _line(item: Item, code: str, quantity: int) -> dict[str, Any]:
    has_options = len(item.options) > 1
    return {
        "seller_code": item.listing_code,
        "option_code": code if has_options else "",
        "quantity": quantity,
        "price": item.price,
    }
