"""From the empty database to the report: build, open the shops, start pages and worker, play, settle."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from toiya.cli.demo.processes import Child, Family
from toiya.cli.simulate import books
from toiya.cli.simulate.browser import Notes
from toiya.cli.simulate.building import build, connect
from toiya.cli.simulate.conductor import Conductor, Stage
from toiya.cli.simulate.fast_clock import FastClock, clock_showing, free_day
from toiya.cli.simulate.site import Shops
from toiya.cli.simulate.workload import Day

START_SECONDS = 60.0
HEAD_START = 6.0  # seconds from the start of the processes to the beginning of the day, where nothing else runs
STALLED_SECONDS = "5"  # until a killed worker's jobs go to its successor


@dataclass(frozen=True, slots=True)
class Stagehand:
    """Who starts the processes, and where they will be."""

    family: Family
    web_port: int
    site_port: int


def play(stagehand: Stagehand, day: Day) -> tuple[dict[str, Any], list[str]]:
    """
    The whole day; what was counted, and which promises are broken.

    :raises Trouble: a process ended, or something did not come in time
    """
    said = _Said()
    begins = day.begins(free_day(datetime.now(UTC)).date()).astimezone(UTC)
    shops = Shops(f"http://127.0.0.1:{stagehand.site_port}")
    shops.follow(begins)
    said("Opening the shops at the pretend sales site and building two warehouses")
    shops.open_all(day)
    morning = begins - timedelta(hours=1)
    building = time.monotonic()
    house = build(day, morning)
    connect(house, shops, morning)
    head_start = HEAD_START + 2 * (time.monotonic() - building)  # a busy machine needs longer for all that follows
    said("Starting the pages and the worker")
    fast = clock_showing(begins, datetime.now(UTC) + timedelta(seconds=head_start), day.rate)
    children = _start(stagehand, fast)
    stage = Stage(stagehand.family, children, f"http://127.0.0.1:{stagehand.web_port}", shops, fast)
    said("Everybody signs in")
    conductor = Conductor(stage, day, house)
    began = _begin(fast, begins)
    said(f"The day begins: {len(day.orders)} orders in {day.minutes} minutes, {day.rate} times as fast")
    diary = conductor.play(began)
    said("Recomputing everything from the ledgers")
    settled = books.settle(day, house, diary, shops.all_lines(), fast.now())
    return _with_notes(settled, conductor.notes)


class _Said:
    """One line per step, with the seconds since the beginning; on stderr."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, text: str) -> None:
        print(f"{time.monotonic() - self._began:6.1f} s  {text}", file=sys.stderr, flush=True)


def _start(stagehand: Stagehand, fast: FastClock) -> dict[str, Child]:
    family, port = stagehand.family, str(stagehand.web_port)
    environment = fast.environment() | {"TOIYA_STALLED_SECONDS": STALLED_SECONDS}
    web = family.start("web", "toiya", "serve", "--port", port, "--workers", "1", "--threads", "8", **environment)
    worker = family.start("worker", "toiya", "worker", **environment)
    family.wait_for("the pages", lambda: web.has_said("Toiya is at"), START_SECONDS, web)
    family.wait_for("the worker", lambda: worker.has_said("The worker is ready."), START_SECONDS, worker)
    return {"web": web, "worker": worker}


def _begin(fast: FastClock, begins: datetime) -> datetime:
    """Wait for the beginning of the day; on a slow machine it is over, and the day begins now."""
    while fast.now() < begins:
        time.sleep(0.02)
    return max(begins, fast.now())


def _with_notes(settled: books.Books, notes: Notes) -> tuple[dict[str, Any], list[str]]:
    answers = {str(status): number for status, number in sorted(notes.answers.items())}
    broken = [*settled.broken, *(f"the pages broke: {each}" for each in notes.broken)]
    return settled.numbers | {"answers": answers, "sent_again": notes.repeats}, broken
