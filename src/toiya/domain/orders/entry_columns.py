"""The columns of the file of entered orders, as the manual has them, and a few of ours (A162, L12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.domain.imports.port import Column

# English, Japanese, Chinese, Korean; then other words that files use.
_TITLES: Mapping[str, tuple[str, ...]] = {
    "reference": (
        "Reference order no.",
        "参考注文番号",
        "参考订购号码",
        "참고주문번호",
        "order-id",
        "注文番号",
        "주문번호",
    ),
    "product_code": ("Product code", "商品コード", "商品代码", "상품코드", "Item code", "商品番号"),
    "title": ("Product name", "商品名", "商品名称", "상품명", "product-name", "商品名"),
    "service": ("Delivery method", "配送方法", "运送方式", "배송방법", "ship-service-level"),
    "ship_country": ("Ship country", "発送国", "发货国家", "발송국가"),
    "sub_category": ("Sub-category", "小分類内容", "小分类内容", "소분류내용", "小分類"),
    "kind": ("Type", "タイプ", "类型", "타입", "種類"),
    "buyer": ("Buyer name", "購入者名", "买家姓名", "구매자명", "buyer-name"),
    "receiver": ("Receiver name", "受取人名", "收取人名", "수취인명", "recipient-name", "お届け先名", "届け先氏名"),
    "receiver_kana": (
        *("Receiver name (phonetic)", "受取人名(フリガナ)", "收取人名(音声标志)", "수취인명(발음)"),
        "受取人名(音声表記)",
    ),
    "phone": ("Receiver phone", "受取人電話番号", "收取人电话号码", "수취인전화번호", "ship-phone-number", "電話番号"),
    "mobile": ("Receiver mobile", "受取人携帯電話番号", "收取人手机号码", "수취인휴대전화번호", "携帯電話番号"),
    "country": ("Destination country", "到着国", "到达国家", "도착국가", "ship-country", "国"),
    "postal_code": ("Postcode", "郵便番号", "邮政编码", "우편번호", "ship-postal-code", "Postal code"),
    "address": ("Address", "配送先住所", "运送地址", "배송주소", "住所", "ship-address"),
    "address_detail": ("Address detail", "配送先住所(詳細)", "运送地址(详情)", "배송주소(상세)", "建物名"),
    "price": ("Reference price", "参考価格", "参考价格", "참고가격", "item-price", "単価"),
    "remark": ("Remark", "備考", "备注", "비고", "delivery-instructions"),
    "branch": ("Branch", "支店", "分店", "지점", "倉庫", "Warehouse"),
    "sku": ("SKU no.", "SKU番号", "SKU号码", "SKU번호", "SKU no"),
    "seller_sku": ("Seller SKU code", "販売者SKUコード", "卖家SKU代码", "판매자SKU코드", "sku"),
    "third_party": ("Third-party company", "サードパーティ会社", "第三方公司", "제3자회사"),
    "gift_name": ("Gift sender name", "送り主名(ギフト)", "发给人(发送礼物输入信息)", "보내는사람(선물)"),
    "gift_country": ("Gift sender country", "国(ギフト)", "国家(发送礼物输入信息)", "국가(선물)"),
    "gift_postal_code": ("Gift sender postcode", "郵便番号(ギフト)", "邮政编码(发送礼物输入信息)", "우편번호(선물)"),
    "gift_address": ("Gift sender address", "住所(ギフト)", "运送地址(发送礼物输入信息)", "주소(선물)"),
    "gift_contact": ("Gift sender contact", "連絡先(ギフト)", "联系方式(发送礼物输入信息)", "연락처(선물)"),
    "customs_code": ("Personal customs clearance code", "個人通関固有番号", "个人通关唯一符号", "개인통관고유부호"),
    "quantity": ("Quantity", "数量", "数量", "수량", "quantity-purchased", "個数"),
    "site": ("Reference site", "参考サイト", "参考网站", "참고사이트", "サイト"),
    "deliver_on": ("Desired day", "配達希望日", "希望送达日", "희망배송일", "お届け希望日"),
    "slot": ("Desired hours", "配達希望時間帯", "希望送达时间", "희망배송시간", "お届け希望時間"),
}
REQUIRED = frozenset({"title", "receiver", "phone", "address"})
_CODES = frozenset({"sku", "seller_sku", "product_code", "quantity", "price", "branch"})
_EXAMPLES = {
    "reference": "503-1234567",
    "title": "Linen tote",
    "receiver": "田中 みなみ",
    "phone": "090-1234-5678",
    "country": "JP",
    "postal_code": "273-0017",
    "address": "千葉県船橋市西浦1-2-3",
    "price": "1200",
    "seller_sku": "LT-NVM",
    "quantity": "2",
    "branch": "FNB",
}
_GOODS_HINT = _(
    "Not marked as needed, but our warehouse sends only what it keeps: fill it in unless you pack yourself."
)
_HINTS: Mapping[str, Any] = {
    "reference": _("Rows with the same number become one order with several lines."),
    "service": _("Empty: ordinary, with tracking. Else the name of a service, such as ネコポス."),
    "ship_country": _("Empty or JP."),
    "branch": _GOODS_HINT,
    "sku": _GOODS_HINT,
    "quantity": _("Empty: 1."),
    "deliver_on": _("Such as 2026-11-28; only services to the door take a day."),
    "slot": _("AM, 12-14, 14-16, 16-18, 18-20, 19-21 or 18-21, as the service takes them."),
}
_LANGUAGES = ("en", "ja", "zh-hans", "ko")

COLUMNS = tuple(
    Column(
        name,
        dict(zip(_LANGUAGES, words, strict=False)),
        words,
        name in REQUIRED,
        is_text=name not in _CODES,
        example=_EXAMPLES.get(name, ""),
        hint=_HINTS.get(name, ""),
    )
    for name, words in _TITLES.items()
)
