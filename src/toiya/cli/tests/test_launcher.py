"""`./toiya` on machines of every kind: it makes its environment once and says what is missing."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from toiya.config.places import ROOT

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("servers")]
TOOLS = ("sh", "dirname", "cmp", "mkdir", "cat", "ps", "rm", "sleep", "mv", "cp")
# An empty lock: what is tested is the launcher, not the packages.
EMPTY = "# nothing\n"


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A checkout whose command only says its arguments."""
    folder = Path(tempfile.mkdtemp(prefix="toiya-test-"))
    shutil.copy(ROOT / "toiya", folder)
    (folder / "requirements.lock").write_text(EMPTY)
    package = folder / "src" / "toiya"
    package.mkdir(parents=True)
    (package / "__main__.py").write_text("import sys; print('arguments', sys.argv[1:])\n")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def path(checkout: Path) -> Path:
    """A folder with the few programs a bare machine has, and no Python."""
    folder = checkout / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool) or "")
    return folder


def start(checkout: Path, *arguments: str, path: Path | None = None) -> subprocess.Popen[str]:
    """./toiya with these arguments."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["PATH"] = str(path) if path else f"{Path(sys.executable).resolve().parent}:{os.environ['PATH']}"
    command = [str(checkout / "toiya"), *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_environment_is_made_once_and_again_only_for_another_lock(checkout: Path) -> None:
    first = start(checkout, "one", "two words").communicate(timeout=120)
    second = start(checkout, "three").communicate(timeout=120)
    (checkout / "requirements.lock").write_text(EMPTY * 2)
    third = start(checkout).communicate(timeout=120)

    assert first[0] == "arguments ['one', 'two words']\n"
    assert "making .venv" in first[1]
    assert second == ("arguments ['three']\n", "")
    assert third[0] == "arguments []\n"
    assert "making .venv" not in third[1]
    assert "installing the packages" in third[1]


def test_of_two_first_starts_at_once_one_makes_the_environment(checkout: Path) -> None:
    starts = [start(checkout, str(number)) for number in range(2)]

    said = [one.communicate(timeout=120) for one in starts]

    assert [output for output, _ in said] == ["arguments ['0']\n", "arguments ['1']\n"]
    assert sum("installing the packages" in errors for _, errors in said) == 1
    assert not (checkout / ".venv.lock").exists()


def test_the_claim_of_a_start_that_died_is_taken_over(checkout: Path) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    (checkout / ".venv.lock").mkdir()
    (checkout / ".venv.lock" / "pid").write_text(f"{dead.pid}\n")

    assert start(checkout, "on").communicate(timeout=120)[0] == "arguments ['on']\n"


def test_without_python_it_says_which_package_to_install(checkout: Path, path: Path) -> None:
    process = start(checkout, path=path)
    said = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "Python 3.11 or newer is needed" in said[1]
    assert "apt-get install python3 python3-venv" in said[1]
    assert not (checkout / ".venv").exists()
    assert not (checkout / ".venv.lock").exists()


def test_a_python_that_cannot_make_environments_is_named_with_the_cure(checkout: Path, path: Path) -> None:
    bare = path / "python3"
    bare.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexit 0\n')
    bare.chmod(0o755)

    process = start(checkout, path=path)
    said = process.communicate(timeout=30)

    assert process.returncode == 1
    assert "python3 is here, but it cannot make virtual environments" in said[1]
    assert "apt-get install python3-venv" in said[1]
