"""What happens on the simulated day, drawn from a seed alone: who buys what when, cancels, what goes wrong. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from json import dumps
from random import Random
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")
CUT_OFF = time(16, 0)  # of what the site sold
SHORTEST_DAY, LONGEST_DAY = 60, 360  # minutes until the cut-off
OUTAGE_MINUTES = 20
SECONDS_AN_ORDER = 0.3  # real ones: two cores do an order's whole way, both sides of it, in less
FASTEST = 200.0  # times: a killed process needs seconds to come back, and they are minutes of the day
GOODS = 6  # plain SKUs of each seller
FEW, LATE, STRANGE = "FEW", "LATE", "STRANGE"  # of which pieces are missing; which comes by truck; that nobody knows


@dataclass(frozen=True, slots=True)
class Trader:
    """A seller: its mark, its name, where its goods lie, and whether it sells on the site or hands files in."""

    mark: str
    name: str
    warehouses: tuple[str, ...]
    is_on_site: bool


TRADERS = (
    Trader("HB", "花束 Hanataba", ("FNB",), is_on_site=True),
    Trader("YS", "云裳 Yunshang", ("NRT",), is_on_site=True),
    Trader("DB", "달빛 Dalbit", ("FNB", "NRT"), is_on_site=False),
)


@dataclass(frozen=True, slots=True)
class Bought:
    """One order of a buyer: when it is paid, what, and what becomes of it besides the usual."""

    number: int
    minute: int
    seller: str
    lines: tuple[tuple[str, int], ...]
    is_by_file_carrier: bool = False
    cancelled_by: str = ""  # "buyer", "seller" or nobody
    cancelled_at: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """The whole day. Minutes count from its beginning; the cut-off is at `minutes`."""

    seed: int
    minutes: int
    orders: tuple[Bought, ...]
    few: int  # pieces of the SKU of which some are missing, as the book has them
    missing: int  # of these are not on the shelf
    late: int  # pieces that come by truck
    truck_at: int
    files_at: tuple[int, ...]
    outage_at: int
    kills: tuple[tuple[int, str], ...]

    @property
    def digest(self) -> str:
        """The same for the same day."""
        told = dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @property
    def rate(self) -> float:
        """How many times as fast the house's clock runs, so that the day takes the seconds its orders need."""
        return min(FASTEST, round(self.minutes * 60 / (SECONDS_AN_ORDER * len(self.orders)), 1))

    def begins(self, day: date) -> datetime:
        """When it begins, so that it ends with the cut-off of that day."""
        return datetime.combine(day, CUT_OFF, JAPAN) - timedelta(minutes=self.minutes)

    def of(self, seller: str) -> list[Bought]:
        """The orders of a seller, the earliest first."""
        return [order for order in self.orders if order.seller == seller]


def code_of(mark: str, what: int | str) -> str:
    """The seller's code of one of its SKUs."""
    return f"{mark}-{what:02d}" if isinstance(what, int) else f"{mark}-{what}"


def day_of(seed: int, orders: int) -> Day:
    """The day of that seed with so many orders."""
    chance = Random(seed)  # noqa: S311
    minutes = min(LONGEST_DAY, max(SHORTEST_DAY, 2 * orders))
    fates = _fates(orders, chance)
    last = int(minutes * 0.75)
    moments = sorted(chance.randrange(last) for _ in range(orders))
    bought = [_order(number, moments[number], fates[number], chance) for number in range(orders)]
    few, late = (sum(pieces for order in bought for sku, pieces in order.lines if what in sku) for what in (FEW, LATE))
    kills = sorted(chance.sample(range(int(minutes * 0.25), int(minutes * 0.85)), 2))
    return Day(
        seed=seed,
        minutes=minutes,
        orders=tuple(bought),
        few=few,
        missing=max(1, few // 3),
        late=late + 4,
        truck_at=int(minutes * 0.4),
        files_at=(int(minutes * 0.25), int(minutes * 0.5), last),
        outage_at=int(minutes * chance.uniform(0.3, 0.45)),
        kills=tuple(zip(kills, chance.sample(("worker", "web"), 2), strict=True)),
    )


def _fates(orders: int, chance: Random) -> list[str]:
    """Which orders are out of the ordinary: of each kind a share, and at least one or two."""
    shares = {
        FEW: max(3, orders // 16),
        LATE: max(2, orders // 16),
        STRANGE: max(1, orders // 50),
        "buyer": max(2, orders // 25),
        "seller": max(1, orders // 40),
        "file": max(2, orders // 16),
    }
    fates = [fate for fate, number in shares.items() for _ in range(number)][:orders]
    fates += [""] * (orders - len(fates))
    chance.shuffle(fates)
    return fates


def _order(number: int, minute: int, fate: str, chance: Random) -> Bought:
    marks: Sequence[str] = [trader.mark for trader in TRADERS]
    seller = {FEW: marks[0], STRANGE: marks[0], LATE: marks[2]}.get(fate) or chance.choice(marks)
    lines = dict(_plain(seller, chance))
    if fate in (FEW, LATE, STRANGE):
        lines = {code_of(seller, fate): 1} | dict(list(lines.items())[:1])
    who = fate if fate in ("buyer", "seller") else ""
    if who == "buyer" and seller == marks[2]:  # there is no site where its buyers could cancel
        who = "seller"
    return Bought(
        number,
        minute,
        seller,
        tuple(lines.items()),
        is_by_file_carrier=fate == "file",
        cancelled_by=who,
        cancelled_at=minute + chance.randint(3, 25) if who else 0,
    )


def _plain(seller: str, chance: Random) -> Iterator[tuple[str, int]]:
    for place in sorted(chance.sample(range(1, GOODS + 1), chance.choice((1, 1, 2, 3)))):
        yield code_of(seller, place), chance.choice((1, 1, 1, 2))
