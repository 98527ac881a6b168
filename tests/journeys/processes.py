"""Web and worker as real processes that a test kills and starts again, under a clock that runs faster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from threading import Event, Thread

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from toiya.config.places import ROOT
from toiya.core.clock import at_rate

RATE = 30  # a minute of the house in two seconds: leases, waits and ticks come round in time for a test
STALLED_SECONDS = 3
START_SECONDS = 60.0


class FastClock:
    """The clock of the house under test: right when it was made, and thirty times as fast."""

    def __init__(self) -> None:
        self.since = datetime.now(UTC)

    def now(self) -> datetime:
        """What every process of the house reads now."""
        return at_rate(datetime.now(UTC), RATE, self.since)

    def environment(self) -> dict[str, str]:
        """What makes a process read it."""
        return {"TOIYA_CLOCK_RATE": str(RATE), "TOIYA_CLOCK_FAST_SINCE": self.since.isoformat()}


class Process:
    """One of ours, in a session of its own, so that a kill takes all of it at once."""

    def __init__(self, sign: str, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self._sign, self._arguments, self._log = sign, arguments, log
        self._environment = os.environ | environment | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
        self._began_at = 0
        self._process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        self._began_at = self._log.stat().st_size if self._log.exists() else 0
        with self._log.open("a") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "toiya", *self._arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Until it says so."""
        deadline = time.monotonic() + START_SECONDS
        while self._sign not in self._log.read_text()[self._began_at :]:
            assert self._process.poll() is None, f"ended by itself:\n{self._log.read_text()}"
            assert time.monotonic() < deadline, f"did not start:\n{self._log.read_text()}"
            time.sleep(0.02)

    def kill_and_start(self) -> None:
        """SIGKILL, without a word before, and the same again."""
        self.kill()
        self._process = self._begun()

    def kill(self) -> None:
        """SIGKILL to it and what it started."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        self._process.terminate()
        try:
            return self._process.wait(40)
        finally:
            self.kill()


def web(port: int, environment: dict[str, str], folder: Path) -> Process:
    """The pages."""
    arguments = ["serve", "--port", str(port), "--workers", "1", "--threads", "4"]
    return Process("Toiya is at", arguments, environment, folder / "web.log")


def worker(environment: dict[str, str], folder: Path) -> Process:
    """The background jobs."""
    fast = environment | {"TOIYA_STALLED_SECONDS": str(STALLED_SECONDS)}
    return Process("The worker is ready.", ["worker"], fast, folder / "worker.log")


def environment_for(database_url: str, site: str) -> dict[str, str]:
    """Our database and keys, and the pretend site."""
    return {
        "TOIYA_DATABASE_URL": database_url,
        "TOIYA_SECRET_KEY": settings.SECRET_KEY,
        "TOIYA_FIELD_KEYS": settings.FIELD_KEYS,
        "TOIYA_QOO10_BASE": f"{site}/GMKT.INC.Front.QAPIService/ebayjapan.qapi",
        "TOIYA_QOO10_CONSOLE": f"{site}/console",
        "TOIYA_CARDS_URL": f"{site}/cards",
        "TOIYA_CARDS_KEY": "sandbox-cards",
    }


class Killer(Thread):
    """Kills worker or pages at moments drawn from a seed, half of the time with a job under way."""

    def __init__(self, worker_process: Process, web_process: Process, *, seed: int, kills: int) -> None:
        super().__init__(daemon=True)
        self._chance = Random(seed)  # noqa: S311
        self._worker, self._web = worker_process, web_process
        self._kills = kills
        self._enough = Event()
        self.struck: list[str] = []
        self.trouble: BaseException | None = None

    def run(self) -> None:
        """Strike, let it come up again, wait a little, strike."""
        try:
            while len(self.struck) < self._kills and not self._enough.wait(self._chance.uniform(0.2, 2.5)):
                name, process = ("worker", self._worker) if self._chance.random() < 0.65 else ("web", self._web)
                if name == "worker" and self._chance.random() < 0.5:
                    self._wait_for_a_job()
                process.kill_and_start()
                self.struck.append(name)
                process.wait_until_ready()
        except BaseException as trouble:
            self.trouble = trouble
        finally:
            connection.close()

    def end(self) -> None:
        """No more kills; everything is up again afterwards."""
        self._enough.set()
        self.join(START_SECONDS)
        if self.trouble is not None:
            raise self.trouble

    def _wait_for_a_job(self) -> None:
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline and not ProcrastinateJob.objects.filter(status="doing").exists():
            time.sleep(0.005)


class Ticks(Thread):
    """Calls something again and again, as the clock does each minute."""

    def __init__(self, tick: Callable[[], None], every_seconds: float) -> None:
        super().__init__(daemon=True)
        self._tick, self._every = tick, every_seconds
        self._enough = Event()
        self.trouble: BaseException | None = None

    def run(self) -> None:
        """Until told to end."""
        try:
            while not self._enough.wait(self._every):
                self._tick()
        except BaseException as trouble:
            self.trouble = trouble
        finally:
            connection.close()

    def end(self) -> None:
        """No more ticks."""
        self._enough.set()
        self.join(10)
        if self.trouble is not None:
            raise self.trouble
