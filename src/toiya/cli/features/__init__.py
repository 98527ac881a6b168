"""`./toiya features`: which tests prove which row of the feature list."""

import argparse

from toiya.cli.features import outcomes, report
from toiya.cli.features.marks import read_marks
from toiya.cli.features.rows import read_rows


def run(arguments: list[str]) -> int:
    """Show each row with its tests; on request run them, and write docs/features.md."""
    parser = argparse.ArgumentParser(prog="./toiya features", description="Which tests prove which feature.")
    parser.add_argument("--run", action="store_true", help="run those tests and show how they ended")
    parser.add_argument("--write", action="store_true", help="write docs/features.md")
    chosen = parser.parse_args(arguments)
    marks = read_marks()
    found = outcomes.of_run(sorted({test for tests in marks.values() for test in tests})) if chosen.run else {}
    text = report.text(read_rows(), marks, found)
    if chosen.write:
        report.PAGE.write_text(text)
    else:
        print(text)
    return 1 if "failed" in found.values() else 0
