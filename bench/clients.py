"""One client process of a measured round. Apart from the command, so that a spawned process can import it."""

from __future__ import annotations

import importlib
import os
from multiprocessing.synchronize import Barrier
from typing import Any

import django


def run(task: tuple[Any, ...], barrier: Barrier, results: Any) -> None:
    """Do one task when all are ready; puts the span, or the error as text, into `results`."""
    try:
        django.setup()
        stages = importlib.import_module("bench.stages")  # imports models, so only after django.setup()
        span = stages.measured(stages.Task(*task), os.environ["TOIYA_BENCH_DSN"], lambda: _wait(barrier))
        results.put(span)
    except BaseException as error:
        barrier.abort()
        results.put(f"{type(error).__name__}: {error}")
        raise


def _wait(barrier: Barrier) -> None:
    barrier.wait(timeout=300)
