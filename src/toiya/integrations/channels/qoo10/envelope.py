"""Pure: QAPI's two envelopes, and its error codes in our words (channels.md 1.3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from toiya.core.errors import Rejected, Unreachable

ACCEPTED = 0
ALREADY_CONFIRMED = -10012
LONGEST_MESSAGE = 200

KEY_EXPIRED = "key_expired"
KEY_REFUSED = "key_refused"
NO_SUCH_ITEM = "no_such_item"
NOT_PERMITTED = "not_permitted"
NO_SUCH_METHOD = "no_such_method"
NO_SUCH_SHOP = "no_such_shop"

# Codes that mean the same whatever was asked.
GENERAL_CODES = {
    -90000: KEY_REFUSED,
    -90001: NO_SUCH_METHOD,
    -90002: NOT_PERMITTED,
    -90003: NOT_PERMITTED,
    -90004: KEY_EXPIRED,
    -90005: KEY_EXPIRED,
    -10000: KEY_REFUSED,
    -10101: "not_processed",
    -99: "field_missing",
    -101: "item_refused",
    -990: "item_refused",
    -999: "item_refused",
    -1: "item_refused",
    -2: "too_many_rows",
}
# Codes that each service uses in its own way.
SERVICE_CODES = {
    "ShippingBasic": {
        -10001: NO_SUCH_SHOP,
        -10002: "bad_dates",
        -10003: "window_too_long",
        -10011: "too_many_rows",
        ALREADY_CONFIRMED: "already_confirmed",
        -10013: "not_on_request",
        -10016: "ship_date_missing",
        -10017: "ship_date_too_late",
        -10018: "ship_date_too_early",
    },
    "ItemsLookup": {-10001: NO_SUCH_ITEM},
    "ItemsOrder": {-10001: NO_SUCH_ITEM},
    "ItemsOptions": {-10001: NO_SUCH_ITEM},
    "CertificationAPI": {-99: "login_refused", -10001: "login_refused"},
}
# Refusals of the caller, not of one row: whatever else is asked in the same call will be refused too.
REFUSALS_OF_ALL = frozenset({KEY_EXPIRED, KEY_REFUSED, NOT_PERMITTED, NO_SUCH_METHOD, NO_SUCH_SHOP})


def fold(value: Any) -> Any:
    """The value with all keys in lower case, at every depth: QAPI mixes its cases. The first of two wins."""
    if isinstance(value, dict):
        folded: dict[str, Any] = {}
        for key, part in value.items():
            folded.setdefault(key.lower(), fold(part))
        return folded
    if isinstance(value, list):
        return [fold(part) for part in value]
    return value


def open_envelope(body: bytes, method: str) -> Any:
    """
    Return the ResultObject of an answer with folded keys; None where there is none.

    :raises Unreachable: `not_utf8`, `not_json` or `no_envelope`: whatever this is, it is not QAPI's answer
    :raises Rejected: the site declined, with our code and its own words
    """
    try:
        # Always UTF-8: the charset that the header declares has been seen wrong.
        answer = json.loads(body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
        folded = fold(answer)
    except UnicodeDecodeError as trouble:
        raise Unreachable("not_utf8") from trouble
    except (ValueError, RecursionError) as trouble:
        raise Unreachable("not_json", _beginning(body)) from trouble
    if not isinstance(folded, dict):
        raise Unreachable("no_envelope")
    code = code_in(folded, "errorcode", "resultcode")
    if code is None:
        raise Unreachable("no_envelope")
    if code != ACCEPTED:
        raise Rejected(code_for(method, code), message_in(folded, code))
    return folded.get("resultobject")


def code_in(row: Mapping[str, Any], *names: str) -> int | None:
    """The first of these fields that holds a code, as a number; None when none does."""
    for name in names:
        value = row.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str | Decimal):
            try:
                return int(value)
            except (ValueError, OverflowError):
                continue
    return None


def message_in(row: Mapping[str, Any], code: int) -> str:
    """The site's own code and words, short enough to be kept."""
    words = row.get("errormsg") or row.get("resultmsg") or ""
    return f"{code} {words}".strip()[:LONGEST_MESSAGE]


def code_for(method: str, code: int) -> str:
    """Our word for a wire code; `refused_by_site` for one that nobody has documented."""
    service = method.partition(".")[0]
    return SERVICE_CODES.get(service, {}).get(code) or GENERAL_CODES.get(code, "refused_by_site")


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _beginning(body: bytes) -> str:
    return "an HTML page" if body.lstrip()[:1] == b"<" else f"{len(body)} bytes"
