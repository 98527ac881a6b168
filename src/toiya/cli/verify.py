"""`./toiya verify`: everything recomputed from the ledgers, and each disagreement named."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

import django
from django.db import OperationalError, ProgrammingError, connection, transaction
from psycopg.errors import UndefinedColumn, UndefinedTable

from toiya.cli.postgres.embedded import ensure
from toiya.cli.postgres.migrations import shown
from toiya.cli.trouble import Trouble
from toiya.core import clock
from toiya.core.checks import Finding, Level, Problem, count
from toiya.core.checks import run as run_checks

_ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@dataclass(frozen=True)
class Report:
    """What was found. With `is_settled`, work that is still under way counts as a problem too."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]
    is_settled: bool = False

    @property
    def bad_levels(self) -> frozenset[Level]:
        """What counts as a problem."""
        return frozenset({Level.PROBLEM, Level.OPEN} if self.is_settled else {Level.PROBLEM})

    @property
    def is_ok(self) -> bool:
        """Whether every truth holds."""
        return not any(finding.count for finding in self.findings if finding.check.level in self.bad_levels)

    @property
    def problems(self) -> list[Problem]:
        """The problems in words, at most 50 of each check."""
        return [
            problem
            for finding in self.findings
            if finding.check.level in self.bad_levels
            for problem in finding.problems
        ]

    def as_data(self) -> dict[str, Any]:
        """The report for programs. `counts` has each check's full number, also past 50."""
        others = [finding for finding in self.findings if finding.check.level not in self.bad_levels]
        return {
            "ok": self.is_ok,
            "problems": [asdict(problem) for problem in self.problems],
            "counts": {finding.check.code: finding.count for finding in self.findings if finding.count},
            "open": [
                asdict(each) for finding in others if finding.check.level is Level.OPEN for each in finding.problems
            ],
            "notes": [
                asdict(each) for finding in others if finding.check.level is Level.NOTE for each in finding.problems
            ],
            "checked": {"checks": len(self.findings), **self.counts},
        }

    def lines(self) -> Iterator[str]:
        """The report for people: one line per check, then its sentences."""
        for finding in self.findings:
            check = finding.check
            yield f"{check.invariant}  {check.code:<44} {_word(finding)}"
            yield from (f"       {problem.message}" for problem in finding.problems)
            if finding.count > len(finding.problems):
                yield f"       and {finding.count - len(finding.problems)} more"
        checked = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in self.counts.items())
        yield f"Checked {checked}."
        number = sum(finding.count for finding in self.findings if finding.check.level in self.bad_levels)
        yield "Everything agrees." if self.is_ok else f"{number} {_plural('problem', number)} in all."


def _word(finding: Finding) -> str:
    if not finding.count:
        return "ok"
    nouns = {Level.PROBLEM: _plural("problem", finding.count), Level.OPEN: "under way", Level.NOTE: "to know"}
    return f"{finding.count} {nouns[finding.check.level]}"


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


def verify(*, at: datetime, is_settled: bool = False) -> Report:
    """
    Check everything in one read-only snapshot, so that it is right while work goes on.

    Django must be set up, and no transaction may be open.
    """
    truths = import_module("toiya.config.truths")  # needs the models, which exist only once Django is set up
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_SNAPSHOT)
        findings = run_checks(truths.all_checks(), at=at)
        return Report(tuple(findings), count(truths.all_counts()), is_settled)


def run(arguments: list[str]) -> int:
    """Print the report; 1 if there is a problem."""
    parser = argparse.ArgumentParser(
        prog="./toiya verify", description="Recompute everything from the ledgers and report each disagreement."
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--settled", action="store_true", help="tracking numbers still to be told are problems too")
    chosen = parser.parse_args(arguments)
    os.environ["TOIYA_DATABASE_URL"] = ensure()
    django.setup()
    try:
        report = verify(at=clock.now(), is_settled=chosen.settled)
    except OperationalError as reason:
        address = shown(os.environ["TOIYA_DATABASE_URL"])
        raise Trouble(f"The database does not answer at {address}: {str(reason).strip()}") from reason
    except ProgrammingError as reason:
        if not isinstance(reason.__cause__, UndefinedTable | UndefinedColumn):
            raise
        raise Trouble(f"The database lacks a table or column: {reason} Run ./toiya manage migrate first.") from reason
    if chosen.json:
        print(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(report.lines()))
    return 0 if report.is_ok else 1
