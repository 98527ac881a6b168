"""The plug reads listings and shows stock: recorded answers over real HTTP."""

from __future__ import annotations

import json

import pytest

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels.port import (
    LineAnswer,
    ShowStock,
)
from toiya.integrations.channels.qoo10 import plug
from toiya.integrations.channels.qoo10.tests import samples
from toiya.integrations.channels.qoo10.tests.recorded_site import Answer, RecordedSite, refusal, rows
from toiya.integrations.channels.qoo10.tests.samples import ACCESS, EMPTY


def test_listings_of_every_kind_are_read(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("GetAllGoodsInfo", samples.body("items.json"))
    details = [samples.body(f"item_{name}.json") for name in ("tee", "mug", "cap")]
    site.will_answer("GetItemDetailInfo", *details)
    site.will_answer("GetGoodsInventoryInfo", samples.body("combinations_tee.json"), EMPTY, EMPTY)
    site.will_answer("GetGoodsOptionInfo", EMPTY, samples.body("singles_cap.json"))
    found = qoo10.listings(ACCESS)
    assert [(listing.item_code, listing.option_code, listing.quantity) for listing in found] == [
        ("TEE-01", "TEE-01-BL-M", 7),
        ("TEE-01", "TEE-01-BL-L", 5),
        ("MUG-7", "", 40),
        ("CAP-3", "CAP-3-BK", 25),
        ("CAP-3", "CAP-3-WH", 25),
    ]
    versions = {call.method: _version(call.headers) for call in site.asked}
    assert versions["ItemsLookup.GetItemDetailInfo"] == "1.2"
    assert versions["ItemsLookup.GetGoodsInventoryInfo"] == "1.0"


def test_an_item_that_goes_off_sale_meanwhile_is_left_out(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("GetAllGoodsInfo", samples.body("items.json"))
    site.will_answer("GetItemDetailInfo", refusal(-10001), samples.body("item_mug.json"), refusal(-10001))
    site.will_answer("GetGoodsInventoryInfo", EMPTY)
    site.will_answer("GetGoodsOptionInfo", EMPTY)
    assert [listing.item_code for listing in qoo10.listings(ACCESS)] == ["MUG-7"]


def test_a_page_that_comes_again_ends_the_reading(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    endless = json.loads(samples.body("items.json"))
    endless["ResultObject"]["TotalPages"] = 1_000_000
    site.will_answer("GetAllGoodsInfo", json.dumps(endless).encode())
    site.will_answer("GetItemDetailInfo", refusal(-10001))
    assert qoo10.listings(ACCESS) == []
    assert sum(call.method.endswith("GetAllGoodsInfo") for call in site.asked) == 2


PLAIN = ShowStock("900100201", "", 9, {"kind": "plain", "seller_code": "MUG-7"})
OPTION = ShowStock("900100200", "m", 4, {"kind": "combination", "option_code": "TEE-01-BL-M"})
SINGLE = ShowStock("900100202", "b", 1, {"kind": "single"})


def test_stock_is_shown_per_option_and_in_bulk_for_items_without(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("UpdateInventoryQtyUnit", refusal(0))
    site.will_answer("GetItemDetailInfo", samples.body("item_mug.json"))
    site.will_answer("SetGoodsPriceQtyBulk", rows({"ItemCode": "900100201", "ResultCode": 0}))
    assert qoo10.show_stock(ACCESS, [PLAIN, OPTION, SINGLE]) == [
        LineAnswer("900100201/", True),
        LineAnswer("900100200/m", True),
        LineAnswer("900100202/b", False, "no_stock_of_its_own"),
    ]
    sent = json.loads(site.asked[-1].fields["ItemInfoJson"])
    assert (sent[0]["Qty"], sent[0]["Price"], sent[0]["ExpireDate"]) == ("9", "980.0000", "2027-04-01")


def test_rows_told_before_the_site_fell_silent_keep_their_answers(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("UpdateInventoryQtyUnit", refusal(0), Answer(b"", status=503))
    first, second = qoo10.show_stock(ACCESS, [OPTION, OPTION])
    assert first.is_accepted
    assert (second.is_accepted, second.code, second.may_retry) == (False, "http_503", True)
    with pytest.raises(Unreachable):
        qoo10.show_stock(ACCESS, [OPTION])


def test_one_declined_option_does_not_stop_the_next_but_an_expired_key_does(
    site: RecordedSite, qoo10: plug.Qoo10
) -> None:
    site.will_answer("UpdateInventoryQtyUnit", refusal(-999, "x"), refusal(0), samples.body("key_expired.json"))
    first, second = qoo10.show_stock(ACCESS, [OPTION, OPTION])
    assert (first.code, first.may_retry, second.is_accepted) == ("item_refused", False, True)
    with pytest.raises(Rejected) as caught:
        qoo10.show_stock(ACCESS, [OPTION])
    assert caught.value.code == "key_expired"


def _version(headers: dict[str, str]) -> str:
    return {name.lower(): value for name, value in headers.items()}["qapiversion"]
