"""QAPI's ways of saying no: a code, a text, and which of the two envelopes carries them (channels.md 1.3)."""


class QapiRefusal(Exception):
    """A call or a row that is answered with a code other than 0. Nothing was changed."""

    is_gateway = False

    def __init__(self, code: int, message: str) -> None:
        """Keep the code and the text of the answer."""
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message


class GatewayRefusal(QapiRefusal):
    """A refusal at the gateway, before the method is reached: the ErrorCode envelope."""

    is_gateway = True


# QAPI writes Japanese and English texts side by side; programs must look at the codes.
NO_AUTHORISATION = (-90000, "認証情報がありません。")
UNKNOWN_API = (-90001, "存在しないAPIです。")
KEY_EXPIRED = (-90005, "Seller authorization key is expired. Use a new key.")
CHECK_KEY = (-10000, "販売者認証キーを確認してください。")
LOGIN_ID_NEEDED = (-10000, "Login IDは必須です。")
NO_SELLER = (-10001, "Seller information does not exist.")
NO_ITEM = (-10001, "商品情報が存在しません。")
BAD_ITEM_STATUS = (-10001, "ItemStatusが正しくありません。")
BAD_ORDER_NUMBER = (-10001, "注文番号が正しくありません。")
SEARCH_DATE_ERROR = (-10002, "検索日付エラー")
NO_ORDER = (-10002, "注文情報が存在しません。")
PERIOD_TOO_LONG = (-10003, "検索期間は90日を超えることはできません。")
SELLER_MISMATCH = (-10003, "販売者情報が一致しません。")
STATUS_NOT_VALID = (-10004, "order status not valid")
TOO_MANY_ORDERS = (-10011, "一度に処理できる注文は500件までです。")
ALREADY_CONFIRMED = (-10012, "already confirmed")
NOT_ON_REQUEST = (-10013, "not in shipping request status")
SHIP_DATE_EMPTY = (-10016, "EstShipDt is null")
SHIP_DATE_TOO_FAR = (-10017, "EstShipDt exceeds the allowed maximum")
SHIP_DATE_TOO_SOON = (-10018, "EstShipDt must be later than today")
PARTIAL_FAILURE = -1
TOO_MANY_ITEMS = (-2, "一度に処理できる商品は500件までです。")
BAD_PRICE = (-101, "販売価格が正しくありません。")
BAD_EXPIRY = (-990, "販売終了日が正しくありません。")
BAD_ITEM_VALUE = (-999, "商品情報が正しくありません。")


def missing_parameter(position: int, name: str) -> QapiRefusal:
    """Say that a shipping or claim call lacks a parameter or cannot read it; positions count from 1."""
    return QapiRefusal(-10101, f"処理エラー [-112] ({position}) {name}")


def processing_error(text: str) -> QapiRefusal:
    """Say that a shipping or claim call could not be carried out, with the reason in brackets."""
    return QapiRefusal(-10101, f"処理エラー [{text}]")


def missing_field(name: str) -> QapiRefusal:
    """Say that an item or certification call lacks a field."""
    return QapiRefusal(-99, f"{name}は必須です。")
