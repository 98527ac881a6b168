"""Two people at one barcode, or at one cell of the grid: one of them wins, the others are told."""

from __future__ import annotations

import pytest

from tests.races.together import together
from tests.world import NOON, a_seller, acting_for, some_skus
from toiya.domain.catalog.actions.barcodes import BarcodeTaken, add_barcode
from toiya.domain.catalog.actions.grid import Cell, ChangedMeanwhile, set_cell
from toiya.domain.catalog.actions.program_calls import register_item_once
from toiya.domain.catalog.actions.registering import NewItem, NewSku
from toiya.domain.catalog.models import Barcode, InventoryItem, Sku

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


def test_one_barcode_given_to_six_skus_at_once_means_one_of_them() -> None:
    seller = a_seller()
    actor = acting_for(seller)

    def give(sku: Sku) -> str:
        return add_barcode(sku_code=sku.code, barcode="4901234567894", actor=actor, at=NOON)

    ends = together([lambda sku=sku: give(sku) for sku in some_skus(seller, THREADS)])  # type: ignore[misc]
    assert ends.troubles == []
    assert (len(ends.answers), {type(refusal) for refusal in ends.refusals}) == (1, {BarcodeTaken})
    assert Barcode.objects.count() == 1


def test_six_people_at_one_cell_leave_one_value_and_five_are_shown_both() -> None:
    seller = a_seller()
    (sku,) = some_skus(seller, 1)
    actor = acting_for(seller)

    def write(number: int) -> Sku:
        cell = Cell("own_quantity", str(number), 0)
        return set_cell(sku_code=sku.code, cell=cell, actor=actor, at=NOON)

    ends = together([lambda number=number: write(number) for number in range(1, THREADS + 1)])  # type: ignore[misc]
    assert ends.troubles == []
    assert (len(ends.answers), {type(refusal) for refusal in ends.refusals}) == (1, {ChangedMeanwhile})
    sku.refresh_from_db()
    assert (sku.version, str(sku.own_quantity)) == (1, ends.refusals[0].details["theirs"])


def test_one_call_of_a_program_sent_six_times_at_once_registers_one_item() -> None:
    seller = a_seller()
    new, options, actor = NewItem("Shirt"), [NewSku("blue", "S-B")], acting_for(seller)

    def register() -> InventoryItem:
        return register_item_once(seller_id=seller.pk, key="api|1", new=new, options=options, actor=actor, at=NOON)

    ends = together([register for _ in range(THREADS)])
    assert (ends.troubles, ends.refusals) == ([], [])
    assert (len({item.code for item in ends.answers}), InventoryItem.objects.count()) == (1, 1)
