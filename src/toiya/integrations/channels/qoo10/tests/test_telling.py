"""The plug confirms and ships lines: recorded answers over real HTTP."""

from __future__ import annotations

import json

import pytest

from toiya.domain.channels.port import (
    ConfirmLine,
    LineAnswer,
    ShipLine,
)
from toiya.integrations.channels.qoo10 import plug
from toiya.integrations.channels.qoo10.tests import samples
from toiya.integrations.channels.qoo10.tests.recorded_site import Answer, RecordedSite, rows
from toiya.integrations.channels.qoo10.tests.samples import ACCESS, EMPTY, MUG, NOON, TEE, instant


def test_confirming_sends_the_japanese_day_and_takes_already_confirmed_for_accepted(
    site: RecordedSite, qoo10: plug.Qoo10
) -> None:
    site.will_answer("SetSellerCheckYNBulk", samples.body("confirmed.json"))
    lines = [ConfirmLine(TEE, instant("2026-04-03 16:00:00")), ConfirmLine(MUG, NOON)]
    assert qoo10.confirm(ACCESS, lines, NOON) == [LineAnswer(TEE, True), LineAnswer(MUG, True)]
    assert json.loads(site.asked[0].fields["SendPlanDtInfoJson"]) == [
        {"OrderNo": TEE, "EstShipDt": "20260404", "DelayType": "", "DelayMemo": ""},
        {"OrderNo": MUG, "EstShipDt": "20260402", "DelayType": "", "DelayMemo": ""},
    ]


def test_a_line_without_an_answer_may_be_tried_again(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("SetSellerCheckYNBulk", rows({"cont_no": TEE, "result_cd": -10013, "ResultMsg": "no"}))
    lines = [ConfirmLine(TEE, NOON), ConfirmLine(MUG, NOON)]
    assert qoo10.confirm(ACCESS, lines, NOON) == [
        LineAnswer(TEE, False, "not_on_request", "-10013 no"),
        LineAnswer(MUG, False, "no_answer", may_retry=True),
    ]


def test_more_than_five_hundred_lines_go_in_several_calls(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("SetSellerCheckYNBulk", EMPTY)
    answers = qoo10.confirm(ACCESS, [ConfirmLine(str(number), NOON) for number in range(1, 1002)], NOON)
    assert len(answers) == 1001
    sizes = [len(json.loads(call.fields["SendPlanDtInfoJson"])) for call in site.asked]
    assert sizes == [500, 500, 1]


def test_nothing_to_tell_is_no_call(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    assert qoo10.confirm(ACCESS, [], NOON) == []
    assert qoo10.ship(ACCESS, []) == []
    assert qoo10.show_stock(ACCESS, []) == []
    assert qoo10.lines(ACCESS, []) == []
    assert site.asked == []


def test_shipping_names_carrier_and_number_of_each_line(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("SetSendingInfoBulk", rows({"contr_no": int(TEE), "result_cd": 0}))
    line = ShipLine(TEE, "ヤマト宅急便", "4444-0000-0001")
    assert qoo10.ship(ACCESS, [line]) == [LineAnswer(TEE, True)]
    assert json.loads(site.asked[0].fields["ShippingInfoJson"]) == [
        {"OrderNo": TEE, "ShippingCorp": "ヤマト宅急便", "TrackingNo": "4444-0000-0001"}
    ]


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        ("QX0000000001JP", LineAnswer(TEE, True)),
        ("QX9", LineAnswer(TEE, False, "shipped_otherwise", "Qxpress QX0000000001JP")),
    ],
)
def test_a_declined_line_is_read_again(site: RecordedSite, qoo10: plug.Qoo10, number: str, answer: LineAnswer) -> None:
    site.will_answer("SetSendingInfoBulk", rows({"contr_no": TEE, "result_cd": -10101, "ResultMsg": "?"}))
    site.will_answer("GetShippingAndClaimInfoByOrderNo_V2", samples.body("line_shipped.json"))
    assert qoo10.ship(ACCESS, [ShipLine(TEE, "Qxpress", number)]) == [answer]


def test_a_line_cancelled_meanwhile_is_told_as_cancelled(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("SetSendingInfoBulk", rows({"contr_no": MUG, "result_cd": -10101, "ResultMsg": "?"}))
    site.will_answer("GetShippingAndClaimInfoByOrderNo_V2", samples.body("line_cancelled.json"))
    (answer,) = qoo10.ship(ACCESS, [ShipLine(MUG, "Qxpress", "1")])
    assert (answer.is_accepted, answer.code, answer.may_retry) == (False, "cancelled", False)


def test_when_reading_again_gets_no_answer_the_others_keep_theirs(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("SetSendingInfoBulk", rows({"contr_no": TEE, "result_cd": 0}, {"contr_no": MUG, "result_cd": -1}))
    site.will_answer("GetShippingAndClaimInfoByOrderNo_V2", Answer(b"", status=502))
    first, second = qoo10.ship(ACCESS, [ShipLine(TEE, "Qxpress", "1"), ShipLine(MUG, "Qxpress", "2")])
    assert (first.is_accepted, second.is_accepted, second.may_retry) == (True, False, True)
