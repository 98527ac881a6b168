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


MONEY_WORDS = frozenset({"amount", "cap", "cost", "credit", "fee", "owed", "paid", "price"})


def moneys_of(function: ast.AST) -> set[str]:
    """Names that are Money in a function: arguments that say so, and what is set to one."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.arg) and node.annotation is not None and ast.unparse(node.annotation) == "Money":
            found.add(node.arg)
        if isinstance(node, ast.Assign) and is_money(node.value, set()):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return found


def is_money(value: ast.expr, names: set[str]) -> bool:
    is_made = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "Money"
    return is_made or (isinstance(value, ast.Name) and value.id in names)


def is_bare(value: ast.AST) -> bool:
    """Whether a number of minor units stands in it outside a Money."""
    if isinstance(value, ast.Call) and is_money(value, set()):
        return False
    named = value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else ""
    return named == "minor" or named.endswith("_minor") or any(is_bare(part) for part in ast.iter_child_nodes(value))


def bare_amounts(tree: ast.AST, names: set[str]) -> Iterator[str]:
    """Amounts that a refusal of these names is given as a bare number."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        moneys = moneys_of(function)
        for call in ast.walk(function):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names):
                continue
            for given in call.keywords:
                name = given.arg or ""
                is_told = name in MONEY_WORDS and not is_money(given.value, moneys)
                if is_told or name.endswith("_minor") or is_bare(given.value):
                    yield f"{call.func.id} at {call.lineno}: {name}"


def test_an_amount_that_a_refusal_tells_is_money_and_no_bare_number() -> None:
    names = {kind.__name__ for kind in REFUSALS}
    faults = []
    for path in sorted((ROOT / "src/toiya").rglob("*.py")):
        if "tests" not in path.parts and "sandbox" not in path.parts:
            faults += [f"{path.relative_to(ROOT)} {each}" for each in bare_amounts(ast.parse(path.read_text()), names)]
    assert faults == []
    assert [kind.__name__ for kind in REFUSALS if re.search(r"%\(currency\)s %\(", str(kind.message))] == []


def test_a_bare_amount_would_be_seen() -> None:
    source = "def f(amount: Money, line):\n    No(amount=amount)\n    No(amount=line)\n    No(most=line.cap_minor)\n"
    assert list(bare_amounts(ast.parse(source), {"No"})) == ["No at 3: amount", "No at 4: most"]


def test_every_refusal_is_raised_somewhere() -> None:
    assert {kind.__name__ for kind in REFUSALS} - {name for _, name, _ in raised()} == set()


def test_every_module_was_looked_at() -> None:
    assert "toiya.domain.stock.actions.goods" in modules()
