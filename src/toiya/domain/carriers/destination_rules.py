"""How far it is from the Tokyo bay area, by prefecture, and which places lie on islands. Pure."""

from __future__ import annotations

import unicodedata

_FAR_EAST = "北海道"
_SLOW_START = ("青森県", "岩手県", "秋田県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県")
_ONE_DAY = (
    *("宮城県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県"),
    *("山梨県", "新潟県", "長野県", "富山県", "石川県", "福井県", "岐阜県", "静岡県", "愛知県", "三重県"),
)
_TWO_DAYS = (
    *("鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県"),
    *("福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県"),
)
LEAD_DAYS: dict[str, int] = {
    **dict.fromkeys(_ONE_DAY, 1),
    **dict.fromkeys(_SLOW_START, 1),
    **dict.fromkeys(_TWO_DAYS, 2),
    _FAR_EAST: 2,
    "沖縄県": 4,
}
UNKNOWN_DAYS = 2  # a prefecture nobody told us
ISLAND_DAYS = 3
_IZU_DAYS, _OGASAWARA_DAYS = 2, 10

# The beginnings of postal codes that only places on islands without a bridge have: municipalities that lie wholly on
# islands (JIS X 0402), and Yagishiri and Teuri. Islands inside other municipalities are not told apart.
ISLANDS = (
    *("04314", "04315", "07838", "07839", "09701", "09702", "09703", "09704", "0971"),
    *("10001", "10002", "10003", "10004", "10005", "10006", "1001", "1002", "952", "958006"),
    *("68401", "68402", "68403", "68404", "685", "72502", "72503", "72504", "7613", "7614", "79424", "79425"),
    *("8115", "817", "853", "85741", "85742", "85744", "85745", "85746", "85747"),
    *("89009", "8913", "8914", "8915", "8916", "8917", "8918", "8919", "894"),
    *("9013", "90505", "90506", "90507", "906", "907"),
)
_IZU = ("1000", "1001")
_OGASAWARA = "1002"


def digits_of(postal_code: str) -> str:
    """The digits of a postal code, half-width."""
    return "".join(mark for mark in unicodedata.normalize("NFKC", postal_code) if mark in "0123456789")


def prefecture_of(address: str) -> str:
    """The prefecture an address begins with; empty when it begins with none."""
    words = address.lstrip()
    return next((prefecture for prefecture in LEAD_DAYS if words.startswith(prefecture)), "")


def is_island(postal_code: str) -> bool:
    """Whether the place has no road to the mainland: no day can be promised there."""
    return digits_of(postal_code).startswith(ISLANDS)


def lead_days(postal_code: str, prefecture: str) -> int:
    """Days from leaving our door to the receiver's, as a default."""
    if not is_island(postal_code):
        return LEAD_DAYS.get(prefecture, UNKNOWN_DAYS)
    digits = digits_of(postal_code)
    if digits.startswith(_OGASAWARA):
        return _OGASAWARA_DAYS
    return _IZU_DAYS if digits.startswith(_IZU) else max(ISLAND_DAYS, LEAD_DAYS.get(prefecture, 0))


def comes_in_the_morning(prefecture: str) -> bool:
    """Whether a parcel is there in the morning of its first day; elsewhere it comes from noon on."""
    return prefecture not in _SLOW_START
