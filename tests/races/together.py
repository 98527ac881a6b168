"""Several threads at once, each with a connection of its own, all starting in the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier, Thread

import pytest
from django.db import connection

from toiya.core.errors import Refusal

PATIENCE = 60


@dataclass
class Ends:
    """How the threads ended."""

    answers: list[object] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    troubles: list[BaseException] = field(default_factory=list)


def together(works: Sequence[Callable[[], object]]) -> Ends:
    """Do all the works at once; an answer, a refusal or a trouble of each."""
    ends, start = Ends(), Barrier(len(works), timeout=PATIENCE)

    def run(work: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            ends.answers.append(work())
        except Refusal as refusal:
            ends.refusals.append(refusal)
        except BaseException as trouble:
            ends.troubles.append(trouble)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[work], daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not [thread for thread in threads if thread.is_alive()], "a thread waits for ever"
    return ends


@contextmanager
def unlocked(monkeypatch: pytest.MonkeyPatch, module: object, *statements: str) -> Iterator[None]:
    """The control: these statements of the module without their lock."""
    with monkeypatch.context() as patch:
        for name in statements:
            text: str = getattr(module, name)
            assert "FOR NO KEY UPDATE" in text, f"{name} has no lock to take away"
            patch.setattr(module, name, text.split("FOR NO KEY UPDATE")[0])
        yield
