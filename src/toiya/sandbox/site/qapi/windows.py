"""Search windows: 8 or 14 digits in Japan time, both ends included, at most 90 days (channels.md 1.5)."""

import re
from datetime import date, datetime, timedelta

from toiya.sandbox.site.clock import JAPAN
from toiya.sandbox.site.qapi.calls import ShopCall
from toiya.sandbox.site.qapi.refusals import PERIOD_TOO_LONG, SEARCH_DATE_ERROR, QapiRefusal

LONGEST_WINDOW = timedelta(days=90)
LAST_SECOND_OF_DAY = timedelta(hours=23, minutes=59, seconds=59)


def read_window(call: ShopCall, start_name: str, end_name: str) -> tuple[datetime, datetime]:
    """
    Return the first and the last second asked for. An end of eight digits means the end of that day (ours).

    :raises QapiRefusal: -10101 without a date, -10002 for one that cannot be read or an end before the
        start, -10003 for more than 90 days
    """
    start_text = call.needed(start_name, 1)
    end_text = call.needed(end_name, 2)
    start, end = _moment(start_text), _moment(end_text)
    if end - start > LONGEST_WINDOW:
        raise QapiRefusal(*PERIOD_TOO_LONG)
    if len(end_text) == 8:
        end += LAST_SECOND_OF_DAY
    if end < start:
        raise QapiRefusal(*SEARCH_DATE_ERROR)
    return start, end


def read_day(text: str) -> date | None:
    """
    Read an ``EstShipDt``; an empty text is no day.

    :raises ValueError: the text is not a day of eight digits
    """
    if not text:
        return None
    return _parsed(text, "%Y%m%d").date()


def _moment(text: str) -> datetime:
    is_known = re.fullmatch(r"\d{8}|\d{14}", text, re.ASCII)
    if is_known is None:
        raise QapiRefusal(*SEARCH_DATE_ERROR)
    try:
        return _parsed(text, "%Y%m%d" if len(text) == 8 else "%Y%m%d%H%M%S")
    except ValueError as mistake:
        raise QapiRefusal(*SEARCH_DATE_ERROR) from mistake


def _parsed(text: str, layout: str) -> datetime:
    if not re.fullmatch(r"\d+", text, re.ASCII) or len(text) not in (8, 14):
        raise ValueError(text)
    return datetime.strptime(text, layout).replace(tzinfo=JAPAN)
