"""The columns of the in/out file (A116-A118), and how its cells are read."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from toiya.domain.imports.port import Column

_IN = frozenset({"in", "i", "入", "入庫", "入库", "입고"})
_OUT = frozenset({"out", "o", "出", "出庫", "出库", "출고"})
_WHOLE = re.compile(r"([0-9]{1,9})(\.0+)?")

COLUMNS = (
    Column(
        "seller_code",
        {"en": "SellerCode", "ja": "販売者コード", "zh-hans": "卖家代码", "ko": "판매자 코드"},
        ("SellerCode", "Seller Code", "販売者コード", "販売者商品コード", "卖家代码", "판매자 코드"),
        example="LT-NVM",
        hint=_("Your own code of the SKU; only to know the row by."),
    ),
    Column(
        "inventory_code",
        {"en": "InventoryCode", "ja": "在庫商品コード", "zh-hans": "库存代码", "ko": "재고 코드"},
        ("InventoryCode", "Inventory Code", "在庫商品コード", "在庫コード", "库存代码", "재고 코드"),
        is_required=True,
        example="300000000001",
        hint=_("12 digits that begin with 3."),
    ),
    Column(
        "option_code",
        {"en": "InventoryOptionCode", "ja": "在庫オプションコード", "zh-hans": "库存选项代码", "ko": "재고 옵션 코드"},
        ("InventoryOptionCode", "Inventory Option Code", "在庫オプションコード", "库存选项代码", "재고 옵션 코드"),
        is_required=True,
        example="00001",
        hint=_("5 digits, such as 00001."),
    ),
    Column(
        "way",
        {"en": "InOut", "ja": "入出庫", "zh-hans": "出入库", "ko": "입출고"},
        ("InOut", "In/Out", "入出庫", "入出庫区分", "出入库", "입출고"),
        is_required=True,
        example="in",
        hint=_("in to bring in, out to take out."),
    ),
    Column(
        "quantity",
        {"en": "MovingQty", "ja": "移動数量", "zh-hans": "移动数量", "ko": "이동 수량"},
        ("MovingQty", "Moving Qty", "移動数量", "数量", "移动数量", "이동 수량"),
        is_required=True,
        example="80",
        hint=_("Pieces, in digits."),
    ),
    Column(
        "branch_code",
        {"en": "BranchCode", "ja": "支店コード", "zh-hans": "分店代码", "ko": "지점 코드"},
        ("BranchCode", "Branch Code", "支店コード", "分店代码", "지점 코드"),
        is_required=True,
        example="0000011520",
        hint=_("The warehouse, such as 0000011520."),
    ),
    Column(
        "description",
        {"en": "Description", "ja": "説明", "zh-hans": "说明", "ko": "설명"},
        ("Description", "説明", "備考", "说明", "설명"),
        example="4901234567894",
        hint=_("Such as the JAN code or the barcode on the goods."),
    ),
)


def way_of(text: str) -> str:
    """in or out; empty for anything else."""
    word = text.strip().casefold()
    return "in" if word in _IN else "out" if word in _OUT else ""


def pieces_of(text: str) -> int | None:
    """Whole pieces, also written 1,000 or 80.0; None for anything else."""
    match = _WHOLE.fullmatch(text.replace(",", "").strip())
    return int(match[1]) if match else None


def sku_code_of(inventory_code: str, option_code: str) -> str:
    """The SKU's code; the option may have lost its zeros in front. Empty when the parts cannot be one."""
    option = option_code.zfill(5)
    fits = re.fullmatch(r"3[0-9]{11}", inventory_code) and re.fullmatch(r"[0-9]{5}", option)
    return f"{inventory_code}-{option}" if fits else ""
