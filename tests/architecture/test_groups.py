"""Tests that start servers wait for each other, whatever pytest does with names."""

from __future__ import annotations

from tests.groups import Grouped, group_of
from toiya.config.places import ROOT

SERVERS = {
    "src/toiya/cli/tests/test_embedded.py",
    "src/toiya/cli/tests/test_launcher.py",
    "src/toiya/cli/tests/test_processes.py",
    "tests/browser/test_the_whole_road.py",
    "tests/journeys/test_demo.py",
    "tests/journeys/test_killed.py",
    "tests/journeys/test_simulated_day.py",
}


def test_each_group_is_dealt_out_whole() -> None:
    files = [path.relative_to(ROOT).as_posix() for top in ("src", "tests") for path in (ROOT / top).rglob("test_*.py")]
    assert {path for path in files if group_of(path) == "servers"} == SERVERS
    scope = Grouped._split_scope
    one, two = "tests/journeys/test_demo.py::test_a", "tests/journeys/test_killed.py::test_b[x::y@z]"
    assert scope(None, one) == scope(None, two) == "servers"  # type: ignore[arg-type]
    alone = "src/toiya/core/tests/test_codes.py::test_a[1]"
    assert scope(None, alone) == alone  # type: ignore[arg-type]
