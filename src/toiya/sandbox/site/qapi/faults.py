"""Fault switches: the ways a call can go wrong on purpose, each for a counted number of calls."""

import time
from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from toiya.sandbox.site.models import Fault
from toiya.sandbox.site.qapi.calls import RowFault
from toiya.sandbox.site.qapi.envelope import Answer
from toiya.sandbox.site.qapi.refusals import KEY_EXPIRED, GatewayRefusal, QapiRefusal

KINDS = {
    "slow": "wait `seconds` before the work",
    "drop_before_effect": "cut the connection, do nothing",
    "server_error": "answer an HTML page with `status` (503), do nothing",
    "expired_key": "answer `code` (-90005) as if the seller key had expired",
    "answer": "answer `code` and `message` (`is_gateway` for the ErrorCode envelope), do nothing",
    "timeout_after_commit": "do the work, stay silent for `seconds`, then cut the connection",
    "duplicate_rows": "send every row of the answer twice",
    "empty_as_null": "send null instead of [] for an empty list",
    "mojibake_header": "send UTF-8 but declare charset=iso-8859-1",
    "wrong_charset": "send Shift_JIS (cp932) but declare charset=utf-8",
    "second_system_confirms": "another system confirms the lines of the call just before it",
    "buyer_cancels": "the buyer cancels the lines of the call just before it",
    "row_code": "refuse the lines `order_numbers` (all when not given) with `code` and `message`",
}
ROW_KINDS = {"second_system_confirms", "buyer_cancels", "row_code"}
LONGEST_WAIT_SECONDS = 120.0


class ConnectionCut(Exception):
    """Raised while an answer is being sent, so that the web server cuts the connection."""


@transaction.atomic
def _count_down(method: str, login_id: str) -> list[Fault]:
    taken = []
    for fault in Fault.objects.filter(method__in=["*", method], login_id__in=["", login_id]):
        if fault.skip > 0:
            fault.skip -= 1
        elif fault.remaining is None or fault.remaining > 0:
            fault.remaining = None if fault.remaining is None else fault.remaining - 1
            fault.times_used += 1
            taken.append(fault)
        fault.save()
    return taken


def take(method: str, login_id: str) -> list[Fault]:
    """Return the faults that hit this call and count them down; waiting ones (``skip``) let it pass."""
    is_live = Q(remaining=None) | Q(remaining__gt=0)
    if not Fault.objects.filter(is_live, method__in=["*", method]).exists():
        return []
    return _count_down(method, login_id)


def before_work(faults: list[Fault]) -> HttpResponseBase | None:
    """Wait if a fault says so, and return the answer of a fault that lets nothing through."""
    for fault in faults:
        if fault.kind == "slow":
            _wait(fault)
    for fault in faults:
        if fault.kind == "drop_before_effect":
            return _cut_connection()
        if fault.kind == "server_error":
            status = int(fault.settings.get("status", 503))
            page = f"<html><head><title>{status}</title></head><body><h1>Server Error</h1></body></html>"
            return HttpResponse(page, status=status, content_type="text/html; charset=utf-8")
    return None


def refuse_if_switched(faults: list[Fault]) -> None:
    """Raise the refusal a fault asks for (``expired_key``, ``answer``)."""
    for fault in faults:
        code = int(fault.settings.get("code", KEY_EXPIRED[0]))
        message = str(fault.settings.get("message", "")) or KEY_EXPIRED[1]
        if fault.kind == "expired_key":
            raise GatewayRefusal(code, message)
        if fault.kind == "answer":
            raise (GatewayRefusal if fault.settings.get("is_gateway") else QapiRefusal)(code, message)


def row_faults(faults: list[Fault]) -> tuple[RowFault, ...]:
    """Return the faults that hit single lines, for the method to apply."""
    return tuple(
        RowFault(
            kind=fault.kind,
            code=int(fault.settings.get("code", -10101)),
            message=str(fault.settings.get("message", "処理エラー")),
            order_numbers=frozenset(str(number) for number in fault.settings.get("order_numbers", [])),
        )
        for fault in faults
        if fault.kind in ROW_KINDS
    )


def twist(answer: Answer, faults: list[Fault]) -> Answer:
    """Double the rows or empty the list of an answer, as switched."""
    kinds = {fault.kind for fault in faults}
    if not isinstance(answer.payload, list):
        return answer
    if "duplicate_rows" in kinds:
        return replace(answer, payload=[row for row in answer.payload for _ in range(2)])
    if "empty_as_null" in kinds and answer.is_list and not answer.payload:
        return replace(answer, payload=None)
    return answer


def send(body: str, media_type: str, faults: list[Fault]) -> HttpResponseBase:
    """Send an answer, with its characters or its connection spoiled if so switched."""
    for fault in faults:
        if fault.kind == "timeout_after_commit":
            _wait(fault)
            return _cut_connection()
    kinds = {fault.kind for fault in faults}
    encoding = "cp932" if "wrong_charset" in kinds else "utf-8"
    declared = "iso-8859-1" if "mojibake_header" in kinds else "utf-8"
    content = body.encode(encoding, errors="replace")
    return HttpResponse(content, content_type=f"{media_type}; charset={declared}")


def _wait(fault: Fault) -> None:
    time.sleep(min(float(fault.settings.get("seconds", 0)), LONGEST_WAIT_SECONDS))


def _cut_connection() -> StreamingHttpResponse:
    """Promise a body and break while sending it: there is no other way to close unanswered."""
    response = StreamingHttpResponse(_break_off(), content_type="application/json")
    response["Content-Length"] = "1000"
    return response


def _break_off() -> Iterator[bytes]:
    raise ConnectionCut
    yield b""
