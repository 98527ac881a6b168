"""Yamato: the contract of all carriers, B2's file byte for byte, and the numbers that come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.carrier_files_world import A_REQUEST, KEY, asked
from tests.contracts.carrier_contract import CarrierContract
from toiya.core.errors import Rejected
from toiya.domain.carriers.port import Carrier, FileCarrier, FileRow, LabelRequest, NumberRow, Shipper
from toiya.integrations.carriers.yamato.b2 import slip_type
from toiya.integrations.carriers.yamato.plug import Yamato

GOLDEN = Path(__file__).parent / "golden"
PLUG = Yamato(is_test=True)
SHIPPER = Shipper("0471234567", "", "01")
BOX = replace(A_REQUEST, service_code="TAKKYUBIN", service_name="宅急便", deliver_on=date(2026, 11, 27), slot="AM")


class TestYamato(CarrierContract):
    @pytest.fixture
    def carrier(self) -> Carrier:
        return PLUG

    @pytest.fixture
    def wish(self) -> LabelRequest:
        return replace(BOX, tracking_number="444413758703")


def expected(columns: int, filled: dict[int, str]) -> bytes:
    """A row from literals: the cell of each column, by the numbers of the carrier's manual."""
    return ",".join(filled.get(number, "") for number in range(1, columns + 1)).encode("cp932") + b"\r\n"


FILLED = {
    1: KEY,
    2: "0",
    3: "0",
    5: "2026/11/25",
    6: "2026/11/27",
    7: "0812",
    9: "090-1234-5678",
    11: "150-0001",
    12: "東京都渋谷区神宮前1-2-3",
    13: "1203号室",
    16: "髙橋 﨑子①",
    18: "様",
    20: "047-000-0000",
    22: "273-0017",
    23: "千葉県船橋市西浦3-4-2",
    25: "船橋茶舗",
    28: "抹茶",
    40: "0471234567",
    42: "01",
}


@pytest.mark.parametrize(("layout", "columns"), [("b2-95", 95), ("b2-97", 97), ("b2-96-place", 96)])
def test_the_file_for_b2_byte_for_byte(layout: str, columns: int) -> None:
    made = PLUG.write(layout, [FileRow(KEY, BOX)], SHIPPER)
    assert made.content == expected(columns, FILLED)
    assert (made.keys, made.problems) == ((KEY,), ())
    if layout == "b2-95":
        assert made.content == (GOLDEN / "b2-95.csv").read_bytes()


def test_eazy_says_where_to_leave_the_parcel() -> None:
    eazy = replace(BOX, service_code="EAZY", deliver_on=None, slot="")
    made = PLUG.write("b2-96-place", [FileRow(KEY, eazy)], SHIPPER)
    assert made.content == expected(96, {**FILLED, 2: "1", 6: "", 7: "", 96: "00"})


def test_the_code_of_a_slip_is_that_of_the_day_it_ships() -> None:
    days = (date(2025, 1, 31), date(2025, 2, 1))
    assert [slip_type("NEKOPOS", day) for day in days] == ["7", "A"]
    assert [slip_type("KURONEKO-YUPACKET", day) for day in days] == ["", "7"]


@pytest.mark.parametrize(
    ("change", "field", "problem", "letters"),
    [
        ({"name": "김영희"}, "お届け先名", "unprintable", "김"),
        ({"name": "花子😀"}, "お届け先名", "unprintable", "😀"),
        ({"name": "あ" * 17}, "お届け先名", "too_long", "あ"),
        ({"first_line": "い" * 33}, "お届け先住所", "too_long", "い"),
        ({"second_line": "う" * 17}, "お届け先アパートマンション名", "too_long", "う"),
        ({"postal_code": "150"}, "お届け先郵便番号", "empty", ""),
    ],
)
def test_a_field_that_cannot_be_written_is_named_and_its_row_left_out(
    change: dict[str, str], field: str, problem: str, letters: str
) -> None:
    made = PLUG.write("b2-95", [FileRow("BAD1", asked(BOX, **change)), FileRow(KEY, BOX)], SHIPPER)
    first = made.problems[0]
    assert (first.key, first.field, first.problem, first.letters) == ("BAD1", field, problem, letters)
    assert made.content == expected(95, FILLED)


def test_a_character_with_another_of_the_same_meaning_is_written_as_that() -> None:
    made = PLUG.write("b2-95", [FileRow(KEY, asked(BOX, name="𠮷野〜é"))], SHIPPER)
    assert made.content == expected(95, {**FILLED, 16: "吉野～e"})


def test_a_foreign_phone_is_replaced_by_the_senders() -> None:
    made = PLUG.write("b2-95", [FileRow(KEY, asked(BOX, phone="+82 10 1234 5678"))], SHIPPER)
    assert made.content == expected(95, {**FILLED, 9: "047-000-0000"})
    home = PLUG.write("b2-95", [FileRow(KEY, asked(BOX, phone="+81 90-1234-5678"))], SHIPPER)
    assert home.content == expected(95, FILLED)


def test_a_mailbox_service_takes_neither_day_nor_time() -> None:
    problems = PLUG.check(replace(BOX, service_code="NEKOPOS"))
    assert [(each.field, each.problem, each.letters) for each in problems] == [("お届け予定日", "not_allowed", "AM")]


def test_numbers_come_back_by_our_key_however_a_spreadsheet_saved_them() -> None:
    rows = [
        "お客様管理番号,送り状種類,クール区分,伝票番号",
        "PCLONE9,0,0,444413758703",
        "PCLTWO9,0,0,4444-1375-8703",
        "PCLZERO9,0,0,12345678903",
        "PCLWAIT9,0,0,UMN123456789",
        "PCLNONE9,0,0,",
        "PCLLOST9,0,0,4.44414E+11",
        "PCLWRONG9,0,0,444413758704",
    ]
    read = PLUG.read_numbers("\r\n".join(rows).encode("cp932"))
    assert read == (
        NumberRow("PCLONE9", "444413758703"),
        NumberRow("PCLTWO9", "444413758703"),
        NumberRow("PCLZERO9", "012345678903"),
        NumberRow("PCLWAIT9", "UMN123456789", is_printed=False),
        NumberRow("PCLNONE9", "", is_printed=False),
        NumberRow("PCLLOST9", ""),
        NumberRow("PCLWRONG9", ""),
    )


def test_another_file_is_not_taken_for_one_of_b2() -> None:
    with pytest.raises(Rejected, match="fourth column"):
        PLUG.read_numbers(b"a,b\r\n")


def test_it_is_a_carrier_with_files_and_printer_labels() -> None:
    assert isinstance(PLUG, FileCarrier)
    printed = PLUG.zpl(replace(BOX, tracking_number="444413758703"), 203).decode()
    assert "^BKN,N,104,N,N,A,A^FD444413758703^FS" in printed
