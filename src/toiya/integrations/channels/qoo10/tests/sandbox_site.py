"""The pretend Qoo10 as a process, and what the channel contract does at it through its control API."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.contracts.channel_site import (
    FIRST_OPTION,
    OPTIONS,
    PLAIN,
    SECOND_OPTION,
    STOCK,
    UNIT_PRICE_MINOR,
    Placed,
    Purchase,
    Trouble,
    Truth,
    Verb,
)
from toiya.domain.channels.port import ShopAccess, SiteListing, SiteState
from toiya.integrations.channels.qoo10.plug import Qoo10

SOURCES = Path(__file__).parents[5]
LONGEST_START_SECONDS = 120.0
PATIENT_SECONDS, HASTY_SECONDS, SLOW_SECONDS = 20.0, 1.0, 3
PASSWORD = "demo-pass"

FAULTS = {
    Trouble.SLOW: ("slow", {"seconds": SLOW_SECONDS}),
    Trouble.CUT_AFTER_COMMIT: ("timeout_after_commit", {"seconds": 0}),
    Trouble.SERVER_ERROR: ("server_error", {}),
    Trouble.WRONG_CHARSET_NAMED: ("mojibake_header", {}),
    Trouble.DOUBLED_ROWS: ("duplicate_rows", {}),
    Trouble.NULL_FOR_EMPTY: ("empty_as_null", {}),
    Trouble.DECLINED: ("row_code", {"code": -10101}),
    Trouble.BUYER_CANCELS_FIRST: ("buyer_cancels", {}),
    Trouble.OTHER_SYSTEM_CONFIRMS_FIRST: ("second_system_confirms", {}),
}
# A trouble of reading hits every call of that verb; one of telling hits one call, the next must go through.
METHODS = {
    Verb.ORDERS: "ShippingBasic.GetShippingInfo_v2",
    Verb.CLAIMS: "ShippingBasic.GetClaimInfo_V3",
    Verb.CONFIRM: "ShippingBasic.SetSellerCheckYNBulk",
    Verb.SHIP: "ShippingBasic.SetSendingInfoBulk",
    Verb.LISTINGS: "ItemsLookup.GetAllGoodsInfo",
}
LASTING = {Trouble.WRONG_CHARSET_NAMED, Trouble.DOUBLED_ROWS, Trouble.NULL_FOR_EMPTY}
STATES = {
    1: SiteState.UNPAID,
    2: SiteState.PAID,
    3: SiteState.CONFIRMED,
    4: SiteState.SHIPPED,
    5: SiteState.DELIVERED,
}
RECEIVER = {
    "name": "試験 太郎",
    "kana": "シケン タロウ",
    "tel": "+81-3-0000-0000",
    "mobile": "+81-90-0000-0000",
    "zip_code": "100-0001",
    "address1": "東京都千代田区千代田",
    "address2": "0-0",
}


@contextmanager
def running(database_file: Path) -> Iterator[str]:
    """Run the pretend site with its own storage until the block ends; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", "toiya.sandbox", "--port", str(port), "--db", str(database_file)],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        stdout=subprocess.PIPE,
        text=True,
    )
    overdue = threading.Timer(LONGEST_START_SECONDS, process.kill)
    overdue.start()
    try:
        assert process.stdout is not None
        assert any(line.strip() == "ready" for line in process.stdout), "the pretend site did not start"
        overdue.cancel()
        yield f"http://127.0.0.1:{port}"
    finally:
        overdue.cancel()
        process.terminate()
        process.wait(timeout=20)


class SandboxShop:
    """A fresh shop at the pretend site, as the contract wants it."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=30, trust_env=False)
        shop_id = f"shop{secrets.token_hex(6)}"
        shop = self.control("shops", {"login_id": shop_id, "password": PASSWORD})
        listings = self.control(f"shops/{shop_id}/listings", {"listings": _fresh_listings()})["listings"]
        self.item_codes = {each["seller_code"]: each["item_code"] for each in listings}
        key = self.control(f"shops/{shop_id}/keys")["seller_key"]
        self.access = ShopAccess(shop_id, key)
        self.api_key = str(shop["api_key"])
        self.channel = self._plug(address, PATIENT_SECONDS)
        self.hasty = self._plug(address, HASTY_SECONDS)

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def now(self) -> datetime:
        """The site's clock."""
        return datetime.fromisoformat(self._get("clock")["now"])

    def place(self, purchase: Purchase) -> Placed:
        """Let a buyer buy."""
        cart: dict[str, Any] = {
            "lines": [
                {"seller_code": line.item_code, "option_code": line.option_code, "quantity": line.quantity}
                for line in purchase.lines
            ],
            "receiver": RECEIVER,
            "age_seconds": int(purchase.paid_ago.total_seconds()),
        }
        if not purchase.is_paid:
            cart["paid_at"] = None
        if purchase.shown_after > timedelta(0):
            cart["visible_after_seconds"] = int(purchase.shown_after.total_seconds())
        (placed,) = self.control(f"shops/{self.access.shop_id}/carts", {"carts": [cart]})["carts"]
        return Placed(str(placed["pack_no"]), tuple(str(number) for number in placed["order_nos"]))

    def cancel(self, line_id: str) -> None:
        """Let the line be cancelled."""
        self.control(f"orders/{line_id}/cancellation", {"claim_stat": 3})

    def ask_to_cancel(self, line_id: str) -> None:
        """Let the buyer ask for a cancellation."""
        self.control(f"orders/{line_id}/cancellation", {"claim_stat": 1})

    def confirm_elsewhere(self, line_id: str) -> None:
        """Let another system confirm the line."""
        self.control(f"orders/{line_id}/confirmation")

    def let_keys_expire(self) -> None:
        """End every key of the shop."""
        self.control(f"shops/{self.access.shop_id}/keys/expiry")

    def make_trouble(self, trouble: Trouble, verb: Verb) -> None:
        """Switch a fault on, for this shop only."""
        kind, settings = FAULTS[trouble]
        fault = {"kind": kind, "method": METHODS[verb], "shop": self.access.shop_id, "settings": settings}
        self.control("faults", fault if trouble in LASTING else {**fault, "count": 1})

    def end_trouble(self) -> None:
        """Switch every fault off."""
        self._checked(self._http.delete("/_control/faults"))

    def all_lines(self) -> list[dict[str, Any]]:
        """Every line of the shop with all that is known of it."""
        lines: list[dict[str, Any]] = self._get(f"shops/{self.access.shop_id}/orders")["orders"]
        return lines

    def truth(self, line_id: str) -> Truth:
        """Look behind the counter."""
        line = self._get(f"orders/{line_id}")
        return Truth(
            state=SiteState.CANCELLED if line["is_cancelled"] else STATES[line["status"]],
            carrier_name=line["carrier"],
            tracking_number=line["tracking_no"],
            ship_on=line["estimated_shipping_on"],
            times_confirmed=line["effective_confirms"],
            times_shipped=line["effective_write_backs"],
        )

    def shown_stock(self, listing: SiteListing) -> int:
        """The number a buyer sees."""
        item = self._item(listing)
        if not listing.option_code:
            return int(item["quantity"])
        (option,) = [each for each in item["options"] if each["code"] == listing.option_code]
        return int(option["quantity"])

    def shown_price_minor(self, listing: SiteListing) -> int:
        """The price a buyer sees."""
        return int(float(self._item(listing)["price"]))

    def set_price_minor(self, listing: SiteListing, price_minor: int) -> None:
        """Change the price as the seller's own programme would."""
        headers = {"GiosisCertificationKey": self.access.key, "QAPIVersion": "1.0"}
        fields = {"ItemCode": listing.external_id, "Price": str(price_minor), "returnType": "json"}
        path = "/GMKT.INC.Front.QAPIService/ebayjapan.qapi/ItemsOrder.SetGoodsPriceQty"
        assert self._http.post(path, data=fields, headers=headers).json()["ResultCode"] == 0

    def grant(self) -> str:
        """Log in at the seller console as a browser does."""
        page = self.channel.console_url("http://127.0.0.1:8000/back?state=s")
        form = {"return_url": "http://127.0.0.1:8000/back?state=s", "state": ""}
        token = httpx.get(page, trust_env=False).cookies["sandbox_csrftoken"]
        answer = httpx.post(
            page,
            data={**form, "user_id": self.access.shop_id, "pwd": PASSWORD, "csrfmiddlewaretoken": token},
            cookies={"sandbox_csrftoken": token},
            trust_env=False,
        )
        sent = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert sent["state"] == ["s"]
        return sent["code"][0]

    def _plug(self, address: str, read_seconds: float) -> Qoo10:
        return Qoo10(
            f"{address}/GMKT.INC.Front.QAPIService/ebayjapan.qapi",
            api_key=self.api_key,
            console_base=f"{address}/console/",
            read_seconds=read_seconds,
        )

    def _item(self, listing: SiteListing) -> Any:
        listings = self._get(f"shops/{self.access.shop_id}/listings")["listings"]
        (item,) = [each for each in listings if each["item_code"] == listing.external_id]
        return item

    def _get(self, path: str) -> Any:
        return self._checked(self._http.get(f"/_control/{path}"))

    def control(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask the control API to do something."""
        return self._checked(self._http.post(f"/_control/{path}", json=body or {}))

    def _checked(self, answer: httpx.Response) -> Any:
        assert answer.status_code == 200, answer.text
        return answer.json()


def _fresh_listings() -> list[dict[str, Any]]:
    options = [
        {"name": "カラー||*サイズ", "value": value, "code": code, "quantity": STOCK}
        for value, code in (("青||*M", FIRST_OPTION), ("青 ||*L", SECOND_OPTION))
    ]
    return [
        {"seller_code": PLAIN, "title": "マグカップ", "price": UNIT_PRICE_MINOR, "quantity": STOCK},
        {"seller_code": OPTIONS, "title": "テストTシャツ", "price": UNIT_PRICE_MINOR, "options": options},
    ]
