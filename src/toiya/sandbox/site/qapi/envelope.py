"""QAPI answers on the wire: the Result and Error envelopes, as JSON or XML."""

import json
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from toiya.sandbox.site.qapi.refusals import QapiRefusal

Value = str | int | Decimal | bool | None
Row = dict[str, Value]
Payload = str | list[Row] | dict[str, object] | None

XML_NAMES = {"xml", "text/xml"}


@dataclass(frozen=True)
class Answer:
    """
    What a method answers. ``has_result`` tells methods with a ResultObject from the "StdResult" ones,
    ``is_list`` those whose empty ResultObject may be null or [].
    """

    code: int = 0
    message: str = "成功"
    payload: Payload = None
    has_result: bool = False
    is_list: bool = False
    is_gateway: bool = False

    @classmethod
    def of_text(cls, text: str) -> "Answer":
        """Answer one string."""
        return cls(payload=text, has_result=True)

    @classmethod
    def of_rows(cls, rows: list[Row]) -> "Answer":
        """Answer a list of rows."""
        return cls(payload=rows, has_result=True, is_list=True)

    @classmethod
    def of_record(cls, record: dict[str, object]) -> "Answer":
        """Answer one object."""
        return cls(payload=record, has_result=True)

    @classmethod
    def of_refusal(cls, refusal: QapiRefusal) -> "Answer":
        """Answer a refusal in the envelope it belongs to."""
        return cls(code=refusal.code, message=refusal.message, is_gateway=refusal.is_gateway)


def render(answer: Answer, return_type: str) -> tuple[str, str]:
    """Return the body and its media type; anything but xml and text/xml is answered as JSON."""
    if return_type.strip().lower() in XML_NAMES:
        return _as_xml(answer), "text/xml"
    return _as_json(_envelope(answer)), "application/json"


def _envelope(answer: Answer) -> dict[str, object]:
    prefix = "Error" if answer.is_gateway else "Result"
    message_name = "ErrorMsg" if answer.is_gateway else "ResultMsg"
    fields: dict[str, object] = {f"{prefix}Code": answer.code, message_name: answer.message}
    if answer.has_result:
        fields["ResultObject"] = answer.payload
    return fields


def _as_json(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{_as_json(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_as_json(part) for part in value) + "]"
    if isinstance(value, Decimal):
        # Prices carry four decimals on the wire, also when they are zero.
        return f"{value:.4f}"
    return json.dumps(value, ensure_ascii=False)


def _as_xml(answer: Answer) -> str:
    root = "StdResult"
    if answer.has_result and not answer.is_gateway:
        root = "StdCustomResultOfString" if isinstance(answer.payload, str) else "StdCustomResult"
    children = "".join(_element(name, value) for name, value in _envelope(answer).items())
    return f'<?xml version="1.0" encoding="utf-8"?><{root}>{children}</{root}>'


def _element(name: str, value: object) -> str:
    if isinstance(value, dict):
        inner = "".join(_element(key, part) for key, part in value.items())
    elif isinstance(value, list):
        inner = "".join(_element("Item", part) for part in value)
    elif isinstance(value, Decimal):
        inner = f"{value:.4f}"
    else:
        inner = "" if value is None else escape(str(value))
    return f"<{name}>{inner}</{name}>"
