"""Names that say nothing, and wiring nobody sees: neither exists here (docs/architecture.md, §3)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from toiya.cli.checks.sources import shown, tracked

EMPTY_NAMES = {"utils", "helpers", "services", "managers", "misc", "common"}
HIDDEN_WIRING = ("django.dispatch", "django.db.models.signals", "django.core.signals")


def findings() -> list[str]:
    """Each file with such a name, and each import of Django's signals."""
    found = []
    for path in tracked("*.py"):
        if {path.stem, path.parent.name} & EMPTY_NAMES:
            found.append(f"{shown(path)}: name it after what is in it")
        found += [
            f"{shown(path)}:{line}: no signals; src/toiya/config/reactions.py says who reacts" for line in wiring(path)
        ]
    return found


def wiring(path: Path) -> Iterator[int]:
    """The lines that import signals."""
    for node in ast.walk(ast.parse(path.read_text())):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import | ast.ImportFrom) and any(map(_is_wiring, modules)):
            yield node.lineno


def _is_wiring(module: str) -> bool:
    """Whether the module is one of Django's signals."""
    return any(module == name or module.startswith(f"{name}.") for name in HIDDEN_WIRING)
