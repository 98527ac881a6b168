"""Reading orders: GetShippingInfo_v2 and its successor _v3 (channels.md 1.5)."""

from dataclasses import dataclass

from toiya.sandbox.site.models import Line
from toiya.sandbox.site.qapi import order_rows
from toiya.sandbox.site.qapi.calls import ShopCall
from toiya.sandbox.site.qapi.envelope import Answer
from toiya.sandbox.site.qapi.refusals import missing_parameter
from toiya.sandbox.site.qapi.windows import read_window

SEARCHED_FIELDS = {"1": "cart__ordered_at", "2": "cart__paid_at", "3": "shipped_at", "4": "delivered_at"}


@dataclass(frozen=True)
class Search:
    """The parameter names of one version, and the states it lists when none is asked for."""

    status: str
    start: str
    end: str
    condition: str
    usual_states: tuple[int, ...]


V2 = Search("ShippingStat", "search_Sdate", "search_Edate", "search_condition", (1, 2, 3))
# The official text of v3 says 1 and 2; other notes say 1 to 3.
V3 = Search("ShippingStatus", "SearchStartDate", "SearchEndDate", "SearchCondition", (1, 2))


def get_shipping_info_v2(call: ShopCall) -> Answer:
    """
    List the lines of a state whose date lies in the window.

    :raises QapiRefusal: see :func:`read_window`; -10101 for an unknown state or search condition
    """
    return Answer.of_rows(order_rows.rows_v2(_find(call, V2)))


def get_shipping_info_v3(call: ShopCall) -> Answer:
    """List the same lines under v3's parameter and field names, with the same refusals."""
    return Answer.of_rows(order_rows.rows_v3(_find(call, V3)))


def _find(call: ShopCall, search: Search) -> list[Line]:
    states = _states(call, search)
    start, end = read_window(call, search.start, search.end)
    searched = SEARCHED_FIELDS.get(call.text(search.condition) or "1")
    if searched is None:
        raise missing_parameter(3, search.condition)
    if call.text("Page") not in ("", "0", "1"):
        # There is no paging: everything is on the first page, the others are empty.
        return []
    lines = Line.objects.select_related("cart", "shop").filter(
        shop=call.shop, is_cancelled=False, status__in=states, cart__visible_from__lte=call.at
    )
    return list(lines.filter(**{f"{searched}__range": (start, end)}).order_by("order_no"))


def _states(call: ShopCall, search: Search) -> tuple[int, ...]:
    asked = call.text(search.status)
    if asked in ("", "0"):
        return search.usual_states
    if asked not in ("1", "2", "3", "4", "5"):
        raise missing_parameter(1, search.status)
    return (int(asked),)
