"""Orders per second, ours and the bare limit's, in the same run: python -m bench STAGE."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
from multiprocessing.synchronize import Barrier
from typing import Any

import django

COUNTS = {1: 300, 100: 4_000, 1_000: 10_000, 10_000: 20_000}


def main(arguments: list[str]) -> int:
    """Measure and print one line per set size and number of processes."""
    options = _options(arguments)
    django.setup()
    dsn = os.environ["TOIYA_BENCH_DSN"]
    _prepare(dsn, max(options.processes))
    print(f"{options.stage}: orders/s, median of {options.rounds} rounds, limit and ours in turn", flush=True)
    print(f"{'set of':>8} {'processes':>9} {'limit':>10} {'ours':>10} {'ratio':>7}", flush=True)
    for processes in options.processes:
        for size in options.sizes:
            figures: dict[str, list[float]] = {"limit": [], "ours": []}
            for number in range(options.rounds):
                for side in figures:
                    figures[side].append(_rate(side, options.stage, size, processes, number))
            ratio = statistics.median(ours / limit for ours, limit in zip(figures["ours"], figures["limit"], strict=True))
            limit, ours = (statistics.median(figures[side]) for side in ("limit", "ours"))
            print(f"{size:>8,} {processes:>9} {limit:>10,.0f} {ours:>10,.0f} {ratio:>7.2f}", flush=True)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./toiya bench", description=__doc__)
    parser.add_argument("stage", choices=["ingest", "allocate", "ship"])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(COUNTS))
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args(arguments)


def _prepare(dsn: str, clients: int) -> None:
    from bench import limit, road  # noqa: PLC0415  the models exist only after django.setup()

    limit.prepare(dsn, clients)
    road.prepare(clients)


def _rate(side: str, stage: str, size: int, processes: int, number: int) -> float:
    """Orders per second of one round: all clients start together, the last to end counts."""
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(processes), context.Queue()
    count = COUNTS.get(size, size)
    tasks = [(side, stage, size, count, client, number) for client in range(processes)]
    clients = [context.Process(target=_client, args=(task, barrier, results)) for task in tasks]
    for client in clients:
        client.start()
    spans = [results.get(timeout=600) for _ in clients]
    for client in clients:
        client.join()
    failed = [span for span in spans if isinstance(span, str)]
    if failed:
        raise SystemExit(failed[0])
    return processes * count / (max(end for _, end in spans) - min(start for start, _ in spans))


def _client(task: tuple[Any, ...], barrier: Barrier, results: Any) -> None:
    django.setup()
    from bench.stages import Task, measured  # noqa: PLC0415  the models exist only after django.setup()

    try:
        results.put(measured(Task(*task), os.environ["TOIYA_BENCH_DSN"], lambda: _wait(barrier)))
    except BaseException as error:
        barrier.abort()
        results.put(f"{type(error).__name__}: {error}")
        raise


def _wait(barrier: Barrier) -> None:
    barrier.wait(timeout=300)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
