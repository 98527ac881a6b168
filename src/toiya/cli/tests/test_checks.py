"""The checks find what they are for, and nothing else."""

from pathlib import Path

import pytest

from toiya.cli import commands
from toiya.cli.checks import names, sizes, traces
from toiya.cli.features import marks, outcomes, report
from toiya.cli.features.rows import Row, read_rows

MARKED = """
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.seed("A003")]


@pytest.mark.seed("A001", "L02")
def test_one(): ...


class TestMany:
    @pytest.mark.seed("A001")
    def test_two(self): ...

    def helper(self): ...
"""
JUNIT = """<testsuites><testsuite>
<testcase classname="tests.test_x" file="tests/test_x.py" name="test_one[a]" />
<testcase classname="tests.test_x" file="tests/test_x.py" name="test_one[b]"><failure/></testcase>
<testcase classname="tests.test_x.TestMany" file="tests/test_x.py" name="test_two" />
<testcase classname="tests.test_x" file="tests/test_x.py" name="test_three"><skipped/></testcase>
</testsuite></testsuites>"""
ROWS = [Row("A001", "rule", "one | two"), Row("A002", "field", "three")]


def test_a_function_of_forty_lines_fits_and_one_of_forty_one_does_not() -> None:
    fits = "def fits():\n" + "    x = 1\n" * 39
    long = "async def long():\n" + "    x = 1\n" * 40

    assert list(sizes.long_functions(fits + long)) == ["41 long: 41 lines, 40 are allowed"]


@pytest.mark.parametrize(
    ("name", "line", "reasons"),
    [
        ("requirements.lock", "anyio==4.16.0 \\", []),
        (
            "requirements.lock",
            "anyio @ https" + "://example.org/anyio.whl",
            ["an address in the requirements"],
        ),
        (
            "build.sh",
            "pip install --index" + "-url https://example.org/simple x",
            ["the address of a package"],
        ),
        ("notes.md", f"see {Path.home()}/notes", ["a path of this machine"]),
        ("notes.md", "see https://example.org/simple", []),
    ],
)
def test_traces_of_a_machine_are_found(name: str, line: str, reasons: list[str]) -> None:
    found = traces.reasons(Path(name), line)

    assert len(found) == len(reasons)
    assert all(text.startswith(reason) for text, reason in zip(found, reasons, strict=True))


def test_marks_of_module_class_and_function_are_read_without_importing(tmp_path: Path) -> None:
    path = tmp_path / "test_x.py"
    path.write_text(MARKED)

    assert list(marks.of_file(path)) == [
        ("A003", f"{path}::test_one"),
        ("A001", f"{path}::test_one"),
        ("L02", f"{path}::test_one"),
        ("A003", f"{path}::TestMany::test_two"),
        ("A001", f"{path}::TestMany::test_two"),
    ]


def test_the_worst_outcome_of_a_test_counts(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_text(JUNIT)

    assert outcomes.of_report(path) == {
        "tests/test_x.py::test_one": "failed",
        "tests/test_x.py::TestMany::test_two": "passed",
        "tests/test_x.py::test_three": "skipped",
    }


def test_the_page_of_features_is_compared_without_its_results() -> None:
    found = {"A001": ["src/toiya/core/tests/test_x.py::test_one_thing"]}
    fresh = report.text(ROWS, found, {})
    written = report.text(ROWS, found, {"src/toiya/core/tests/test_x.py::test_one_thing": "passed"})

    assert "| A001 | rule | one \\| two | `core/tests/test_x.py` one thing | passed |" in written
    assert "1 of 2 rows have tests." in written
    assert fresh != written
    assert report.without_results(fresh) == report.without_results(written)
    assert report.without_results(fresh) != report.without_results(report.text(ROWS, {}, {}))


def test_the_feature_list_is_whole() -> None:
    rows = read_rows()

    assert [row.id for row in rows] == [f"A{number:03}" for number in range(1, 221)] + [
        f"L{number:02}" for number in range(1, 53)
    ]
    assert all(0 < len(row.text) <= 100 for row in rows)


def test_a_word_that_is_no_command_gets_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["sreve"]) == 2
    assert capsys.readouterr().err == "toiya: there is no command 'sreve'. Did you mean 'serve'?\n"


def test_alone_it_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main([]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in commands.COMMANDS)


def test_imports_of_signals_are_found(tmp_path: Path) -> None:
    path = tmp_path / "models.py"
    path.write_text("import signal\nfrom django.db.models.signals import post_save\nimport django.dispatch\n")

    assert list(names.wiring(path)) == [2, 3]
