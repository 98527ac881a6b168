"""Which tests run one after the other in one process: those that name a group, and a folder that shares a world."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"tests/verify": "verify"}  # one house for all of them, built once
_GROUP = re.compile(r'xdist_group\("(\w+)"\)')


class Grouped(LoadScopeScheduling):  # type: ignore[misc]
    """
    Each group goes to one process, any other test to the one that is free.

    pytest-xdist has the same (`--dist loadgroup`), but writes the group behind a test's name where pytest 9.2 no
    longer looks, so that it groups nothing: two tests that start servers ran side by side.
    """

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0]) or nodeid


@cache
def group_of(path: str) -> str:
    """The group of a file's tests; empty: none. Read off its text: who deals the tests out never loads them."""
    found = _GROUP.search((ROOT / path).read_text())
    return found[1] if found else FOLDERS.get(Path(path).parent.as_posix(), "")
