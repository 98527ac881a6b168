"""
Workload W, deterministic: orders of 1-4 lines (mean 2) over 1,000 SKUs, 1-3 pieces a line, popularity Zipf 1.1.

The bare limit and Toiya run exactly the same orders.
"""

from __future__ import annotations

import bisect
import itertools
import random
from collections.abc import Iterator

SKUS = 1000
LINE_SHARES = {1: 0.40, 2: 0.30, 3: 0.20, 4: 0.10}
PRICE = 1999

Wanted = list[tuple[int, int]]  # (SKU number 1..SKUS, pieces)


def orders(count: int, seed: int) -> Iterator[Wanted]:
    """Yield `count` orders; the same seed gives the same orders."""
    chance = random.Random(seed)  # noqa: S311  a workload, not a secret
    popularity = _zipf(SKUS, 1.1)
    sizes, shares = list(LINE_SHARES), list(itertools.accumulate(LINE_SHARES.values()))
    for _ in range(count):
        lines = sizes[min(bisect.bisect_left(shares, chance.random()), len(sizes) - 1)]
        wanted: dict[int, int] = {}
        while len(wanted) < lines:
            sku = min(bisect.bisect_left(popularity, chance.random()) + 1, SKUS)
            wanted[sku] = chance.randint(1, 3)
        yield list(wanted.items())


def _zipf(count: int, exponent: float) -> list[float]:
    weights = [1 / place**exponent for place in range(1, count + 1)]
    total = sum(weights)
    return list(itertools.accumulate(weight / total for weight in weights))
