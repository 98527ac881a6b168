"""The columns of the item sheet (A090), in four languages; free option headings stand before Qty."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from toiya.domain.imports.port import Column

OPTION_PLACES = 4
FREE = tuple(f"option_{place}" for place in range(1, OPTION_PLACES + 1))


def _titles(english: str, japanese: str, chinese: str, korean: str) -> dict[str, str]:
    return {"en": english, "ja": japanese, "zh-hans": chinese, "ko": korean}


_FREE_HINT = _("Any heading you like, such as colour; each column before Qty is one option.")
COLUMNS = (
    Column(
        "option_1",
        _titles("Color", "カラー", "颜色", "색상"),
        is_free=True,
        is_text=True,
        example="navy",
        hint=_FREE_HINT,
    ),
    Column(
        "option_2",
        _titles("Size", "サイズ", "尺寸", "사이즈"),
        is_free=True,
        is_text=True,
        example="M",
        hint=_FREE_HINT,
    ),
    Column("option_3", _titles("Option 3", "オプション3", "选项3", "옵션3"), is_free=True, is_text=True),
    Column("option_4", _titles("Option 4", "オプション4", "选项4", "옵션4"), is_free=True, is_text=True),
    Column(
        "quantity",
        _titles("Qty", "数量", "数量", "수량"),
        ("Quantity", "Stock"),
        is_required=True,
        example="10",
        hint=_("Pieces you can sell, wherever they are."),
    ),
    Column(
        "price",
        _titles("Price", "価格", "价格", "가격"),
        ("Surcharge", "オプション価格", "追加料金", "选项价格", "옵션가격"),
        example="0",
        hint=_("What this option costs more than the item; 0 when nothing."),
    ),
    Column("currency", _titles("Currency", "通貨", "货币", "통화"), example="JPY", hint=_("JPY unless told.")),
    Column(
        "seller_code",
        _titles("SellerCode", "販売者コード", "卖家代码", "판매자코드"),
        ("販売者商品コード", "オプションコード", "Option code"),
        example="LT-NVM",
        hint=_("Your own code; orders are matched by it."),
    ),
    Column(
        "item_name",
        _titles("ItemName", "商品名", "商品名称", "상품명"),
        ("Name", "Product name"),
        is_text=True,
        example="Linen tote",
        hint=_("Rows of the same name are options of one item. Leave the column out for one item only."),
    ),
    Column(
        "item_code",
        _titles("InventoryCode", "在庫コード", "库存代码", "재고코드"),
        hint=_("12 digits; only to change or extend an item you have."),
    ),
    Column(
        "option_code",
        _titles("InventoryOptionCode", "在庫オプションコード", "库存选项代码", "재고옵션코드"),
        hint=_("5 digits; only to change a SKU you have."),
    ),
    Column(
        "barcode",
        _titles("Barcode", "バーコード", "条形码", "바코드"),
        ("JAN", "JANコード", "EAN", "UPC"),
        hint=_("What is printed on the goods, such as JAN."),
    ),
    Column("weight_g", _titles("Weight (g)", "重量(g)", "重量(g)", "중량(g)"), ("Weight", "重量")),
    Column("length_mm", _titles("Length (mm)", "長さ(mm)", "长(mm)", "길이(mm)")),
    Column("width_mm", _titles("Width (mm)", "幅(mm)", "宽(mm)", "너비(mm)")),
    Column("height_mm", _titles("Height (mm)", "高さ(mm)", "高(mm)", "높이(mm)")),
    Column("hs_code", _titles("HS code", "HSコード", "HS编码", "HS코드"), hint=_("6 to 10 digits, for customs.")),
    Column("customs_text", _titles("Customs text", "通関用品名", "报关品名", "통관품명"), is_text=True),
    Column(
        "origin_country", _titles("Country of origin", "原産国", "原产国", "원산지"), hint=_("Two letters, such as JP.")
    ),
)
