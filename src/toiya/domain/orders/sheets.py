"""The order file of QSM as a kind of sheet: rows of one cart are one order, judged and placed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from toiya.core.actor import Actor, Permission
from toiya.core.sheets import Sheet, SheetRow
from toiya.domain.imports.port import Applied, Cells, Change, Column, Flaw, Sender, Verdict
from toiya.domain.orders import cells as words
from toiya.domain.orders.actions.placing import place_orders
from toiya.domain.orders.imports import CHANNEL, HEADINGS, REQUIRED, OrderFile, RowProblem, orders_in
from toiya.domain.orders.models import Order

_CODES = ("order_number", "cart_number", "option_code", "item_code")
_EXAMPLES = {
    "order_number": "500100",
    "cart_number": "900100",
    "quantity": "2",
    "option_code": "LT-NVM",
    "receiver": "田中 みなみ",
    "address": "千葉県船橋市西浦1-2-3",
}
_TITLES: Mapping[str, tuple[str, str, str]] = {  # en, zh-hans, ko; the Japanese one is QSM's own
    "order_number": ("Order number", "订单号", "주문번호"),
    "cart_number": ("Cart number", "购物车号", "장바구니번호"),
    "state": ("Delivery state", "配送状态", "배송상태"),
    "title": ("Product name", "商品名", "상품명"),
    "quantity": ("Pieces", "数量", "수량"),
    "option": ("Option", "选项", "옵션정보"),
    "option_code": ("Option code", "选项代码", "옵션코드"),
    "item_code": ("Seller item code", "卖家商品代码", "판매자상품코드"),
    "receiver": ("Receiver", "收件人", "수취인명"),
    "receiver_kana": ("Receiver (kana)", "收件人(假名)", "수취인명(가나)"),
    "phone": ("Phone", "收件人电话", "수취인전화번호"),
    "mobile": ("Mobile phone", "收件人手机", "수취인휴대전화번호"),
    "address": ("Address", "地址", "주소"),
    "postal_code": ("Postal code", "邮政编码", "우편번호"),
    "country": ("Country", "国家", "국가"),
    "currency": ("Currency", "货币", "통화"),
    "unit_price": ("Unit price", "单价", "판매가격"),
    "total": ("Order total", "订单总额", "주문금액합계"),
    "note": ("Note", "备注", "배송요청사항"),
    "paid_at": ("Paid at", "付款日", "입금일"),
    "ship_by": ("Ship by", "预计发货日", "발송예정일"),
}


def _column(name: str, headings: Sequence[str]) -> Column:
    english, chinese, korean = _TITLES[name]
    titles = {"en": english, "ja": headings[0], "zh-hans": chinese, "ko": korean}
    # Names, addresses and numbers stay as written: the reading rules of order files fold what they must themselves.
    is_text = name not in _CODES
    return Column(name, titles, tuple(headings), name in REQUIRED, is_text=is_text, example=_EXAMPLES.get(name, ""))


class Stays(StrEnum):
    """Why an order of a file is not taken back with it."""

    AT_WORK = "at_work"
    TOUCHED = "touched"
    OLD_FILE = "old_file"


STAYS: Mapping[str, Any] = {
    Stays.AT_WORK: _("Order %(code)s is with the warehouse or gone. Cancel it on its page, or announce a return."),
    Stays.TOUCHED: _("Somebody changed order %(code)s since. Cancel it on its page."),
    Stays.OLD_FILE: _("Order %(code)s was applied before files could be undone. Cancel it on its page."),
}


class TakeBack(Protocol):
    """Cancels orders; it lies in a package above this one (`outbound`), and `config/sheets.py` hands it in."""

    def __call__(
        self, *, seller_id: int, codes: Sequence[str], reason: str, actor: Actor, at: datetime
    ) -> Mapping[str, str]:
        """Why each order that cannot be taken back stays, by its code: one of Stays."""
        ...


class OrdersSheet:
    """Kind `orders`."""

    name = "orders"
    title: Any = _("Orders from QSM")
    permission = Permission.EDIT_ORDERS
    names_buyers = True
    columns: Sequence[Column] = tuple(_column(name, headings) for name, headings in HEADINGS.items())
    flaw_words: Mapping[str, Any] = {**words.PROBLEMS, **STAYS}

    def __init__(self, take_back: TakeBack) -> None:
        self._take_back = take_back

    def group_of(self, cells: Cells) -> str:
        """The cart, else the order number."""
        return words.plain(cells.get("cart_number", "")) or words.plain(cells.get("order_number", ""))

    def judge(self, sender: Sender, rows: Sequence[Cells]) -> list[Verdict]:
        """New orders, orders we have, rows that are over at the site, and rows to mend with those of their cart."""
        file = _read(sender, rows)
        known = _known(sender, file)
        found: dict[int, Verdict] = {number: Verdict("unchanged", "", effects={}) for number in file.rows_over}
        for draft, numbers in zip(file.drafts, file.rows_of_drafts, strict=True):
            is_known = draft.external_id in known
            effects = {} if is_known else {"pieces": sum(line.quantity for line in draft.lines), "orders": 1}
            for place, number in enumerate(numbers):
                line = draft.lines[place]
                found[number] = Verdict(
                    "unchanged" if is_known else "new",
                    line.external_id,
                    (Change("quantity", "", str(line.quantity)),),
                    effects=effects if place == 0 else {},
                )
        flaws: dict[int, list[Flaw]] = {}
        for problem in file.problems:
            flaws.setdefault(problem.row, []).append(_flaw(sender, problem))
        for number, all_of_row in flaws.items():
            found[number] = Verdict("to_mend", "", flaws=tuple(all_of_row))
        return [found[number] for number in sender.numbers]

    def apply(self, sender: Sender, rows: Sequence[Cells]) -> list[Applied | Flaw]:
        """Place the orders; one that came meanwhile over the site itself is left alone."""
        file = _read(sender, rows)
        known = _known(sender, file)
        fresh = [draft for draft in file.drafts if draft.external_id not in known]
        placed = place_orders(seller_id=sender.seller_id, drafts=fresh, actor=sender.actor, at=sender.at)
        codes = known | {external_id: code for (_shop, external_id), code in placed.codes.items()}
        outcomes: dict[int, Applied | Flaw] = {}
        for draft, numbers in zip(file.drafts, file.rows_of_drafts, strict=True):
            made = {"made": draft.external_id not in known}
            outcomes |= dict.fromkeys(numbers, Applied(codes.get(draft.external_id, ""), made))
        outcomes |= {problem.row: _flaw(sender, problem) for problem in file.problems}
        return [outcomes.get(number, Applied("")) for number in sender.numbers]

    def undo(self, sender: Sender, applied: Sequence[Applied]) -> list[Flaw | None]:
        """Cancel the orders that the file made and nobody touched since; those that were here before are left alone."""
        made = {each.subject for each in applied if each.undo.get("made")}
        stay: dict[str, str] = {each.subject: Stays.OLD_FILE for each in applied if each.subject and not each.undo}
        if made:
            stay |= self._take_back(
                seller_id=sender.seller_id,
                codes=sorted(made),
                reason=sender.session,
                actor=sender.actor,
                at=sender.at,
            )
        return [_stays(each.subject, stay.get(each.subject, "")) for each in applied]

    def sentences(self, effects: Mapping[str, int]) -> list[str]:
        """How many orders come."""
        orders, pieces = effects.get("orders", 0), effects.get("pieces", 0)
        if not orders:
            return []
        told = ngettext(
            "%(orders)s new order is placed and judged at once.",
            "%(orders)s new orders are placed and judged at once.",
            orders,
        )
        wanted = ngettext("They ask for %(pieces)s piece.", "They ask for %(pieces)s pieces.", pieces)
        return [told % {"orders": f"{orders:,}"}, wanted % {"pieces": f"{pieces:,}"}]


def _read(sender: Sender, rows: Sequence[Cells]) -> OrderFile:
    """Rows by column name as the sheet they came from, under the headings that file gave them."""
    names = list(dict.fromkeys([*REQUIRED, *(name for cells in rows for name in cells)]))
    heading = tuple(HEADINGS[name][0] for name in names)
    below = [
        SheetRow(number, tuple(cells.get(name, "") for name in names))
        for number, cells in zip(sender.numbers, rows, strict=True)
    ]
    return orders_in(Sheet([SheetRow(0, heading), *below], ""), sender.options.get("shop", ""))


def _known(sender: Sender, file: OrderFile) -> dict[str, str]:
    numbers = {draft.external_id for draft in file.drafts}
    held = Order.objects.filter(seller_id=sender.seller_id, channel=CHANNEL, external_id__in=numbers)
    return dict(held.values_list("external_id", "code"))


def _stays(code: str, why: str) -> Flaw | None:
    return Flaw("", why, details={"code": code}) if why else None


def _flaw(sender: Sender, problem: RowProblem) -> Flaw:
    name = next((name for name, headings in HEADINGS.items() if headings[0] == problem.column), "")
    heading = sender.headings.get(name, problem.column)
    details: dict[str, str | int] = {
        "row": problem.row,
        "column": heading,
        "value": words.shortened(problem.value),
        "mend": problem.mend,
    }
    is_value = problem.problem in {"not_a_number", "not_a_country", "not_a_currency"} and "–" not in problem.mend
    mends = {"not_a_country": "JP", "not_a_currency": "JPY"}
    mend = (mends.get(problem.problem) or problem.mend) if is_value else ""
    return Flaw(name, problem.problem, mend=mend, details=details)
