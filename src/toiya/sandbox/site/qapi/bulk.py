"""JSON arrays inside a parameter: how the bulk methods take their rows (channels.md 1.6, 1.7, 1.9)."""

import json

from toiya.sandbox.site.qapi.calls import ShopCall
from toiya.sandbox.site.qapi.refusals import UNKNOWN_API, GatewayRefusal, missing_parameter

MOST_ROWS = 500


def read_rows(call: ShopCall, name: str) -> list[dict[str, str]]:
    """
    Return the rows of a bulk parameter, every value as text.

    :raises QapiRefusal: -10101 when the parameter is empty or not a JSON array of objects
    :raises GatewayRefusal: -90001 when a row carries null where "" is needed
    """
    try:
        rows = json.loads(call.needed(name))
    except json.JSONDecodeError as mistake:
        raise missing_parameter(1, name) from mistake
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise missing_parameter(1, name)
    if any(value is None for row in rows for value in row.values()):
        raise GatewayRefusal(*UNKNOWN_API)
    return [{key: str(value).strip() for key, value in row.items()} for row in rows]
