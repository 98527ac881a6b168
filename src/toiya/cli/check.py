"""`./toiya check`: everything a machine can check without running the tests."""

import argparse
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from toiya.cli.checks import names, sizes, tools, traces, words
from toiya.cli.features import report
from toiya.cli.messages import problems

Check = Callable[[], list[str]]

CHECKS: dict[str, Check] = {
    "formatting": tools.formatting,
    "lint": tools.lint,
    "types": tools.types,
    "contracts": tools.contracts,
    "migrations": tools.migrations,
    "sandbox-migrations": tools.sandbox_migrations,
    "sizes": sizes.findings,
    "names": names.findings,
    "translations": problems.findings,
    "words": words.findings,
    "traces": traces.findings,
    "features": report.findings,
}
SHOWN = 60  # findings of one check on the screen


def run(arguments: list[str]) -> int:
    """Run all checks, or those named; one line each, then what they found. 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="./toiya check", description="Check everything but the tests.")
    parser.add_argument("names", nargs="*", metavar="CHECK", help=f"only these: {', '.join(CHECKS)}")
    chosen = parser.parse_args(arguments).names or list(CHECKS)
    if unknown := [name for name in chosen if name not in CHECKS]:
        parser.error(f"there is no check {', '.join(unknown)}; there are {', '.join(CHECKS)}")
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = pool.map(timed, (CHECKS[name] for name in chosen))
        return max([show(name, *result) for name, result in zip(chosen, results, strict=True)], default=0)


def timed(check: Check) -> tuple[list[str], float]:
    """The findings of a check and the seconds it took; a check that breaks (a syntax error) has one finding."""
    begin = time.monotonic()
    try:
        findings = check()
    except Exception as reason:
        findings = [f"the check itself broke: {type(reason).__name__}: {reason}"]
    return findings, time.monotonic() - begin


def show(name: str, findings: list[str], seconds: float) -> int:
    """Print one check's line and findings; return 1 if there are any."""
    word = f"{len(findings)} found" if findings else "ok"
    print(f"{name:<20} {word:<10} {seconds:5.1f} s", flush=True)
    for finding in findings[:SHOWN]:
        print(f"    {finding}")
    if len(findings) > SHOWN:
        print(f"    and {len(findings) - SHOWN} more")
    return 1 if findings else 0
