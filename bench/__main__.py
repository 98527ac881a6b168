"""Orders per second, ours and the bare limit's, in the same run: python -m bench STAGE."""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import statistics
import sys

import django

from bench import clients, limit, rating, sheets

COUNTS = {1: 300, 100: 4_000, 1_000: 10_000, 10_000: 20_000}


def main(arguments: list[str]) -> int:
    """Measure and print one line per set size and number of processes."""
    options = _options(arguments)
    if options.stage == "import":
        return sheets.main(options.rows, options.rounds)
    if options.stage == "rate":
        return rating.main(options.entries, options.rounds)
    django.setup()
    dsn = os.environ["TOIYA_BENCH_DSN"]
    _prepare(dsn, max(options.processes), options.open)
    print(f"{options.stage}: orders/s, median of {options.rounds} rounds, limit and ours in turn", flush=True)
    print(f"{'set of':>8} {'processes':>9} {'limit':>10} {'ours':>10} {'ratio':>7}", flush=True)
    for processes in options.processes:
        for size in options.sizes:
            figures: dict[str, list[float]] = {"limit": [], "ours": []}
            for number in range(options.rounds):
                for side in figures:
                    figures[side].append(_rate(side, options.stage, size, processes, number))
            ratio = statistics.median(ours / bare for ours, bare in zip(figures["ours"], figures["limit"], strict=True))
            bare, ours = (statistics.median(figures[side]) for side in ("limit", "ours"))
            print(f"{size:>8,} {processes:>9} {bare:>10,.0f} {ours:>10,.0f} {ratio:>7.2f}", flush=True)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./toiya bench", description=__doc__)
    parser.add_argument("stage", choices=["ingest", "allocate", "ship", "import", "rate"])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(COUNTS))
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--rows", type=int, default=50_000, help="of the file, for import")
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the month, for rate")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--open", type=int, default=0, help="orders of each client that wait meanwhile")
    return parser.parse_args(arguments)


def _prepare(dsn: str, clients: int, waiting: int) -> None:
    limit.prepare(dsn, clients)
    road = importlib.import_module("bench.road")  # imports models, so only after django.setup()
    road.prepare(clients)
    road.ship_before(clients)
    road.keep_waiting(clients, waiting)


def _rate(side: str, stage: str, size: int, processes: int, number: int) -> float:
    """Orders per second of one round: all clients start together, the last to end counts."""
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(processes), context.Queue()
    count = COUNTS.get(size, size)
    tasks = [(side, stage, size, count, client, number) for client in range(processes)]
    running = [context.Process(target=clients.run, args=(task, barrier, results)) for task in tasks]
    for client in running:
        client.start()
    spans = [results.get(timeout=120) for _ in running]
    for client in running:
        client.join()
    failed = [span for span in spans if isinstance(span, str)]
    if failed:
        raise SystemExit(failed[0])
    orders_per_second: float = processes * count / (max(end for _, end in spans) - min(start for start, _ in spans))
    return orders_per_second


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
