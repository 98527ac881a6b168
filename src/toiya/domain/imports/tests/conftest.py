"""The stand-in kind, in force for a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from toiya.domain.imports import kinds
from toiya.domain.imports.tests.stand_in import NotesSheet


@pytest.fixture
def notes() -> Iterator[NotesSheet]:
    """Beside the real kinds."""
    before = dict(kinds.kinds())
    sheet = NotesSheet()
    kinds.install({**before, sheet.name: sheet})
    yield sheet
    kinds.install(before)
