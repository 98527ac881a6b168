"""Walking the house: its modules, its classes, its actions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from toiya.config.places import ROOT as ROOT

T = TypeVar("T")
LEFT_OUT = {"tests", "migrations", "sandbox", "__main__", "wsgi"}


@cache
def modules() -> dict[str, Any]:
    """Every module of the house by name, imported; without tests, migrations, settings and the sandbox."""
    found = {}
    for path in sorted((ROOT / "src/toiya").rglob("*.py")):
        parts = path.relative_to(ROOT / "src").with_suffix("").parts
        if not set(parts) & LEFT_OUT:
            name = ".".join(parts).removesuffix(".__init__")
            found[name] = import_module(name)
    return found


def subclasses(kind: type[T]) -> set[type[T]]:
    """All classes of the house below `kind`; not the ones that tests make, nor what `slots=True` leaves behind."""
    below = {each for child in kind.__subclasses__() for each in {child, *subclasses(child)}}
    return {each for each in below if getattr(modules().get(each.__module__), each.__name__, None) is each}


def actions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function in the packages' actions, by full name."""
    for name, module in sorted(modules().items()):
        if name.startswith("toiya.domain.") and ".actions." in name:
            for function_name, function in sorted(inspect.getmembers(module, inspect.isfunction)):
                if function.__module__ == name and not function_name.startswith("_"):
                    yield f"{name.removeprefix('toiya.domain.')}.{function_name}", function
