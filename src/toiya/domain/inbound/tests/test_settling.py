"""How differences end: found, written off, or as counted."""

from __future__ import annotations

import pytest

from tests.floor_world import a_coded_sku
from tests.receiving_world import a_delivery, arrived, counted, lying
from tests.world import NOON, WORLD, a_seller, a_warehouse
from toiya.core.errors import Refusal
from toiya.domain.catalog.models import Sku
from toiya.domain.inbound.actions.completing import complete_delivery
from toiya.domain.inbound.actions.settling import (
    DamagedPiecesGone,
    FoundByLot,
    NotThisWay,
    Settlement,
    settle_difference,
)
from toiya.domain.inbound.models import CargoBundle, Difference, Receipt
from toiya.domain.stock.models import Balance

pytestmark = pytest.mark.django_db
DAMAGED = Receipt.Condition.DAMAGED


@pytest.fixture
def here(db: None) -> CargoBundle:
    """Ten totes were told; the delivery stands at the dock."""
    sku = a_coded_sku(a_seller(), "TOTE")
    return arrived(a_delivery(sku.seller, a_warehouse(), {sku: 10}))


@pytest.fixture
def tote(here: CargoBundle) -> Sku:
    found: Sku = Sku.objects.get(seller=here.seller)
    return found


def balance(sku: Sku) -> tuple[int, int, int]:
    found = Balance.objects.get(sku=sku)
    return found.on_hand, found.blocked, found.available


def one_difference(here: CargoBundle, kind: str) -> Difference:
    complete_delivery(bundle_id=here.pk, actor=WORLD, at=NOON)
    return Difference.objects.get(kind=kind, sku__seller_code="TOTE")


def settle(difference: Difference, outcome: str, note: str = "") -> Difference:
    return settle_difference(difference_id=difference.pk, settlement=Settlement(outcome, note), actor=WORLD, at=NOON)


@pytest.mark.seed("A119")
def test_missing_pieces_that_are_found_are_counted_in(here: CargoBundle, tote: Sku) -> None:
    counted(here, tote, 7)
    difference = one_difference(here, "fewer")
    settled = settle(difference, "found_later", "under the pallet")
    assert (settled.status, settled.outcome, settled.settlement_note) == ("settled", "found_later", "under the pallet")
    assert balance(tote) == (10, 0, 10)
    line = here.lines.get(sku=tote)
    assert line.received == 10
    with pytest.raises(Refusal):
        settle(difference, "count_stands")


def test_found_pieces_that_are_kept_by_lot_are_scanned_instead(here: CargoBundle, tote: Sku) -> None:
    difference = one_difference(here, "fewer")
    Sku.objects.filter(pk=tote.pk).update(tracks_lots=True)
    with pytest.raises(FoundByLot):
        settle(difference, "found_later")
    difference.refresh_from_db()
    assert difference.status == "open"
    assert not Balance.objects.exists()


def test_damaged_pieces_are_written_off_out_of_the_book(here: CargoBundle, tote: Sku) -> None:
    counted(here, tote, 9)
    counted(here, tote, 1, condition=DAMAGED)
    difference = one_difference(here, "damaged")
    with pytest.raises(NotThisWay):
        settle(difference, "found_later")
    settle(difference, "written_off")
    assert balance(tote) == (9, 0, 9)
    assert lying(tote) == {"DOCK-1": 9}


def test_what_was_written_off_elsewhere_cannot_be_written_off_again(here: CargoBundle, tote: Sku) -> None:
    counted(here, tote, 1, condition=DAMAGED)
    difference = one_difference(here, "damaged")
    Difference.objects.filter(pk=difference.pk).update(pieces=2)
    with pytest.raises(DamagedPiecesGone):
        settle(difference, "written_off")
    assert balance(tote) == (1, 1, 0)
    difference.refresh_from_db()
    assert difference.status == "open"
