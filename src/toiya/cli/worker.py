"""`./toiya worker`: the background jobs, and the tasks that come round by the clock."""

import argparse
import asyncio
import gc
import logging
import os
import signal
import threading

from django.conf import settings
from django.db import Error, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from toiya.cli.postgres.migrations import prepare
from toiya.core import jobs

LONGEST_HEARTBEAT_SECONDS = 10.0
LONGEST_LOOK_SECONDS = 30.0
POLL_SECONDS = 1.0  # a job that waited for its lock is not announced when the lock is free: we must look
GRACE_SECONDS = 25.0  # for jobs that are under way when we are told to stop
STOP_SECONDS = 30.0

logger = logging.getLogger(__name__)


def run(arguments: list[str]) -> int:
    """Work until SIGTERM or Ctrl-C, then let the jobs under way finish; 0 if a signal ended it."""
    parser = argparse.ArgumentParser(prog="./toiya worker", description="Run the background jobs.")
    parser.add_argument("--concurrency", type=int, default=4, help="jobs at once (4)")
    parser.add_argument("--queue", action="append", metavar="NAME", help="only this queue; may be given again")
    chosen = parser.parse_args(arguments)
    prepare()
    gc.collect()
    gc.freeze()  # what was loaded stays; looking through it again and again costs a set of orders a tenth of its time
    was_told = asyncio.run(work(chosen.concurrency, chosen.queue))
    return 0 if was_told else 1


async def work(concurrency: int, queues: list[str] | None) -> bool:
    """
    Run a worker; return whether a signal ended it.

    It also ends by itself when the database is gone; a supervisor then starts a new one.
    """
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    told = asyncio.Event()
    with app.replace_connector(connector.get_worker_connector()) as worker_app:
        async with worker_app.open_async():
            working = asyncio.create_task(
                worker_app.run_worker_async(
                    queues=queues,  # type: ignore[arg-type]  # None means all, as its documentation says
                    name=f"worker-{os.getpid()}",
                    concurrency=concurrency,
                    fetch_job_polling_interval=POLL_SECONDS,
                    shutdown_graceful_timeout=GRACE_SECONDS,
                    update_heartbeat_interval=min(LONGEST_HEARTBEAT_SECONDS, settings.STALLED_SECONDS / 4),
                    stalled_worker_timeout=settings.STALLED_SECONDS,
                    install_signal_handlers=False,
                )
            )
            reviving = asyncio.create_task(_revive_now_and_then(settings.STALLED_SECONDS))
            _listen_for_signals(working, told)
            print("The worker is ready.", flush=True)
            try:
                await working
            except asyncio.CancelledError:
                if not told.is_set():
                    raise
            finally:
                reviving.cancel()
    return told.is_set()


async def _revive_now_and_then(silent_seconds: float) -> None:
    """Look for jobs of dead workers at the start and then often enough; no job slot is needed for it."""
    while True:
        try:
            await asyncio.to_thread(_revive, silent_seconds)
        except Error:
            logger.exception("Looking for jobs of dead workers did not work; trying again")
        await asyncio.sleep(min(silent_seconds / 2, LONGEST_LOOK_SECONDS))


def _revive(silent_seconds: float) -> None:
    try:
        revived = jobs.revive_stalled(silent_seconds)
    finally:
        connection.close()
    if revived:
        logger.warning("Jobs of dead workers begun again: %s", revived)


def _listen_for_signals(working: asyncio.Task[None], told: asyncio.Event) -> None:
    """On the first SIGTERM or SIGINT end the worker, gracefully; after 30 s the process."""

    def stop() -> None:
        if told.is_set():
            return
        told.set()
        working.cancel()
        # A job that blocks its thread cannot be cancelled; a successor finds it stalled and runs it again.
        last_resort = threading.Timer(STOP_SECONDS, os._exit, args=[0])
        last_resort.daemon = True
        last_resort.start()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
