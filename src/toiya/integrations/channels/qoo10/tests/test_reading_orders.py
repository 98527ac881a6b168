"""The plug reads orders, claims and lines: recorded answers over real HTTP."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels.port import (
    ShopAccess,
    SiteState,
)
from toiya.integrations.channels.qoo10 import client, plug
from toiya.integrations.channels.qoo10.tests import samples
from toiya.integrations.channels.qoo10.tests.recorded_site import Answer, RecordedSite, refusal, rows
from toiya.integrations.channels.qoo10.tests.samples import ACCESS, EMPTY, MUG, NOON, TEE


def test_orders_are_asked_for_by_payment_date_first_paid_then_confirmed(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("GetShippingInfo_v2", samples.body("orders.json"), EMPTY)
    (order,) = qoo10.orders(ACCESS, NOON - timedelta(hours=6), NOON)
    assert [line.external_id for line in order.lines] == [TEE, MUG]
    assert [call.fields for call in site.asked] == [
        {
            "returnType": "application/json",
            "ShippingStat": state,
            "search_condition": "2",
            "search_Sdate": "20260401060000",
            "search_Edate": "20260401120000",
        }
        for state in ("2", "3")
    ]


def test_the_key_travels_in_the_header_and_nowhere_else(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("GetShippingInfo_v2", EMPTY)
    qoo10.test(ACCESS, NOON)
    (call,) = site.asked
    headers = {name.lower(): value for name, value in call.headers.items()}
    assert headers["giosiscertificationkey"] == ACCESS.key
    assert headers["qapiversion"] == "1.0"
    assert call.path == "/service.qapi/ShippingBasic.GetShippingInfo_v2"
    assert ACCESS.key not in call.path
    assert ACCESS.key not in "".join(call.fields.values())


def test_the_key_is_in_no_log_and_no_error(
    site: RecordedSite, qoo10: plug.Qoo10, caplog: pytest.LogCaptureFixture
) -> None:
    site.will_answer("GetShippingInfo_v2", Answer(b"", status=500))
    with caplog.at_level(logging.DEBUG), pytest.raises(Unreachable) as caught:
        qoo10.test(ACCESS, NOON)
    assert ACCESS.key not in caplog.text
    assert ACCESS.key not in f"{caught.value!r} {ACCESS!r}"


@pytest.mark.parametrize("key", ["", " key", "ключ", "a\r\nX-Evil: 1", "a\x00b"])
def test_a_key_that_no_header_takes_is_refused_before_anything_is_sent(
    site: RecordedSite, qoo10: plug.Qoo10, key: str
) -> None:
    with pytest.raises(Rejected) as caught:
        qoo10.test(ShopAccess("demoshop", key), NOON)
    assert caught.value.code == "key_refused"
    assert site.asked == []


def test_a_long_span_is_asked_for_in_pieces(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("GetShippingInfo_v2", EMPTY)
    assert qoo10.orders(ACCESS, NOON - timedelta(days=100), NOON) == []
    paid = [call.fields["search_Sdate"] for call in site.asked if call.fields["ShippingStat"] == "2"]
    assert paid == ["20251222120000", "20260121120000", "20260220120000", "20260322120000"]


def test_an_answer_that_is_too_large_is_asked_for_in_halves(
    site: RecordedSite, qoo10: plug.Qoo10, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LARGEST_ANSWER_BYTES", 4000)
    large = Answer(b" " * 5000 + EMPTY)
    site.will_answer("GetShippingInfo_v2", large, samples.body("orders.json"), EMPTY)
    assert len(qoo10.orders(ACCESS, NOON - timedelta(hours=6), NOON)) == 1
    assert [call.fields["search_Edate"] for call in site.asked[:3]] == [
        "20260401120000",
        "20260401090001",
        "20260401120000",
    ]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(samples.body("server_error.html"), status=503), "http_503"),
        (Answer(samples.body("server_error.html")), "not_json"),
        (Answer(b"", status=302, headers={"Location": "http://127.0.0.1:1/"}), "http_302"),
        (Answer(b'{"ResultCode":0,"ResultObject":"text"}'), "no_list"),
        (Answer(b'{"ResultCode":0,"ResultObject":[1]}'), "no_list"),
    ],
)
def test_an_answer_that_says_nothing_is_unreachable(
    site: RecordedSite, qoo10: plug.Qoo10, answer: Answer, code: str
) -> None:
    site.will_answer("GetShippingInfo_v2", answer)
    with pytest.raises(Unreachable) as caught:
        qoo10.test(ACCESS, NOON)
    assert caught.value.code == code


def test_an_answer_that_comes_too_late_is_unreachable(site: RecordedSite) -> None:
    site.will_answer("GetShippingInfo_v2", Answer(EMPTY, wait_seconds=2.0))
    with pytest.raises(Unreachable) as caught:
        plug.Qoo10(site.base, read_seconds=0.3).test(ACCESS, NOON)
    assert caught.value.code == "timeout"


def test_an_answer_that_never_ends_is_cut_off(
    site: RecordedSite, qoo10: plug.Qoo10, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "WHOLE_ANSWER_SECONDS", -1.0)
    site.will_answer("GetShippingInfo_v2", EMPTY)
    with pytest.raises(Unreachable) as caught:
        qoo10.test(ACCESS, NOON)
    assert caught.value.code == "timeout"


def test_a_site_that_nobody_serves_is_unreachable() -> None:
    with pytest.raises(Unreachable) as caught:
        plug.Qoo10("http://127.0.0.1:9/service.qapi").test(ACCESS, NOON)
    assert caught.value.code == "no_connection"


def test_a_wrong_charset_in_the_header_changes_nothing(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    headers = {"Content-Type": "text/html; charset=iso-8859-1"}
    site.will_answer("GetShippingInfo_v2", Answer(samples.body("orders.json"), headers=headers), EMPTY)
    (order,) = qoo10.orders(ACCESS, NOON - timedelta(hours=6), NOON)
    assert order.receiver.name == "試験 太郎"


def test_an_expired_key_is_told_as_such(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("GetShippingInfo_v2", samples.body("key_expired.json"))
    with pytest.raises(Rejected) as caught:
        qoo10.orders(ACCESS, NOON - timedelta(hours=6), NOON)
    assert caught.value.code == "key_expired"


def test_a_row_that_cannot_be_read_is_logged_and_its_neighbours_come(
    site: RecordedSite, qoo10: plug.Qoo10, caplog: pytest.LogCaptureFixture
) -> None:
    good = {"packNo": 1, "orderNo": 2, "orderQty": 1, "orderDate": "2026-04-01 09:58:12"}
    site.will_answer("GetShippingInfo_v2", rows({**good, "packNo": 3, "orderQty": -1}, good), EMPTY)
    assert [order.external_id for order in qoo10.orders(ACCESS, NOON - timedelta(hours=1), NOON)] == ["1"]
    assert "order_external_id='3'" in caplog.text


def test_claims_are_asked_for_in_each_state_and_told_once_per_line(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    claims = samples.body("claims.json")
    site.will_answer("GetClaimInfo_V3", claims, EMPTY, claims, claims, EMPTY, EMPTY)
    (claim,) = qoo10.claims(ACCESS, NOON - timedelta(days=1), NOON)
    assert (claim.line_external_id, claim.state) == (MUG, SiteState.CANCELLED)
    asked = [(call.fields["ClaimStat"], call.fields["search_condition"]) for call in site.asked]
    assert asked == [("1", "2"), ("2", "2"), ("3", "2"), ("3", "3"), ("16", "2"), ("16", "3")]


def test_lines_are_read_one_by_one_and_the_unknown_are_left_out(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer(
        "GetShippingAndClaimInfoByOrderNo_V2",
        samples.body("line_shipped.json"),
        samples.body("line_cancelled.json"),
        EMPTY,
    )
    found = qoo10.lines(ACCESS, [TEE, MUG, TEE, "42", "not a number", "12345678901"])
    assert [(line.external_id, line.state) for line in found] == [
        (TEE, SiteState.SHIPPED),
        (MUG, SiteState.CANCELLED),
    ]
    assert [call.fields["OrderNo"] for call in site.asked] == [TEE, MUG, "42"]


def test_a_refused_shop_is_not_taken_for_vanished_lines(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("GetShippingAndClaimInfoByOrderNo_V2", refusal(-10001))
    with pytest.raises(Rejected) as caught:
        qoo10.lines(ACCESS, [TEE])
    assert caught.value.code == "no_such_shop"
