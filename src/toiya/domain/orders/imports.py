"""
The order file a seller downloads from QSM, read into order drafts. Pure: bytes in, drafts and row problems out.

Columns are found by name, not by place. カート番号 is the merge key: several 注文番号 in one cart are one order.
Every row is judged alone; only rows of the same cart share a fate, because half an order must not be sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toiya.core.sheets import Sheet, SheetRow, UnreadableSheet, read_sheet
from toiya.domain.orders import cells, rules
from toiya.domain.orders.cells import CellProblem, Judge, folded_heading
from toiya.domain.orders.rules import AddressDraft, LineDraft, OrderDraft

CHANNEL = "qoo10"
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "order_number": ("注文番号",),
    "cart_number": ("カート番号",),
    "state": ("配送状態",),
    "title": ("商品名",),
    "quantity": ("数量",),
    "option": ("オプション情報",),
    "option_code": ("オプションコード",),
    "item_code": ("販売者商品コード",),
    "receiver": ("受取人名",),
    "receiver_kana": ("受取人名(フリガナ)",),
    "phone": ("受取人電話番号",),
    "mobile": ("受取人携帯電話番号",),
    "address": ("住所",),
    "postal_code": ("郵便番号",),
    "country": ("国家",),
    "currency": ("通貨",),
    "unit_price": ("販売価格",),
    "total": ("注文金額の合計", "購入者決済金額"),
    "note": ("配送要請事項",),
    "paid_at": ("入金日",),
    "ship_by": ("発送予定日",),
}
REQUIRED = ("order_number", "quantity", "receiver", "address")
# Rows in these states are no work for us any more; other words, new ones too, are taken in.
OVER = ("配送中", "配送完了", "キャンセル", "取消", "返品")
HEADING_WITHIN_ROWS = 10


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One cell (or row) that must be mended: where, what stands there, what is wrong, what to write instead."""

    row: int
    column: str
    value: str
    problem: str
    mend: str = ""

    def __str__(self) -> str:
        return cells.sentence(self.row, self.column, CellProblem(self.value, self.problem, self.mend))


@dataclass(slots=True)
class OrderFile:
    """What a file held: orders to place, rows to mend, rows that are over at the site."""

    encoding: str
    rows: int = 0
    drafts: list[OrderDraft] = field(default_factory=list)
    rows_of_drafts: list[tuple[int, ...]] = field(default_factory=list)  # the rows each draft was made of
    problems: list[RowProblem] = field(default_factory=list)
    rows_over: list[int] = field(default_factory=list)

    @property
    def passed_over(self) -> int:
        """How many rows are over at the site."""
        return len(self.rows_over)


@dataclass(frozen=True, slots=True)
class _Row:
    """One judged row."""

    number: int
    cart: str
    line: LineDraft
    head: OrderDraft


def read_orders(content: bytes, shop_code: str = "") -> OrderFile:
    """
    Read an order file.

    :raises UnreadableSheet: no sheet, or one without the columns an order needs
    """
    return orders_in(read_sheet(content), shop_code)


def orders_in(sheet: Sheet, shop_code: str) -> OrderFile:
    """
    The same of a sheet that was read.

    :raises UnreadableSheet: a column that an order needs is not there
    """
    start, columns = _columns(sheet)
    found = OrderFile(sheet.encoding)
    carts: dict[str, list[_Row]] = {}
    bad_carts: dict[str, int] = {}
    seen: dict[str, int] = {}
    for row in sheet.rows[start:]:
        found.rows += 1
        values = {name: row.cells[place] if place < len(row.cells) else "" for name, place in columns.items()}
        if any(word in values.get("state", "") for word in OVER):
            found.rows_over.append(row.number)
            continue
        judged, problems = _judged(row, values, columns, sheet.rows[start - 1], shop_code)
        cart = cells.plain(values.get("cart_number", "")) or cells.plain(values["order_number"])
        if judged is not None and judged.line.external_id in seen:
            first = seen[judged.line.external_id]
            number = judged.line.external_id
            problems = [RowProblem(row.number, HEADINGS["order_number"][0], number, "twice", str(first))]
        if problems or judged is None:
            found.problems.extend(problems)
            bad_carts.setdefault(cart, row.number)
            continue
        seen[judged.line.external_id] = row.number
        carts.setdefault(cart, []).append(judged)
    _merge(found, carts, bad_carts)
    return found


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """Where the data begins, and which column holds what: the row among the first ten with most known names."""
    known = {folded_heading(word): name for name, words in HEADINGS.items() for word in words}
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(sheet.rows[:HEADING_WITHIN_ROWS]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row.cells):
            name = known.get(folded_heading(cell))
            if name is not None:
                columns.setdefault(name, column)
        if len(columns) > len(best[1]):
            best = (place + 1, columns)
    missing = [HEADINGS[name][0] for name in REQUIRED if name not in best[1]]
    if missing:
        raise UnreadableSheet(why=cells.MISSING_COLUMNS % {"columns": ", ".join(missing)}, reason="no_heading")
    return best


def _judged(
    row: SheetRow, values: Mapping[str, str], columns: Mapping[str, int], heading: SheetRow, shop_code: str
) -> tuple[_Row | None, list[RowProblem]]:
    judge = Judge(values)
    number = judge.text("order_number", 60, is_required=True)
    currency = judge.currency()
    line = LineDraft(
        external_id=number,
        title=judge.text("title", 300, may_cut=True),
        option=judge.text("option", 300, may_cut=True),
        item_code=judge.text("item_code", 100),
        option_code=judge.text("option_code", 100),
        quantity=judge.whole("quantity", rules.MOST_PIECES),
        unit_price_minor=judge.money("unit_price", currency),
    )
    total = judge.money("total", currency)
    head = OrderDraft(
        channel=CHANNEL,
        shop_code=shop_code,
        external_id=judge.text("cart_number", 60) or number,
        lines=(line,),
        address=AddressDraft(
            name=judge.text("receiver", 100, is_required=True),
            name_kana=judge.text("receiver_kana", 100, may_cut=True),
            phone=judge.phone("mobile", "phone"),
            country=judge.country(),
            postal_code=judge.text("postal_code", 12),
            first_line=judge.text("address", 300, is_required=True),
        ),
        currency=currency,
        total_minor=total or line.unit_price_minor * line.quantity,
        note=judge.text("note", 1000, may_cut=True),
        paid_at=judge.instant("paid_at"),
        ship_by=judge.end_of_day("ship_by"),
    )
    problems = [
        RowProblem(row.number, heading.cells[columns[name]], found.value, found.problem, found.mend)
        for name, found in judge.problems.items()
    ]
    return (None if problems else _Row(row.number, head.external_id, line, head)), problems


def _merge(found: OrderFile, carts: Mapping[str, Sequence[_Row]], bad_carts: Mapping[str, int]) -> None:
    """Rows of one cart become one order; a cart with a row to mend waits whole."""
    for cart, rows in carts.items():
        if cart in bad_carts:
            found.problems.extend(
                RowProblem(row.number, HEADINGS["cart_number"][0], cart, "cart_waits", str(bad_carts[cart]))
                for row in rows
            )
            continue
        head = rows[0].head
        strangers = [row for row in rows if row.head.address != head.address]
        if strangers:
            found.problems.extend(
                RowProblem(row.number, HEADINGS["address"][0], cart, "other_receiver", str(rows[0].number))
                for row in strangers
            )
            continue
        notes = list(dict.fromkeys(row.head.note for row in rows if row.head.note))
        found.rows_of_drafts.append(tuple(row.number for row in rows))
        found.drafts.append(
            OrderDraft(
                channel=CHANNEL,
                shop_code=head.shop_code,
                external_id=head.external_id,
                lines=tuple(row.line for row in rows),
                address=head.address,
                currency=head.currency,
                total_minor=sum(row.head.total_minor for row in rows),
                note="\n".join(notes)[:1000],
                paid_at=head.paid_at,
                ship_by=min((row.head.ship_by for row in rows if row.head.ship_by), default=None),
            )
        )
    found.problems.sort(key=lambda problem: problem.row)
