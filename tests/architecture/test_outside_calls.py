"""No call leaves the house with a transaction open, and only plugs speak HTTP (I20)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.architecture.house import ROOT
from toiya.domain.channels.jobs.calling import outside
from toiya.domain.channels.port import Channel

SPEAKERS = {"httpx", "requests", "aiohttp", "urllib3", "urllib.request", "http.client", "websockets"}
FLOORS = ("core", "domain", "integrations", "web", "config")
CALLS = {name for name, member in vars(Channel).items() if callable(member) and not name.startswith("_")}
CALLS -= {"console_url"}  # builds an address, calls nobody


def sources() -> Iterator[tuple[str, ast.Module]]:
    for floor in FLOORS:
        for path in sorted((ROOT / "src/toiya" / floor).rglob("*.py")):
            if "tests" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def imported(tree: ast.Module) -> set[str]:
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def test_only_the_plugs_clients_speak_http() -> None:
    speakers = {place for place, tree in sources() if imported(tree) & SPEAKERS}
    assert {place for place in speakers if not place.endswith("/client.py")} == set()
    assert all(place.startswith("src/toiya/integrations/") for place in speakers)


def test_who_calls_a_site_knows_the_door() -> None:
    """A plug is called in few places, and each of them goes through `outside`."""
    for place, tree in sources():
        called = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and node.attr in CALLS
            and isinstance(node.value, ast.Name)
            and node.value.id == "plug"
        }
        assert not called or "toiya.domain.channels.jobs.calling" in imported(tree), f"{place} calls {sorted(called)}"


@pytest.mark.django_db(transaction=True)
def test_the_door_to_the_sites_is_shut_while_a_transaction_is_open() -> None:
    assert outside(lambda: "answered") == "answered"
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        outside(lambda: pytest.fail("called with a transaction open"))
