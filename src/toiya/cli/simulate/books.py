"""The report of the simulated day: what the books and the site say, held against what was planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Sum

from toiya.cli import verify
from toiya.cli.simulate.blame import Blame, Times, blame
from toiya.cli.simulate.building import House, pieces_at_first
from toiya.cli.simulate.conductor import Diary
from toiya.cli.simulate.workload import FEW, GOODS, LATE, TRADERS, Bought, Day, code_of
from toiya.core.models import EventRow
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.models import Receipt
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.models import Parcel
from toiya.domain.stock.models import Balance, Movement
from toiya.domain.warehouses.queries import calendar_of
from toiya.domain.warehouses.rules import next_cut_off

IN_TIME, LATE_OUT, WAITING, CANCELLED, LOST = "shipped_before_cut_off", "shipped_late", "waiting", "cancelled", "lost"
SOLD_OUT = "sold_out"
_GONE = (Order.Status.SHIPPED, Order.Status.DELIVERED)


@dataclass(frozen=True, slots=True)
class End:
    """How one order ended, and if it missed its truck or waits, why."""

    bought: Bought
    way: str
    blame: Blame | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that was counted, and each promise that does not hold."""

    numbers: dict[str, Any]
    broken: list[str]


def settle(day: Day, house: House, diary: Diary, lines: list[dict[str, Any]], now: datetime) -> Books:
    """Count everything."""
    ends = list(_ends(day, house, diary, lines, now))
    doubled = _doubled(lines)
    problems, too_late = _problems(now)
    pieces, disagreements, oversold = _pieces(day, house, ends)
    ways = Counter(end.way for end in ends)
    numbers = {
        "orders": {"bought": len(day.orders), **{way: ways[way] for way in _WAYS}},
        "causes": dict(sorted(Counter(str(end.blame) for end in ends if end.blame).items())),
        "oversold": oversold,
        "doubled": doubled,
        "verify": {"ok": not problems, "problems": problems, "cancelled_too_late": too_late},
        "pieces": pieces,
        "not_cancelled": len(diary.not_cancelled),
        "short_picks": diary.shorts,
        "carrier_file_rows": diary.file_rows,
        "kills": diary.kills,
    }
    broken = [f"{number} orders were lost" for number in [ways[LOST]] if number]
    broken += [f"{number} pieces were sold that were not there" for number in [oversold] if number]
    broken += [f"doubled {what}: {number}" for what, number in doubled.items() if number]
    broken += [f"verify: {problem['message']}" for problem in problems]
    broken += [f"pieces of {code}: {told}" for code, told in disagreements.items()]
    broken += list(_unexplained(ends))
    broken += list(_not_told(lines))
    broken += [] if diary.is_finished else ["work was still under way when the day was over"]
    return Books(numbers, broken)


_WAYS = (IN_TIME, LATE_OUT, WAITING, CANCELLED, SOLD_OUT, LOST)


def _ends(day: Day, house: House, diary: Diary, lines: list[dict[str, Any]], now: datetime) -> Iterator[End]:
    found = {order.external_id: order for order in Order.objects.all()}
    paid = {str(line["pack_no"]): datetime.fromisoformat(line["paid_at"]) for line in lines}
    gone = {str(line["pack_no"]) for line in lines if line["is_cancelled"]}
    shipped = dict(Parcel.objects.values_list("order_id", "shipped_at"))
    calendar = calendar_of(house.places[0].warehouse)
    for bought in day.orders:
        number = diary.numbers.get(bought.number, "")
        order = found.get(number)
        if bought.number in diary.sold_out:
            yield End(bought, SOLD_OUT)
        elif order is None:  # cancelled before we could see it, or lost
            yield End(bought, CANCELLED if number in gone else LOST)
        elif order.status == Order.Status.CANCELLED:
            yield End(bought, CANCELLED)
        else:
            paid_at = paid.get(number) or order.paid_at or order.placed_at
            truck = next_cut_off(calendar, order.channel, paid_at)
            left = shipped.get(order.pk) if order.status in _GONE else None
            if left is not None and left <= truck:
                yield End(bought, IN_TIME)
            else:
                times = _times(order, paid_at, left, now)
                yield End(bought, WAITING if left is None else LATE_OUT, blame(times))


def _times(order: Order, paid_at: datetime, left: datetime | None, now: datetime) -> Times:
    parcel = Parcel.objects.filter(order=order).exclude(status=Parcel.Status.CANCELLED).select_related("label").first()
    events = EventRow.objects.filter(subject=order.code)
    hold = Hold.objects.filter(order=order, lifted_at=None).order_by("pk").first()
    return Times(
        paid=paid_at,
        placed=order.placed_at,
        now=now,
        allocated=events.filter(name="order.allocated").aggregate(at=Max("at"))["at"],
        sealed=parcel.sealed_at if parcel else None,
        labelled=parcel.label.bought_at if parcel and parcel.label else None,
        shipped=left,
        waits_for=order.waiting_reason if order.status == Order.Status.WAITING else "",
        was_short=events.filter(name="order.picked_short").exists(),
        held_by=hold.code if hold else "",
    )


def _problems(now: datetime) -> tuple[list[dict[str, Any]], int]:
    """What `verify` finds, and how many parcels left though their buyers cancelled at the site: the seal came first."""
    report = verify.verify(at=now)
    late = sum(each.count for each in report.findings if each.check.code == "parcels_cancelled_too_late")
    return [asdict(each) for each in report.problems], late


def _doubled(lines: list[dict[str, Any]]) -> dict[str, int]:
    """What was done twice, counted at the site; two live labels of an order, counted here."""
    carts_of: dict[str, set[str]] = {}
    for line in lines:
        if line["tracking_no"]:
            carts_of.setdefault(line["tracking_no"], set()).add(str(line["pack_no"]))
    live = Parcel.objects.exclude(status=Parcel.Status.CANCELLED).values_list("order_id", flat=True)
    return {
        "labels": sum(len(carts) - 1 for carts in carts_of.values())
        + sum(number - 1 for number in Counter(live).values()),
        "write_backs": sum(max(0, line["effective_write_backs"] - 1) for line in lines),
        "confirmations": sum(max(0, line["effective_confirms"] - 1) for line in lines),
    }


def _pieces(day: Day, house: House, ends: list[End]) -> tuple[dict[str, int], dict[str, str], int]:
    """In, out, lost and on hand in all; SKUs of which they do not agree; pieces sent that were not there."""
    out: Counter[str] = Counter()
    for end in ends:
        if end.way in (IN_TIME, LATE_OUT):
            out.update(dict(end.bought.lines))
    totals: Counter[str] = Counter()
    wrong, oversold = {}, 0
    for trader in TRADERS:
        for what in (*range(1, GOODS + 1), FEW, LATE):
            code = code_of(trader.mark, what)
            sku = Sku.objects.get(seller=house.sellers[trader.mark], seller_code=code)
            came = pieces_at_first(trader.mark, what, day) + _counted(sku)
            moved = Movement.objects.filter(sku_id=sku.pk)
            lost = moved.filter(kind=Movement.Kind.LOST).aggregate(all=Sum("quantity"))["all"] or 0
            held = Balance.objects.filter(sku=sku).aggregate(all=Sum("on_hand"))["all"] or 0
            missing = day.missing if (trader, what) == (TRADERS[0], FEW) else 0
            oversold += max(0, out[code] - (came - missing))
            totals.update({"in": came, "out": out[code], "lost": lost, "on_hand": held})
            if came != out[code] + lost + held:
                wrong[code] = f"{came} in, {out[code]} out, {lost} lost, {held} on hand"
    return dict(totals), wrong, oversold


def _counted(sku: Sku) -> int:
    counted = Receipt.objects.filter(sku=sku).aggregate(all=Sum("quantity"))["all"]
    return int(counted or 0)


def _unexplained(ends: list[End]) -> Iterator[str]:
    for end in ends:
        if end.way in (LATE_OUT, WAITING) and (end.blame is None or not end.blame.cause or not end.blame.owner):
            yield f"order {end.bought.number} is late and nobody knows why"


def _not_told(lines: list[dict[str, Any]]) -> Iterator[str]:
    """Orders that left and whose site does not know our number, but for those its buyer cancelled."""
    at_site = {str(line["pack_no"]): line for line in lines if not line["is_cancelled"]}
    parcels = Parcel.objects.filter(status=Parcel.Status.SHIPPED, order__external_id__in=at_site)
    for cart, number in parcels.values_list("order__external_id", "label__tracking_number"):
        if at_site[cart]["tracking_no"] != number:
            yield f"the site has not the number of {cart}"
