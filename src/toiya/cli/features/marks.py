"""Which tests carry `@pytest.mark.seed(...)`: read from the sources, nothing is imported."""

import ast
from collections.abc import Iterator
from pathlib import Path

from toiya.cli.checks.sources import shown, tracked


def read_marks() -> dict[str, list[str]]:
    """The tests of each row, as `path::name`."""
    found: dict[str, list[str]] = {}
    for path in tracked("*test_*.py"):
        for row, test in of_file(path):
            found.setdefault(row, []).append(test)
    return found


def of_file(path: Path) -> Iterator[tuple[str, str]]:
    """Each row and test of one file; a mark on the module or a class counts for all its tests."""
    module = ast.parse(path.read_text())
    for_all = [row for node in module.body if _is_module_mark(node) for row in _rows(ast.walk(node))]
    yield from _of_body(module.body, shown(path), for_all)


def _of_body(body: list[ast.stmt], name: str, inherited: list[str]) -> Iterator[tuple[str, str]]:
    """The rows and tests of a module's or class's body."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _of_body(node.body, f"{name}::{node.name}", inherited + _rows(node.decorator_list))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            for row in dict.fromkeys(inherited + _rows(node.decorator_list)):
                yield row, f"{name}::{node.name}"


def _is_module_mark(node: ast.stmt) -> bool:
    """Whether the statement sets `pytestmark`."""
    return isinstance(node, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
    )


def _rows(nodes: Iterator[ast.AST] | list[ast.expr]) -> list[str]:
    """The rows named in the seed marks among these nodes."""
    return [
        argument.value
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "seed"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
