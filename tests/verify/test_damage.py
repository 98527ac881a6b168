"""`verify` names each kind of damage that is planted straight in the database, and nothing else."""

from __future__ import annotations

import pytest

from tests.verify import (
    damage_to_allocation,
    damage_to_assembly,
    damage_to_bills,
    damage_to_bundles,
    damage_to_carriers,
    damage_to_catalogue,
    damage_to_debts,
    damage_to_deliveries,
    damage_to_entries,
    damage_to_files,
    damage_to_hand_ins,
    damage_to_ledgers,
    damage_to_lending,
    damage_to_letters,
    damage_to_members,
    damage_to_numbers,
    damage_to_orders,
    damage_to_packing,
    damage_to_parcels,
    damage_to_prices,
    damage_to_promises,
    damage_to_receiving,
    damage_to_splits,
    damage_to_stops,
    damage_to_transfers,
    damage_to_waves,
)
from tests.verify.damage import DAMAGES, Damage
from tests.verify.whole_house import LATER, House
from toiya.config.truths import all_checks
from toiya.core.checks import run

pytestmark = pytest.mark.django_db
# Importing them fills DAMAGES.
PLANTED_IN = (
    damage_to_catalogue,
    damage_to_entries,
    damage_to_files,
    damage_to_deliveries,
    *(damage_to_hand_ins, damage_to_ledgers, damage_to_letters),
    *(damage_to_members, damage_to_orders, damage_to_parcels, damage_to_receiving),
    *(damage_to_members, damage_to_orders, damage_to_parcels),
    damage_to_bundles,
    damage_to_assembly,
    damage_to_transfers,
    damage_to_promises,
    damage_to_waves,
    damage_to_lending,
    damage_to_allocation,
    damage_to_carriers,
    damage_to_packing,
    damage_to_splits,
    damage_to_stops,
    damage_to_numbers,
    damage_to_debts,
    damage_to_prices,
    damage_to_bills,
)
MINUTES_LATER = LATER.replace(minute=30)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.plant.__name__)
def test_the_damage_is_named_and_nothing_else(house: House, damage: Damage) -> None:
    subject = damage.plant(house)

    findings = {finding.check.code: finding for finding in run(all_checks(), at=MINUTES_LATER) if finding.count}

    assert set(findings) == {damage.check, *damage.also}
    assert subject in [problem.subject for problem in findings[damage.check].problems]
    assert all(
        subject in problem.message or problem.subject in problem.message for problem in findings[damage.check].problems
    )


@pytest.mark.parametrize("code", [check.code for check in all_checks()])
def test_every_check_has_a_damage_that_proves_it(code: str) -> None:
    planted = {damage.check for damage in DAMAGES}
    elsewhere = {"constraints_in_place", "ledgers_append_only"}  # test_guards.py
    assert code in planted | elsewhere or code.startswith("references_of_")  # test_references.py
