"""Places for servers of the tests' own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from toiya.cli.postgres import embedded, place


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder every account can enter."""
    folder = Path(tempfile.mkdtemp(prefix="toiya-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def var(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation with nothing configured; its server goes when the test ends."""
    monkeypatch.delenv("TOIYA_DATABASE_URL", raising=False)
    monkeypatch.setattr(place, "ELSEWHERE", open_folder / "elsewhere")
    yield open_folder / "var"
    embedded.reset(open_folder / "var")
