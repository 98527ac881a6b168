"""The demo's processes: what ends or hangs is named with the end of its log, and none is left behind."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from toiya.cli.demo.place import alone, python_path
from toiya.cli.demo.processes import Family, port_for
from toiya.cli.trouble import Trouble

pytestmark = pytest.mark.processes


def test_a_child_that_ends_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    family = Family(os.environ | {"PYTHONPATH": python_path()}, tmp_path)
    child = family.start("worker", "toiya", "nonsense")

    with pytest.raises(Trouble, match=r"The worker ended by itself \(code 2\)(.|\n)*no command 'nonsense'"):
        family.wait_for("anything", lambda: False, 30, child)
    family.stop()


def test_what_does_not_come_in_time_is_named_and_nobody_is_left(tmp_path: Path) -> None:
    family = Family(os.environ | {"PYTHONPATH": python_path()}, tmp_path)
    child = family.start("site", "http.server", "0", "--bind", "127.0.0.1")

    with pytest.raises(Trouble, match="Waited 0 s in vain for the moon"):
        family.wait_for("the moon", lambda: False, 0.2, child)
    family.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_a_port_in_use_is_replaced_by_a_free_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        found = port_for(taken)

    assert found not in (0, taken)
    assert port_for(taken) == taken


def test_a_second_demo_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with alone(tmp_path / "demo"), pytest.raises(Trouble, match="A demo runs already"), alone(tmp_path / "demo"):
        pass
