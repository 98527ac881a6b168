"""The test carrier: the contract of all carriers, its numbers, and what its label shows."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from tests.contracts.carrier_contract import CarrierContract, words
from toiya.core.errors import Rejected
from toiya.domain.carriers.port import Carrier, LabelAnswer, LabelRequest, Party
from toiya.integrations.carriers.test_carrier.plug import FIRST_BODY, LAST_BODY, TestCarrier

WISH = LabelRequest(
    reference="PCL-7K2M4Q-9",
    order_code="ORD-7K2M4Q-9",
    service_code="nekopos",
    service_name="ネコポス",
    tracking_number="999000000014",
    sender=Party("船橋茶舗", "2730017", "千葉県船橋市西浦3-4-2", "船橋センター", "047-000-0000"),
    receiver=Party(
        "髙橋 﨑子", "150-0001", "東京都渋谷区神宮前１丁目２番３号", "グランド原宿 1203号室", "090-1234-5678"
    ),
    weight_g=1250,
    pieces=3,
    ship_on=date(2026, 11, 22),
    contents="抹茶 100g 缶 ほか2点",
)

SHOWN = (
    *("TEST", "NOTAREALSHIPMENT", "TESTCARRIER", "ネコポス", "お届け先", "〒150-0001", "TEL:090-1234-5678"),
    *("東京都渋谷区神宮前１丁目２番３号", "グランド原宿1203号室", "髙橋﨑子様"),
    *("ご依頼主", "船橋茶舗", "〒273-0017", "千葉県船橋市西浦3-4-2", "TEL:047-000-0000"),
    *("2026/11/22", "1,250g", "点数3", "ORD-7K2M4Q-9", "抹茶100g缶ほか2点"),
    *("9990-0000-0014", "PCL-7K2M4Q-9"),
)


class TestTheTestCarrier(CarrierContract):
    @pytest.fixture
    def carrier(self) -> Carrier:
        return TestCarrier()

    @pytest.fixture
    def wish(self) -> LabelRequest:
        return WISH


def label_of(**changes: object) -> LabelAnswer:
    return TestCarrier().buy(replace(WISH, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "number"),
    [(99_900_000_001, "999000000014"), (99_900_000_002, "999000000025"), (LAST_BODY, "999999999994")],
)
def test_the_last_digit_is_the_body_modulo_seven(body: int, number: str) -> None:
    assert TestCarrier().check_digit(body) == number


@pytest.mark.parametrize("body", [44_441_375_870, FIRST_BODY - 1, LAST_BODY + 1])
def test_no_number_outside_the_test_range_is_made(body: int) -> None:
    with pytest.raises(ValueError, match="outside the test range"):
        TestCarrier().check_digit(body)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("444413758703", "number_not_of_test_range"),
        ("", "number_not_of_test_range"),
        ("999000000013", "wrong_check_digit"),
    ],
)
def test_a_number_that_is_not_ours_is_rejected(number: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        label_of(tracking_number=number)
    assert refused.value.code == code


def test_the_slip_number_is_nw7_between_two_a_and_our_reference_code_128() -> None:
    picture = pypdfium2.PdfDocument(label_of().document)[0].render(scale=203 / 72).to_pil()
    assert sorted((str(found.format), found.text) for found in zxingcpp.read_barcodes(picture)) == [
        ("Codabar", "A999000000014A"),
        ("Code 128", "PCL-7K2M4Q-9"),
    ]


def test_both_codes_are_read_from_a_printer_that_knows_only_black_and_white() -> None:
    picture = pypdfium2.PdfDocument(label_of().document)[0].render(scale=203 / 72).to_pil().convert("1", dither=0)
    assert sorted(found.text for found in zxingcpp.read_barcodes(picture.convert("L"))) == [
        "A999000000014A",
        "PCL-7K2M4Q-9",
    ]


def test_the_label_shows_everything_a_driver_and_a_receiver_need() -> None:
    written = words(label_of())
    assert [part for part in SHOWN if part not in written] == []


def test_a_character_the_font_lacks_is_printed_as_geta_and_remarked() -> None:
    answer = label_of(receiver=replace(WISH.receiver, name="김 𠮷田"))
    assert "〓吉田様" in words(answer)
    assert answer.remarks == ("김 was printed as 〓", "𠮷 was printed as 吉")


def test_a_name_of_sixty_characters_is_set_smaller_and_still_whole() -> None:
    name = "株式会社東京国際貿易流通推進機構関東統括営業本部第一営業部輸入雑貨課" + "山田太郎" * 6
    assert f"{name}様" in words(label_of(receiver=replace(WISH.receiver, name=name)))


def test_an_address_without_room_is_named_with_what_is_left_over() -> None:
    with pytest.raises(Rejected) as refused:
        label_of(receiver=replace(WISH.receiver, first_line="東京都港区" * 60))
    assert refused.value.code == "text_does_not_fit"
    assert refused.value.message.startswith("The receiver's address has no room on the label: '")


@pytest.mark.parametrize("title", ["送料無料 抹茶 100g 缶 " * 20, "あ" * 300, "Organic Matcha " * 30])
def test_a_long_title_of_the_goods_is_shortened_with_a_remark(title: str) -> None:
    answer = label_of(contents=title)
    (remark,) = answer.remarks
    shown = remark.removeprefix("The contents were shortened to '").removesuffix("'")
    assert shown.endswith("…")
    assert title.startswith(shown.removesuffix("…"))
    assert len(shown) > 60
    assert "".join(shown.split()) in words(answer)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"weight_g": 0}, "weight_out_of_range"),
        ({"weight_g": 30_001}, "weight_out_of_range"),
        ({"pieces": 0}, "no_pieces"),
        ({"reference": "参照"}, "code_not_printable"),
    ],
)
def test_a_request_no_carrier_could_take_is_rejected(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Rejected) as refused:
        label_of(**changes)
    assert refused.value.code == code


def test_a_phone_and_a_second_line_may_be_empty() -> None:
    assert "TEL" not in words(label_of(receiver=replace(WISH.receiver, phone="", second_line=""))).split("ご依頼主")[0]
