"""Japan Post: the contract of all carriers, the file for Yu-Pri R byte for byte, and its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.carrier_files_world import A_REQUEST, KEY, asked
from tests.contracts.carrier_contract import CarrierContract
from toiya.core.errors import Rejected
from toiya.domain.carriers.answer_rules import JAPAN
from toiya.domain.carriers.port import Carrier, FileRow, LabelRequest, NumberRow, ScanFiles, ScanRow, Shipper
from toiya.integrations.carriers.japanpost.plug import JapanPost

GOLDEN = Path(__file__).parent / "golden"
PLUG = JapanPost(is_test=True)
BOX = replace(A_REQUEST, service_code="YUPACK", service_name="ゆうパック", deliver_on=date(2026, 11, 27), slot="12-14")
FILLED = {
    **dict.fromkeys((3, 9, 10, 11, 12, 20, 23, 26, 27, 28, 39, 43, 44, 45, 46, 47, 51, 54, 55, 69, 70, 86, 88), "0"),
    1: KEY,
    6: "20261125",
    13: "1100780",
    15: "1500001",
    16: "東京都渋谷区神宮前1-2-3 1203号室",
    18: "髙橋 﨑子①",
    21: "090-1234-5678",
    30: "2730017",
    31: "千葉県船橋市西浦3-4-2",
    34: "船橋茶舗",
    37: "047-000-0000",
    52: "20261127",
    53: "52",
    56: "1",
    57: "抹茶",
    84: "抹茶",
    85: "1",
    87: "10",
}
HEADING = (
    "お客様側管理番号,お問い合わせ番号,仮引受確定作業年月日,配送完了作業年月日,"
    "配達ステータス集約コード,配達ステータス明細コード"
)


class TestJapanPost(CarrierContract):
    @pytest.fixture
    def carrier(self) -> Carrier:
        return PLUG

    @pytest.fixture
    def wish(self) -> LabelRequest:
        return replace(BOX, tracking_number="405548424886")


def test_the_file_for_yupri_byte_for_byte() -> None:
    made = PLUG.write("yupri3", [FileRow(KEY, BOX)], Shipper())
    row = ",".join(FILLED.get(number, "") for number in range(1, 101)).encode("cp932") + b"\r\n"
    assert made.content == row == (GOLDEN / "yupri3.csv").read_bytes()


def test_fields_that_cannot_be_written_are_named() -> None:
    found = PLUG.check(asked(replace(BOX, slot="18-21", service_code="CLICKPOST"), name="김", first_line="あ" * 51))
    assert [(each.field, each.problem) for each in found] == [
        ("送り状種別", "not_allowed"),
        ("お届け先住所１", "too_long"),
        ("お届け先名称１", "unprintable"),
        ("配達時間帯区分", "not_allowed"),
    ]


def test_the_history_gives_numbers_and_states() -> None:
    rows = [
        HEADING,
        "PCLONE9,405548424886,20261125093000,20261126140500,52,5201",
        "PCLTWO9,40554842488,20261125093000,,12,1201",
        "PCLBACK9,405548424886,20261125093000,20261127100000,52,34",
        "PCLPLAN9,405548424886,,,10,1001",
        "PCLODD9,405548424886,20261125093000,,99,9999",
    ]
    content = "\r\n".join(rows).encode("cp932")
    assert PLUG.read_numbers(content)[:2] == (
        NumberRow("PCLONE9", "405548424886"),
        NumberRow("PCLTWO9", "40554842488"),
    )
    morning = datetime(2026, 11, 25, 9, 30, tzinfo=JAPAN)
    assert PLUG.read_scans(content) == (
        ScanRow("PCLONE9", "405548424886", "delivered", datetime(2026, 11, 26, 14, 5, tzinfo=JAPAN)),
        ScanRow("PCLTWO9", "40554842488", "moving", morning),
        ScanRow("PCLBACK9", "405548424886", "returned", datetime(2026, 11, 27, 10, 0, tzinfo=JAPAN)),
        ScanRow("PCLODD9", "405548424886", "", morning),
    )
    assert isinstance(PLUG, ScanFiles)


def test_another_file_is_not_taken_for_the_history() -> None:
    with pytest.raises(Rejected, match="headings"):
        PLUG.read_numbers(b"1,2,3")
