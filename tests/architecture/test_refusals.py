"""Every refusal has a code of its own and a sentence that says what and how to mend it, whose blanks are filled."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.architecture.house import ROOT, modules, subclasses
from toiya.core.errors import Refusal

REFUSALS = sorted(subclasses(Refusal), key=lambda kind: kind.__name__)
BLANK = re.compile(r"%\((\w+)\)")
# Their sentence, mend included, comes in whole from a table beside them, or is the site's own.
TOLD_BY_OTHERS = {
    *("SiteSaysNo", "UnreadableBankFile", "UnreadableSettlement", "UnreadableSheet", "ZoneSheetOff"),
    *("UnusableAddress", "UnusableDraft"),
}
FORBIDDEN = re.compile(r"\b(please|sorry|invalid|failed to|successfully)\b|!", re.IGNORECASE)


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Each `SomeRefusal(...)` in the sources: its place, the refusal's name, the details (None when spread by **)."""
    names = {kind.__name__ for kind in REFUSALS}
    for path in sorted((ROOT / "src/toiya").rglob("*.py")):
        if "tests" in path.parts or "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                given = [keyword.arg for keyword in node.keywords]
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield place, node.func.id, None if None in given else {name for name in given if name}


def test_no_two_refusals_have_the_same_code() -> None:
    codes = Counter(kind.code for kind in REFUSALS)
    assert [code for code, count in codes.items() if count > 1] == []


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_has_a_code_and_says_what_and_how_to_mend_it(kind: type[Refusal]) -> None:
    message = str(kind.message)
    assert {"code", "message"} <= set(vars(kind)), "both are its own"
    assert re.fullmatch(r"[a-z][a-z_]+", kind.code)
    assert not FORBIDDEN.search(message), message
    if kind.__name__ in TOLD_BY_OTHERS:
        return
    assert message.endswith(".")
    sentences = [part for part in re.split(r"[.:;,]\s", message) if part]
    assert len(sentences) >= 2 or message.startswith("%("), f"what, then how to mend it: {message}"


def test_every_blank_of_a_message_is_filled_where_it_is_raised() -> None:
    blanks = {kind.__name__: set(BLANK.findall(str(kind.message))) for kind in REFUSALS}
    faults = [
        f"{place}: {name} lacks {sorted(blanks[name] - given)}"
        for place, name, given in raised()
        if given is not None and blanks[name] - given
    ]
    assert faults == []


def test_every_refusal_is_raised_somewhere() -> None:
    assert {kind.__name__ for kind in REFUSALS} - {name for _, name, _ in raised()} == set()


def test_every_module_was_looked_at() -> None:
    assert "toiya.domain.stock.actions.goods" in modules()
