"""How tests ended, from the report pytest writes for other programs."""

import subprocess
import sys
from pathlib import Path

from defusedxml import ElementTree

from toiya.cli.trouble import Trouble
from toiya.config.places import ROOT, VAR

WORST_FIRST = ("failed", "skipped", "passed")


def of_run(tests: list[str]) -> dict[str, str]:
    """
    Run these tests and say how each ended: passed, failed or skipped.

    :raises Trouble: pytest could not run at all
    """
    if not tests:
        return {}
    VAR.mkdir(exist_ok=True)
    report = VAR / "features.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "-n", "2", "--dist", "loadgroup", f"--junitxml={report}", "-o", "junit_family=xunit1"]
    subprocess.run([sys.executable, "-m", "pytest", *options, *tests], cwd=ROOT, stdout=sys.stderr, check=False)
    if not report.exists():
        raise Trouble("The tests could not be run; the lines above say why.")
    return of_report(report)


def of_report(report: Path) -> dict[str, str]:
    """The outcome of each test function in the report; the worst of its parameters counts."""
    found: dict[str, set[str]] = {}
    for case in ElementTree.fromstring(report.read_text()).iter("testcase"):
        module = case.get("file", "").removesuffix(".py").replace("/", ".")
        classes = case.get("classname", "").removeprefix(module).strip(".")
        function = case.get("name", "").partition("[")[0]
        name = "::".join(filter(None, [case.get("file"), *classes.split("."), function]))
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        found.setdefault(name, set()).add(outcome)
    return {name: next(word for word in WORST_FIRST if word in words) for name, words in found.items()}
