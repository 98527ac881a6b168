"""The order file from QSM: columns by name, carts as orders, every row judged alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.core.sheets import UnreadableSheet
from toiya.domain.orders.imports import OrderFile, read_orders

HEADINGS = [
    "配送状態", "注文番号", "カート番号", "入金日", "発送予定日", "商品名", "数量", "オプション情報",
    "オプションコード",
    "受取人名", "受取人名(フリガナ)", "受取人電話番号", "受取人携帯電話番号", "住所", "郵便番号", "国家",
    "通貨", "販売価格",
    "注文金額の合計", "配送要請事項", "販売者商品コード",
]  # fmt: skip
GOOD = {
    "配送状態": "新規注文", "注文番号": "500100", "カート番号": "900100", "入金日": "2026/11/20 11:30:05",
    "発送予定日": "2026-11-24", "商品名": "リネントート", "数量": "2", "オプション情報": "ネイビー / M",
    "オプションコード": "LT-NVM", "受取人名": "田中 みなみ", "受取人名(フリガナ)": "タナカ ミナミ",
    "受取人電話番号": "+81--",
    "受取人携帯電話番号": "+81-90-1234-5678", "住所": "千葉県船橋市西浦1-2-3", "郵便番号": "'273-0017", "国家": "JP",
    "通貨": "JPY", "販売価格": "1,200", "注文金額の合計": "2400", "配送要請事項": "玄関前", "販売者商品コード": "LT",
}  # fmt: skip


def row(**changes: str) -> dict[str, str]:
    return {**GOOD, **changes}


def file_of(*rows: dict[str, str], headings: list[str] = HEADINGS, encoding: str = "cp932") -> OrderFile:
    lines = [",".join(headings)]
    lines += [",".join(f'"{each.get(name, "")}"' for name in headings) for each in rows]
    return read_orders("\r\n".join(lines).encode(encoding))


def told(file: OrderFile) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.problem) for problem in file.problems]


def test_a_good_row_becomes_an_order() -> None:
    file = file_of(GOOD)
    (draft,) = file.drafts
    assert file.problems == []
    assert draft.key == ("", "900100")
    assert draft.channel == "qoo10"
    assert draft.lines[0].external_id == "500100"
    assert draft.lines[0].quantity == 2
    assert draft.lines[0].match_code == "LT-NVM"
    assert draft.lines[0].unit_price_minor == 1200
    assert draft.total_minor == 2400
    assert draft.address.phone == "+81-90-1234-5678"
    assert draft.address.postal_code == "273-0017"
    assert draft.paid_at == datetime(2026, 11, 20, 2, 30, 5, tzinfo=UTC)
    assert draft.ship_by == datetime(2026, 11, 24, 14, 59, 59, tzinfo=UTC)
    assert draft.note == "玄関前"


def test_columns_are_found_by_name_in_any_place_and_width() -> None:
    turned = [name.replace("(", "（").replace(")", "）") for name in reversed(HEADINGS)]
    rows = {name.replace("(", "（").replace(")", "）"): value for name, value in GOOD.items()}
    file = file_of(rows, headings=turned, encoding="utf-8-sig")
    assert file.drafts[0].address.name_kana == "タナカ ミナミ"


def test_lines_above_the_headings_are_passed_by() -> None:
    text = (
        "Qoo10 受注一覧\r\n\r\n"
        + ",".join(HEADINGS)
        + "\r\n"
        + ",".join(GOOD[name].replace(",", "") for name in HEADINGS)
    )
    assert [draft.external_id for draft in read_orders(text.encode()).drafts] == ["900100"]


def test_several_order_numbers_of_one_cart_are_one_order() -> None:
    file = file_of(GOOD, row(注文番号="500101", オプションコード="SO-100", 数量="１"))
    (draft,) = file.drafts
    assert [(line.external_id, line.quantity) for line in draft.lines] == [("500100", 2), ("500101", 1)]
    assert draft.total_minor == 4800


def test_a_bad_row_never_stops_its_neighbours() -> None:
    rows = [row(注文番号=str(n), カート番号=f"c{n}") for n in range(5)]
    rows[2]["数量"] = "１０個"
    file = file_of(*rows)
    assert [draft.external_id for draft in file.drafts] == ["c0", "c1", "c3", "c4"]
    assert [str(problem) for problem in file.problems] == ["Row 4, 数量: “１０個” is not a whole number. Write 10."]


def test_a_cart_with_a_row_to_mend_waits_whole() -> None:
    file = file_of(GOOD, row(注文番号="500101", 数量="0"), row(注文番号="7", カート番号="8"))
    assert [draft.external_id for draft in file.drafts] == ["8"]
    assert told(file) == [(2, "カート番号", "cart_waits"), (3, "数量", "not_a_number")]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"注文番号": ""}, ("注文番号", "missing")),
        ({"受取人名": " "}, ("受取人名", "missing")),
        ({"住所": ""}, ("住所", "missing")),
        ({"数量": ""}, ("数量", "missing")),
        ({"数量": "-1"}, ("数量", "not_a_number")),
        ({"数量": "1000001"}, ("数量", "not_a_number")),
        ({"数量": "1.5"}, ("数量", "not_a_number")),
        ({"販売価格": "千円"}, ("販売価格", "not_an_amount")),
        ({"入金日": "きのう"}, ("入金日", "not_a_date")),
        ({"入金日": "2026/13/40"}, ("入金日", "not_a_date")),
        ({"入金日": "0001/01/01 00:00"}, ("入金日", "not_a_date")),
        ({"国家": "Nowhere"}, ("国家", "not_a_country")),
        ({"通貨": "yen?"}, ("通貨", "not_a_currency")),
        ({"オプションコード": "x" * 101}, ("オプションコード", "too_long")),
        ({"受取人名": "田中\x07"}, ("受取人名", "control_character")),
    ],
)
def test_each_kind_of_trouble_is_named_with_its_cell(changes: dict[str, str], problem: tuple[str, str]) -> None:
    file = file_of(row(**changes), row(注文番号="2", カート番号="2"))
    assert told(file) == [(2, *problem)]
    assert len(file.drafts) == 1
    assert "Row 2" in str(file.problems[0])


def test_the_same_line_twice_and_another_receiver_in_one_cart_are_named() -> None:
    file = file_of(GOOD, GOOD)
    assert told(file) == [(2, "カート番号", "cart_waits"), (3, "注文番号", "twice")]
    file = file_of(GOOD, row(注文番号="2", 受取人名="佐藤 花"))
    assert told(file) == [(3, "住所", "other_receiver")]
    assert file.drafts == []


def test_rows_that_are_over_at_the_site_are_passed_over() -> None:
    file = file_of(row(配送状態="配送中"), row(配送状態="キャンセル", 注文番号="2"), row(注文番号="3", カート番号="3"))
    assert file.passed_over == 2
    assert [draft.external_id for draft in file.drafts] == ["3"]


def test_a_sheet_without_the_needed_columns_is_refused_by_name() -> None:
    with pytest.raises(UnreadableSheet) as refused:
        read_orders(b"a,b\n1,2\n")
    assert "注文番号, 数量, 受取人名, 住所" in str(refused.value)


@given(st.lists(st.dictionaries(st.sampled_from(HEADINGS), st.text(max_size=40)), max_size=4))
def test_whatever_stands_in_the_cells_every_row_ends_as_an_order_or_a_problem(rows: list[dict[str, str]]) -> None:
    cleaned = [{name: text.replace('"', "'").replace("\x00", "") for name, text in each.items()} for each in rows]
    lines = [",".join(HEADINGS), *[",".join(f'"{each.get(name, "")}"' for name in HEADINGS) for each in cleaned]]
    content = "\r\n".join(lines).encode("utf-8", "replace")
    file = read_orders(b"\xef\xbb\xbf" + content)
    held = sum(len(draft.lines) for draft in file.drafts)
    assert held + file.passed_over + len({problem.row for problem in file.problems}) == file.rows
