"""Running a stateful property test against the real database: each run of the machine is rolled back."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.books import fingerprint
from toiya.core.errors import Refusal


class RolledBack(RuleBasedStateMachine):
    """A machine whose every run begins from the world its test built."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()

    def teardown(self) -> None:
        """Forget all that this run did."""
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)


def refusal_of(step: Callable[[], object], *tables: str) -> Refusal | None:
    """Do the step in a transaction; the refusal when it was refused, which must have left these tables as they were."""
    before = fingerprint(*tables)
    try:
        with transaction.atomic():
            step()
    except Refusal as refusal:
        found = refusal
    else:
        return None
    assert fingerprint(*tables) == before, found
    return found


def run(machine: type[RolledBack], runs: int, steps: int) -> None:
    """Run the machine so many times, at most so many steps each; call inside a test with the database."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
