"""What the demo says while it works: one bar on a terminal, one line per step elsewhere; always on stderr."""

from __future__ import annotations

import sys
import time

from toiya.cli.demo.carts import CARTS, Fate

_WIDTH = 28
# Built, connected, pulled, confirmed; each shipped order packed, labelled, loaded; all told; the held one packed.
_TOTAL = 8 + 3 * sum(cart.fate is Fate.SHIP for cart in CARTS) + 11


class Progress:
    """Steps of known weight; `advance` within a step, `step` to the next."""

    def __init__(self) -> None:
        self._done = 0
        self._text = ""
        self._is_terminal = sys.stderr.isatty()
        self._began = time.monotonic()

    def step(self, text: str) -> None:
        """Begin something; shown until the next one."""
        self._text = text
        if self._is_terminal:
            self._draw()
        else:
            print(f"{time.monotonic() - self._began:5.1f} s  {text}", file=sys.stderr, flush=True)

    def advance(self, by: int = 1) -> None:
        """So much more is done."""
        self._done = min(_TOTAL, self._done + by)
        if self._is_terminal:
            self._draw()

    def end(self) -> None:
        """Leave the bar."""
        if self._is_terminal:
            self._done = _TOTAL
            self._draw()
            print(file=sys.stderr, flush=True)

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began

    def _draw(self) -> None:
        full = _WIDTH * self._done // _TOTAL
        bar = "█" * full + "░" * (_WIDTH - full)
        print(f"\r\x1b[K{bar} {100 * self._done // _TOTAL:3d} %  {self._text}", end="", file=sys.stderr, flush=True)
