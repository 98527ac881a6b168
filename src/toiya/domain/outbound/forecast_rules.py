"""Which orders will miss their cut-off, before they do: the queue played through at the measured pace. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

RUNS = 25
SPREAD = 0.25  # of how long a piece of work takes, as the natural logarithm's deviation
MOST_MORE_PEOPLE = 10
LIKELY = 50  # percent; below it an order will be missed
NEVER_S = 1e9  # nobody works


class Job(NamedTuple):
    """An order still to do: its code, its cut-off, pieces still to pick."""

    code: str
    due: datetime
    pieces: int


class Pace(NamedTuple):
    """Seconds for a piece to pick, and for an order to pack."""

    pick_s: float
    pack_s: float

    def seconds(self, job: Job) -> float:
        """How long one person has with an order."""
        return self.pick_s * job.pieces + self.pack_s


class Chance(NamedTuple):
    """How likely an order is packed before its cut-off, in percent."""

    job: Job
    percent: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will become of the queue; `more_people` is how many more would save all, None: ten are not enough."""

    chances: Sequence[Chance]
    more_people: int | None

    @property
    def missed(self) -> list[Chance]:
        """The orders that will probably miss their cut-off, the least likely first."""
        lost = [chance for chance in self.chances if chance.percent < LIKELY]
        return sorted(lost, key=lambda chance: (chance.percent, chance.job.due, chance.job.code))


def outlook(jobs: Sequence[Job], people: int, pace: Pace, at: datetime, seed: int = 1) -> Outlook:
    """
    Play the queue through, the earliest cut-off first; everybody takes the next order as soon as free.

    What is past its cut-off comes last and cannot be saved; the same seed gives the same answer.
    """
    queue = sorted(jobs, key=lambda job: (job.due < at, job.due, job.code))
    made = [0] * len(queue)
    for run in range(RUNS):
        random = Random(seed * 1000 + run)  # noqa: S311
        for place, end in enumerate(_ends(queue, people, pace, random)):
            made[place] += at + timedelta(seconds=end) <= queue[place].due
    chances = [Chance(job, count * 100 // RUNS) for job, count in zip(queue, made, strict=True)]
    return Outlook(chances, _people_to_add(queue, people, pace, at))


def _ends(queue: Sequence[Job], people: int, pace: Pace, random: Random | None) -> list[float]:
    """When each order is packed, in seconds from now; without chance when there is no source of it."""
    if people < 1:
        return [NEVER_S] * len(queue)
    free = [0.0] * people
    ends = []
    for job in queue:
        luck = random.lognormvariate(0, SPREAD) if random else 1.0
        end = free[0] + pace.seconds(job) * luck
        heapq.heapreplace(free, end)
        ends.append(end)
    return ends


def _people_to_add(queue: Sequence[Job], people: int, pace: Pace, at: datetime) -> int | None:
    open_jobs = [job for job in queue if job.due >= at]
    for more in range(MOST_MORE_PEOPLE + 1):
        ends = _ends(open_jobs, people + more, pace, None)
        if all(at + timedelta(seconds=end) <= job.due for job, end in zip(open_jobs, ends, strict=True)):
            return more
    return None
