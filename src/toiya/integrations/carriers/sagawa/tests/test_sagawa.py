"""Sagawa: the contract of all carriers, both e-Hiden files byte for byte, addresses on three lines, numbers back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.carrier_files_world import A_REQUEST, KEY, asked
from tests.contracts.carrier_contract import CarrierContract
from toiya.core.errors import Rejected
from toiya.domain.carriers.port import Carrier, FileRow, LabelRequest, NumberRow, Shipper
from toiya.integrations.carriers.sagawa.address import split
from toiya.integrations.carriers.sagawa.ehiden import HEADINGS
from toiya.integrations.carriers.sagawa.plug import Sagawa

GOLDEN = Path(__file__).parent / "golden"
PLUG = Sagawa(is_test=True)
SHIPPER = Shipper("123456789012")
BOX = replace(A_REQUEST, service_code="HIKYAKU", service_name="飛脚宅配便", deliver_on=date(2026, 11, 27), slot="18-21")


class TestSagawa(CarrierContract):
    @pytest.fixture
    def carrier(self) -> Carrier:
        return PLUG

    @pytest.fixture
    def wish(self) -> LabelRequest:
        return replace(BOX, tracking_number="512547514334")


def expected(columns: int, filled: dict[int, str]) -> bytes:
    return ",".join(f'"{filled.get(number, "")}"' for number in range(1, columns + 1)).encode("cp932") + b"\r\n"


IN_THREE = {
    3: "090-1234-5678",
    4: "150-0001",
    5: "東京都渋谷区神宮前１－２－３",
    6: "１２０３号室",
    8: "髙橋　﨑子①",
    10: KEY,
    11: "123456789012",
    15: "047-000-0000",
    18: "047-000-0000",
    19: "273-0017",
    20: "千葉県船橋市西浦３－４－２",
    22: "船橋茶舗",
    24: "001",
    25: "抹茶",
    42: "1",
    43: "000",
    44: "001",
    45: "20261127",
    46: "04",
    50: "0",
    52: "021",
    55: "0",
    58: "1",
    61: "20261125",
}
IN_TWO = {
    2: "090-1234-5678",
    3: "150-0001",
    4: "東京都渋谷区神宮前１－２－３",
    5: "１２０３号室",
    7: "髙橋　﨑子①",
    9: KEY,
    10: "123456789012",
    12: "047-000-0000",
    13: "047-000-0000",
    14: "273-0017",
    15: "千葉県船橋市西浦３－４－２",
    17: "船橋茶舗",
    19: "001",
    20: "抹茶",
    25: "1",
    26: "000",
    27: "001",
    28: "20261127",
    29: "04",
    33: "0",
    36: "021",
    39: "0",
    42: "1",
}


def test_the_file_for_ehiden_three_byte_for_byte() -> None:
    made = PLUG.write("ehiden3", [FileRow(KEY, BOX)], SHIPPER)
    heading = ",".join(f'"{word}"' for word in HEADINGS).encode("cp932") + b"\r\n"
    assert len(HEADINGS) == 74
    assert (HEADINGS[9], HEADINGS[45], HEADINGS[61]) == ("お客様管理番号", "配達指定時間帯", "お問い合せ送り状No.")
    assert made.content == heading + expected(74, IN_THREE)
    assert made.content == (GOLDEN / "ehiden3.csv").read_bytes()


def test_the_file_for_ehiden_two_byte_for_byte() -> None:
    made = PLUG.write("ehiden2", [FileRow(KEY, BOX)], SHIPPER)
    assert made.content == expected(43, IN_TWO) == (GOLDEN / "ehiden2.csv").read_bytes()


def test_only_one_seal_is_set() -> None:
    made = PLUG.write("ehiden3", [FileRow(KEY, replace(BOX, slot=""))], SHIPPER)
    assert made.content.splitlines()[1] + b"\r\n" == expected(74, {**IN_THREE, 46: "", 52: "005"})


@pytest.mark.parametrize(
    ("first", "second", "lines", "left"),
    [
        ("東京都渋谷区神宮前1-2-3", "", ("東京都渋谷区神宮前１－２－３", "", ""), ""),
        (
            "神奈川県横浜市鶴見区上末吉5丁目123-456",
            "グランドメゾン鶴見ヒルズ1203号室",
            ("神奈川県横浜市鶴見区上末吉", "５丁目１２３－４５６", "グランドメゾン鶴見ヒルズ１２０３"),
            "号室",
        ),
        ("北海道札幌市中央区大通西11-22-33", "", ("北海道札幌市中央区大通西", "１１－２２－３３", ""), ""),
        ("あ" * 50, "", ("あ" * 16, "あ" * 16, "あ" * 16), "ああ"),
        ("あ" * 10 + "123-456-789", "", ("あ" * 10, "１２３－４５６－７８９", ""), ""),
    ],
)
def test_an_address_is_broken_where_a_reader_would(first: str, second: str, lines: tuple[str, ...], left: str) -> None:
    assert split(first, second) == (lines, left)
    assert all(len(line) <= 16 for line in lines)


def test_what_has_no_room_goes_to_the_second_name_or_stops_the_row() -> None:
    over = asked(BOX, first_line="あ" * 50, second_line="")
    made = PLUG.write("ehiden2", [FileRow(KEY, over)], SHIPPER)
    cells = made.content.decode("cp932").replace('"', "").split(",")
    assert (cells[3:6], cells[6:8], made.problems) == (["あ" * 16] * 3, ["髙橋　﨑子①", "ああ"], ())
    both = asked(BOX, first_line="あ" * 50, second_line="", name="い" * 17)
    (problem,) = PLUG.check(both)
    assert (problem.field, problem.problem, problem.letters) == ("お届け先住所３", "too_long", "ああ")


def test_hangul_stops_the_row_and_another_form_of_a_letter_does_not() -> None:
    (problem,) = PLUG.check(asked(BOX, name="김"))
    assert (problem.field, problem.problem, problem.letters) == ("お届け先名称１", "unprintable", "김")
    assert PLUG.check(asked(BOX, name="𠮷田")) == ()


def test_numbers_come_back_by_heading_or_by_the_programs_own_order() -> None:
    by_heading = "お問合せ送り状No,出荷日,お客様管理番号\r\n512547514334,20261125,PCLONE9\r\n,20261125,PCLTWO9\r\n"
    assert PLUG.read_numbers(by_heading.encode("cp932")) == (
        NumberRow("PCLONE9", "512547514334"),
        NumberRow("PCLTWO9", "", is_printed=False),
    )
    three = ["512547514334", *[""] * 17, "PCLONE9"]
    two = ["512547514334", *[""] * 11, "PCLONE9", "123456789012"]
    for cells in (three, two):
        assert PLUG.read_numbers(",".join(cells).encode()) == (NumberRow("PCLONE9", "512547514334"),)
    with pytest.raises(Rejected, match="headings"):
        PLUG.read_numbers(b"1,2,3")
