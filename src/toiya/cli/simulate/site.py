"""The pretend site on the simulated day: shops, buyers, its clock, and an hour in which it does not answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import httpx

from toiya.cli.demo.goods import SHOP_PASSWORD
from toiya.cli.demo.site import Site
from toiya.cli.simulate.workload import FEW, GOODS, LATE, STRANGE, TRADERS, Bought, Day, code_of
from toiya.cli.trouble import Trouble

PLENTY = 1_000_000
PRICE = 1_800


class Shops(Site):
    """The shops of the sellers that sell on the site."""

    def open_all(self, day: Day) -> None:
        """Open the shops and offer the goods, one of them a thing that we never heard of."""
        shops = [
            {
                "login_id": trader.mark.lower(),
                "password": SHOP_PASSWORD,
                "name": trader.name,
                "listings": _listings(trader.mark, day),
                "carts": [],
            }
            for trader in TRADERS
            if trader.is_on_site
        ]
        self.control("demo", {"seed": day.seed, "shops": shops})

    def follow(self, now: datetime) -> None:
        """Set the site's clock."""
        self.control("clock", {"now": now.isoformat(timespec="seconds"), "is_held": False})

    def buy(self, order: Bought) -> tuple[str, tuple[str, ...]] | None:
        """A buyer pays; the numbers of the cart and of its lines. None: sold out."""
        lines = [{"seller_code": code, "quantity": quantity} for code, quantity in order.lines]
        body = {"seed": order.number, "carts": [{"lines": lines, "age_seconds": 0}]}
        answer = self._http.post(f"/_control/shops/{order.seller.lower()}/carts", json=body)
        if answer.status_code in (httpx.codes.BAD_REQUEST, httpx.codes.CONFLICT):
            return None
        (placed,) = self._json(answer)["carts"]
        return str(placed["pack_no"]), tuple(str(number) for number in placed["order_nos"])

    def cancel(self, line_numbers: Sequence[str]) -> bool:
        """The buyer cancels the cart, if the site lets them."""
        answers = [
            self._http.post(f"/_control/orders/{number}/cancellation", json={"claim_stat": 3})
            for number in line_numbers
        ]
        return all(answer.status_code == httpx.codes.OK for answer in answers)

    def go_down(self) -> None:
        """From now on every call fails."""
        self.control("faults", {"kind": "server_error", "method": "*", "settings": {"status": 503}})

    def come_back(self) -> None:
        """Calls work again."""
        self._json(self._http.delete("/_control/faults"))

    def all_lines(self) -> list[dict[str, Any]]:
        """Everything the site remembers of every order line."""
        shops = [trader.mark.lower() for trader in TRADERS if trader.is_on_site]
        answers = [self._json(self._http.get(f"/_control/shops/{shop}/orders")) for shop in shops]
        return [line for answer in answers for line in answer["orders"]]

    def control(self, path: str, body: dict[str, Any]) -> Any:
        """Ask the control API. :raises Trouble: it refuses"""
        try:
            return self._json(self._http.post(f"/_control/{path}", json=body))
        except httpx.TransportError as reason:
            raise Trouble(f"The pretend site does not answer: {reason}") from reason


def _listings(mark: str, day: Day) -> list[dict[str, Any]]:
    codes = [code_of(mark, place) for place in range(1, GOODS + 1)]
    extra = [code_of(mark, FEW), code_of(mark, STRANGE)] if mark == TRADERS[0].mark else []
    offered = [*codes, *extra, code_of(mark, LATE)]
    few = {code_of(mark, FEW): day.few}
    return [{"seller_code": code, "title": code, "price": PRICE, "quantity": few.get(code, PLENTY)} for code in offered]
