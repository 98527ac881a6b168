"""The benchmark runs end to end, and leaves a house in which nothing is wrong."""

from __future__ import annotations

import pytest
from django.db import connection

from bench import limit, road, stages
from bench.stages import Task
from toiya.config.truths import all_checks
from toiya.core.checks import run
from toiya.domain.orders.models import OpenOrder, Order

SIZE, COUNT, WARM_UP = 3, 7, 50
# The benchmark brings orders to the truck by plain statements: nobody picked, its parcels bear plain numbers and its
# labels no document. Everything else must agree, the ledgers above all.
NOT_WALKED = {"packed_is_picked", "codes_of_outbound_parcel", "bought_labels_are_whole", "steps_follow_the_arrows"}


@pytest.fixture
def dsn(transactional_db: None) -> str:
    """The address of the test's database, for the limit's own connection."""
    wanted = connection.get_connection_params()
    parts = ("host", "port", "user", "password", "dbname")
    return " ".join(f"{name}={wanted[name]}" for name in parts if wanted.get(name))


@pytest.mark.parametrize("stage", stages.STAGES)
def test_both_sides_run_a_stage_to_its_end_and_nothing_is_wrong_afterwards(
    dsn: str, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages.gc, "freeze", lambda: None)  # the other tests go on in this process
    limit.prepare(dsn, 1)
    road.prepare(1)
    stages.limit_of.cache_clear()

    for side in ("limit", "ours"):
        started, ended = stages.measured(Task(side, stage, SIZE, COUNT, client=0, round=0), dsn, lambda: None)
        assert ended > started
    stages.limit_of(dsn, 0).close()
    stages.limit_of.cache_clear()

    reached = {"ingest": "received", "allocate": "allocated", "ship": "shipped"}[stage]
    assert Order.objects.filter(status=reached).count() == WARM_UP + COUNT
    assert OpenOrder.objects.count() == (0 if stage == "ship" else WARM_UP + COUNT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bare.sales_order")
        assert cursor.fetchone() == (WARM_UP + COUNT,)
        cursor.execute("DROP SCHEMA bare CASCADE")
    found = run([check for check in all_checks() if check.code not in NOT_WALKED], at=road.AT)
    assert {finding.check.code: finding.problems[0].message for finding in found if finding.problems} == {}
