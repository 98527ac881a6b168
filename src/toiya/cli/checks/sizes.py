"""Files fit on a screen or two, functions on one, parameters in one hand (docs/architecture.md, rule 9)."""

import ast
from collections.abc import Iterable

from toiya.cli.checks.sources import shown, tracked

FILE_LINES = 300
FUNCTION_LINES = 40
KINDS = ("*.py", "*.html", "*.js", "toiya", ".ci/run")  # the one stylesheet is as long as it is


def findings() -> list[str]:
    """Every file and function that is too long; migrations are written by a machine and free."""
    found = []
    for path in tracked(*KINDS):
        if "migrations" in path.parts:
            continue
        text = path.read_text()
        name = shown(path)
        if (lines := len(text.splitlines())) > FILE_LINES:
            found.append(f"{name}: {lines} lines, {FILE_LINES} are allowed; split it by topic")
        if path.suffix == ".py":
            found += [f"{name}:{finding}" for finding in long_functions(text)]
    return found


def long_functions(text: str) -> Iterable[str]:
    """Each function of the source that is too long, with its line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{node.lineno} {node.name}: {lines} lines, {FUNCTION_LINES} are allowed"
