"""From the empty database to the report: build, open the shops, start pages and worker, play, settle."""

from __future__ import annotations

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
HEAD_START = 10.0  # seconds from the start of the processes to the beginning of the day
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
    begins = day.begins(free_day(datetime.now(UTC)).date()).astimezone(UTC)
    shops = Shops(f"http://127.0.0.1:{stagehand.site_port}")
    shops.follow(begins)
    shops.open_all(day)
    morning = begins - timedelta(hours=1)
    house = build(day, morning)
    connect(house, shops, morning)
    fast = clock_showing(begins, datetime.now(UTC) + timedelta(seconds=HEAD_START), day.rate)
    children = _start(stagehand, fast)
    stage = Stage(stagehand.family, children, f"http://127.0.0.1:{stagehand.web_port}", shops, fast)
    conductor = Conductor(stage, day, house)
    began = _begin(fast, begins)
    diary = conductor.play(began)
    settled = books.settle(day, house, diary, shops.all_lines(), fast.now())
    return _with_notes(settled, conductor.notes)


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
