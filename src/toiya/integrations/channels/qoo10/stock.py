"""Reading what is on sale and showing stock through QAPI (channels.md 1.9)."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels.port import LineAnswer, ShopAccess, ShowStock, SiteListing
from toiya.integrations.channels.qoo10 import envelope, translate_goods, values
from toiya.integrations.channels.qoo10.qapi import Qapi
from toiya.integrations.channels.qoo10.translate_goods import Kind
from toiya.integrations.channels.qoo10.values import Row

log = logging.getLogger(__name__)

ROWS_PER_CALL = 500
MOST_PAGES = 2000  # of 500 items; a site that never ends its pages must not keep us for ever
ON_SALE = "S2"

ITEMS = "ItemsLookup.GetAllGoodsInfo"
DETAIL = "ItemsLookup.GetItemDetailInfo"
DETAIL_VERSION = "1.2"
COMBINATIONS = "ItemsLookup.GetGoodsInventoryInfo"
SINGLES = "ItemsLookup.GetGoodsOptionInfo"
SHOW_OPTION = "ItemsOptions.UpdateInventoryQtyUnit"
SHOW_ITEMS = "ItemsOrder.SetGoodsPriceQtyBulk"
SHOW_ITEMS_VERSION = "1.1"

NO_STOCK_OF_ITS_OWN = "no_stock_of_its_own"


def read_listings(qapi: Qapi, access: ShopAccess) -> list[SiteListing]:
    """Every option of every item on sale. An item that goes off sale meanwhile is left out."""
    found: list[SiteListing] = []
    for code in _codes_on_sale(qapi, access):
        try:
            found.extend(_listings_of(qapi, access, code))
        except Rejected as refusal:
            if refusal.code != envelope.NO_SUCH_ITEM:
                raise
        except values.Unreadable as trouble:
            log.error("Qoo10 shop %s: item %s cannot be read: %s", access.shop_id, code, trouble)
    return found


def show(qapi: Qapi, access: ShopAccess, rows: Sequence[ShowStock]) -> list[LineAnswer]:
    """
    Show numbers, one call per option and one for up to 500 items without options.

    When the site stops answering, the rows told so far keep their answers and the rest may be tried again.

    :raises Unreachable: the very first call got no answer
    :raises Rejected: the shop's key or permission was declined
    """
    answers: dict[int, LineAnswer] = {}
    plain: list[tuple[int, ShowStock]] = []
    trouble: Unreachable | None = None
    try:
        for place, row in enumerate(rows):
            kind = row.site_fields.get("kind")
            if kind == Kind.PLAIN:
                plain.append((place, row))
            elif kind == Kind.COMBINATION:
                answers[place] = _show_option(qapi, access, row)
            else:
                answers[place] = _declined(row, NO_STOCK_OF_ITS_OWN)
        for start in range(0, len(plain), ROWS_PER_CALL):
            answers.update(_show_items(qapi, access, plain[start : start + ROWS_PER_CALL]))
    except Unreachable as stopped:
        if not answers:
            raise
        trouble = stopped
    code = trouble.code if trouble else ""
    return [answers.get(place) or _undecided(row, code) for place, row in enumerate(rows)]


def _codes_on_sale(qapi: Qapi, access: ShopAccess) -> list[str]:
    codes: dict[str, None] = {}
    for number in range(1, MOST_PAGES + 1):
        answer = qapi.ask(access, ITEMS, {"ItemStatus": ON_SALE, "Page": str(number)})
        try:
            page = translate_goods.page(answer)
        except values.Unreadable as trouble:
            raise Unreachable("no_list", ITEMS) from trouble
        known = len(codes)
        codes.update(dict.fromkeys(page.item_codes))
        if number >= page.pages or len(codes) == known:
            break
    return list(codes)


def _listings_of(qapi: Qapi, access: ShopAccess, code: str) -> list[SiteListing]:
    item = _item(qapi, access, code)
    if item is None:
        return []
    asked = {"ItemCode": code, "SellerCode": ""}
    combinations = qapi.rows(access, COMBINATIONS, asked)
    singles = [] if combinations else qapi.rows(access, SINGLES, asked)
    return translate_goods.listings(item, combinations, singles)


def _item(qapi: Qapi, access: ShopAccess, code: str) -> Row | None:
    rows = qapi.rows(access, DETAIL, {"ItemCode": code, "SellerCode": ""}, DETAIL_VERSION)
    return next((row for row in rows if values.text(row, "itemcode") == code), None)


def _show_option(qapi: Qapi, access: ShopAccess, row: ShowStock) -> LineAnswer:
    try:
        qapi.ask(access, SHOW_OPTION, translate_goods.option_fields(row))
    except Rejected as refusal:
        if refusal.code in envelope.REFUSALS_OF_ALL:
            raise
        return _declined(row, refusal.code, refusal.message)
    return LineAnswer(_key(row), is_accepted=True)


def _show_items(qapi: Qapi, access: ShopAccess, rows: Sequence[tuple[int, ShowStock]]) -> dict[int, LineAnswer]:
    """Price and end of sale go along with the number, so they are read just before: never set back."""
    answers: dict[int, LineAnswer] = {}
    told: list[tuple[int, ShowStock]] = []
    written: list[dict[str, str]] = []
    for place, row in rows:
        try:
            item = _item(qapi, access, row.external_id)
        except Rejected as refusal:
            if refusal.code != envelope.NO_SUCH_ITEM:
                raise
            item = None
        if item is None:
            answers[place] = _declined(row, envelope.NO_SUCH_ITEM)
        else:
            told.append((place, row))
            written.append(translate_goods.item_fields(row, item))
    if told:
        fields = {"ItemInfoJson": json.dumps(written, ensure_ascii=False, separators=(",", ":"))}
        answered = translate_goods.bulk_rows(qapi.ask(access, SHOW_ITEMS, fields, SHOW_ITEMS_VERSION))
        by_code = {values.text(row, "itemcode"): row for row in answered}
        answers.update((place, _item_answer(row, by_code.get(row.external_id))) for place, row in told)
    return answers


def _item_answer(row: ShowStock, answered: Row | None) -> LineAnswer:
    code = None if answered is None else envelope.code_in(answered, "result_cd", "resultcode")
    if answered is None or code is None:
        return _undecided(row, "")
    if code == envelope.ACCEPTED:
        return LineAnswer(_key(row), is_accepted=True)
    return _declined(row, envelope.code_for(SHOW_ITEMS, code), envelope.message_in(answered, code))


def _declined(row: ShowStock, code: str, message: str = "") -> LineAnswer:
    return LineAnswer(_key(row), is_accepted=False, code=code, message=message)


def _undecided(row: ShowStock, code: str) -> LineAnswer:
    return LineAnswer(_key(row), is_accepted=False, code=code or "no_answer", may_retry=True)


def _key(row: ShowStock) -> str:
    return f"{row.external_id}/{row.fingerprint}"
