"""docs/features.md: each row of the feature list, the tests that prove it, and how they ended."""

import re

from toiya.cli.checks.sources import shown
from toiya.cli.features.marks import read_marks
from toiya.cli.features.rows import Row, read_rows
from toiya.config.places import ROOT

PAGE = ROOT / "docs" / "features.md"
NOT_RUN = "–"
RESULT = re.compile(r"\| [^|]* \|$", re.MULTILINE)
HEAD = """\
# Features and the tests that prove them

Written by `./toiya features --run --write`. A row is a fact about the systems of this trade: something they
do (A…) or a weakness of theirs that must not return (L…). A test names the rows it proves with
`@pytest.mark.seed("A060")`.

{proven} of {total} rows have tests.

| row | kind | what | tests | result |
|---|---|---|---|---|
"""


def text(rows: list[Row], marks: dict[str, list[str]], outcomes: dict[str, str]) -> str:
    """The page."""
    lines = [line(row, marks.get(row.id, []), outcomes) for row in rows]
    head = HEAD.format(proven=sum(row.id in marks for row in rows), total=len(rows))
    return head + "\n".join(lines) + "\n"


def line(row: Row, tests: list[str], outcomes: dict[str, str]) -> str:
    """One row of the page."""
    words = {outcomes.get(test, NOT_RUN) for test in tests}
    result = ", ".join(sorted(words)) if tests else ""
    what = row.text.replace("|", "\\|")
    return f"| {row.id} | {row.kind} | {what} | {'<br>'.join(map(named, tests))} | {result} |"


def named(test: str) -> str:
    """A test as a sentence with the place where it stands."""
    path, *names = test.split("::")
    return f"`{path.removeprefix('src/toiya/')}` {names[-1].removeprefix('test_').replace('_', ' ')}"


def findings() -> list[str]:
    """Marks of rows that do not exist, and a page that is not up to date; results do not count."""
    rows, marks = read_rows(), read_marks()
    known = {row.id for row in rows}
    found = [f"{test}: there is no row {row}" for row in sorted(set(marks) - known) for test in marks[row]]
    written = PAGE.read_text() if PAGE.exists() else ""
    if without_results(written) != without_results(text(rows, marks, {})):
        found.append(f"{shown(PAGE)} is out of date: ./toiya features --run --write")
    return found


def without_results(page: str) -> str:
    """The page with its last column empty."""
    return RESULT.sub("| |", page)
