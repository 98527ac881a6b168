"""Damage to returns and removals."""

from __future__ import annotations

from tests.verify.damage import breaks, execute, forge
from tests.verify.whole_house import House
from toiya.domain.returns.models import Aside, DoorParcel, Grading, Removal, RemovalLine, Return


def _return(house: House, status: str) -> Return:
    return Return.objects.get(seller=house.one.seller, status=status)


def _removal(house: House, kind: str, status: str) -> Removal:
    found = Removal.objects.filter(seller=house.one.seller, kind=kind, status=status).order_by("pk").first()
    assert found is not None
    return found


@breaks("returns_are_sums_of_movements")
def a_piece_that_came_to_a_shelf_told_as_set_aside(house: House) -> str:
    found = _return(house, "done")
    grading = Grading.objects.get(parent=found, grade="C")
    aside = Aside.objects.get(grading=grading)
    execute("UPDATE returns_aside SET status = 'done', done_at = decided_at WHERE id = %s", aside.pk)
    return found.code


@breaks("returns_are_sums_of_gradings")
def a_returned_piece_that_nobody_judged(house: House) -> str:
    found = _return(house, "done")
    execute("UPDATE returns_returnline SET came = came + 1 WHERE parent_id = %s", found.pk)
    return found.code


@breaks("returns_follow_their_state")
def a_return_inspected_before_it_came(house: House) -> str:
    found = _return(house, "done")
    execute("UPDATE returns_return SET arrived_at = NULL WHERE id = %s", found.pk)
    return found.code


@breaks("returned_pieces_have_a_decision")
def a_piece_set_aside_that_nobody_asks_about(house: House) -> str:
    aside = Aside.objects.get(seller=house.one.seller, status="waiting")
    execute("DELETE FROM returns_aside WHERE id = %s", aside.pk)
    return str(aside.grading.parent.code)


@breaks("thrown_away_is_agreed")
def a_piece_counted_out_twice(house: House) -> str:
    removal = _removal(house, "dispose", "done")
    line = RemovalLine.objects.get(removal=removal)
    forge("returns_countedout", "UPDATE returns_countedout SET quantity = quantity + 1 WHERE line_id = %s", line.pk)
    return removal.code


@breaks("removals_follow_their_state")
def a_removal_that_nobody_agreed_to(house: House) -> str:
    removal = _removal(house, "dispose", "done")
    execute("UPDATE returns_removal SET consent = '' WHERE id = %s", removal.pk)
    return removal.code


@breaks("returns_are_charged_their_fee")
def a_return_that_costs_more_than_its_charges(house: House) -> str:
    found = _return(house, "done")
    execute("UPDATE returns_return SET fee_minor = fee_minor + 1 WHERE id = %s", found.pk)
    return found.code


@breaks("parcels_at_the_door_have_an_end")
def a_refused_parcel_that_never_left(house: House) -> str:
    noted = DoorParcel.objects.get(warehouse=house.one.warehouse, status="refused")
    execute("UPDATE returns_doorparcel SET ended_at = NULL WHERE id = %s", noted.pk)
    return noted.code


@breaks("codes_of_returns_return")
def a_return_with_another_code(house: House) -> str:
    found = _return(house, "announced")
    execute("UPDATE returns_return SET code = 'RET-222222-2' WHERE id = %s", found.pk)
    return "RET-222222-2"


@breaks("codes_of_returns_removal")
def a_removal_with_another_code(house: House) -> str:
    removal = _removal(house, "send", "prepared")
    execute("UPDATE returns_removal SET code = 'RMV-222222-2' WHERE id = %s", removal.pk)
    return "RMV-222222-2"


@breaks("codes_of_returns_doorparcel")
def a_parcel_at_the_door_with_another_code(house: House) -> str:
    noted = DoorParcel.objects.get(warehouse=house.one.warehouse, status="unknown")
    execute("UPDATE returns_doorparcel SET code = 'DPC-222222-2' WHERE id = %s", noted.pk)
    return "DPC-222222-2"
