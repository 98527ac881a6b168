"""QAPI's envelopes and codes."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.core.errors import Outside, Rejected, Unreachable
from toiya.integrations.channels.qoo10.envelope import code_for, fold, open_envelope
from toiya.integrations.channels.qoo10.tests import samples

ORDERS = samples.SHIPPING


def test_a_list_comes_out_with_folded_keys() -> None:
    first = open_envelope(samples.body("orders.json"), ORDERS)[0]
    assert first["receiver_gata"] == "シケン タロウ"
    assert first["paymentdate"] == "2026-04-01 10:01:40"


def test_a_null_result_is_none() -> None:
    assert open_envelope(samples.body("empty.json"), ORDERS) is None


def test_the_gateways_envelope_is_read_before_the_other() -> None:
    with pytest.raises(Rejected) as caught:
        open_envelope(samples.body("key_expired.json"), ORDERS)
    assert caught.value.code == "key_expired"
    assert caught.value.message == "-90005 Seller authorization key is expired. Use a new key."


def test_a_refusal_of_the_gateway_outweighs_a_result_code() -> None:
    with pytest.raises(Rejected) as caught:
        open_envelope(b'{"ResultCode":0,"ErrorCode":-90005,"ErrorMsg":"","ResultObject":[]}', ORDERS)
    assert caught.value.code == "key_expired"


def test_a_null_gateway_code_leaves_the_word_to_the_result_code() -> None:
    answer = b'{"ErrorCode":null,"ErrorMsg":null,"resultcode":"0","RESULTOBJECT":"x"}'
    assert open_envelope(answer, ORDERS) == "x"


@pytest.mark.parametrize(
    ("method", "code", "ours"),
    [
        (ORDERS, -90000, "key_refused"),
        (ORDERS, -90001, "no_such_method"),
        (ORDERS, -90002, "not_permitted"),
        (ORDERS, -90003, "not_permitted"),
        (ORDERS, -90004, "key_expired"),
        (ORDERS, -90005, "key_expired"),
        (ORDERS, -10000, "key_refused"),
        (ORDERS, -10001, "no_such_shop"),
        (ORDERS, -10002, "bad_dates"),
        (ORDERS, -10003, "window_too_long"),
        (ORDERS, -10101, "not_processed"),
        ("ItemsLookup.GetItemDetailInfo", -10001, "no_such_item"),
        ("ItemsOptions.UpdateInventoryQtyUnit", -999, "item_refused"),
        ("CertificationAPI.CreateCertificationKey", -10001, "login_refused"),
        ("CertificationAPI.CreateCertificationKey", -10000, "key_refused"),
        (ORDERS, -424242, "refused_by_site"),
    ],
)
def test_each_wire_code_has_a_word_of_ours(method: str, code: int, ours: str) -> None:
    assert code_for(method, code) == ours


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (samples.body("server_error.html"), "not_json"),
        (b"", "not_json"),
        (b'{"ResultCode":0', "not_json"),
        (b'{"ResultCode":NaN}', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[1]", "no_envelope"),
        (b'{"ResultMsg":"x"}', "no_envelope"),
        (b'{"ResultCode":"soon"}', "no_envelope"),
        (b'{"ResultCode":true}', "no_envelope"),
        ('{"ResultCode":0,"ResultMsg":"成功"}'.encode("cp932"), "not_utf8"),
    ],
)
def test_what_is_no_answer_of_qapi_leaves_the_outcome_unknown(body: bytes, code: str) -> None:
    with pytest.raises(Unreachable) as caught:
        open_envelope(body, ORDERS)
    assert caught.value.code == code


def test_of_two_spellings_of_one_key_the_first_counts() -> None:
    assert fold({"OrderNo": 1, "orderNo": 2}) == {"orderno": 1}


@given(st.binary(max_size=200))
def test_no_bytes_escape_as_anything_but_our_two_errors(body: bytes) -> None:
    with contextlib.suppress(Outside):
        open_envelope(body, ORDERS)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_no_json_escapes_as_anything_but_our_two_errors(value: object) -> None:
    for answer in (value, {"ResultCode": value}, {"ResultCode": 0, "ResultObject": value}):
        with contextlib.suppress(Outside):
            open_envelope(json.dumps(answer).encode(), ORDERS)
