"""One measured stage of one client: prepare outside the clock, then run sets inside it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bench import workload
from bench.limit import Limit
from bench.road import Road
from bench.workload import Wanted

STAGES = ("ingest", "allocate", "ship")


@dataclass(frozen=True, slots=True)
class Task:
    """What one client is to do: which side, which stage, how many orders in sets of which size."""

    side: str
    stage: str
    size: int
    count: int
    client: int
    round: int


def measured(task: Task, dsn: str, ready: Callable[[], None]) -> tuple[float, float]:
    """
    Prepare, say ready, run; returns start and end on the machine's monotonic clock.

    Connections are open and statements prepared before: a worker runs for days.
    """
    steps_of = _limit_steps if task.side == "limit" else _road_steps
    for warm_up in steps_of(replace(task, size=10, count=50), dsn):
        warm_up()
    steps = list(steps_of(task, dsn))
    gc.collect()
    gc.freeze()  # as the worker and the web server do after their start
    ready()
    started = time.perf_counter()
    for step in steps:
        step()
    return started, time.perf_counter()


@cache
def limit_of(dsn: str, client: int) -> Limit:
    """This process's connection of the bare limit."""
    return Limit(dsn, client)


def _sets(task: Task) -> Iterable[tuple[list[Wanted], list[str]]]:
    seed = task.round * 100 + task.client
    orders = list(workload.orders(task.count, seed))
    mark = f"{task.side[0]}{task.stage[0]}{task.size}-{seed}-{time.monotonic_ns()}"
    for start in range(0, len(orders), task.size):
        group = orders[start : start + task.size]
        yield group, [f"{mark}-{start + place}" for place in range(len(group))]


def _limit_steps(task: Task, dsn: str) -> Iterable[Callable[[], object]]:
    limit = limit_of(dsn, task.client)
    for orders, names in _sets(task):
        if task.stage == "ingest":
            yield _bound(limit.ingest, orders, names)
            continue
        ids = limit.ingest(orders, names)
        if task.stage == "allocate":
            yield _bound(limit.allocate, ids)
            continue
        limit.allocate(ids)
        yield _bound(limit.ship, ids)


def _road_steps(task: Task, _dsn: str) -> Iterable[Callable[[], object]]:  # Django knows the address
    road = Road(task.client)
    for orders, names in _sets(task):
        drafts = road.drafts(orders, names)
        if task.stage == "ingest":
            yield _bound(road.ingest, drafts)
            continue
        road.ingest(drafts)
        ids = road.placed_ids()
        if task.stage == "allocate":
            yield _bound(road.allocate, ids)
            continue
        road.allocate(ids)
        codes = road.pack(ids)
        yield _bound(road.ship, codes)


def _bound(step: Callable[..., object], *arguments: Sequence[object]) -> Callable[[], object]:
    return lambda: step(*arguments)
