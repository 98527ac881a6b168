"""The carton list, and times at the dock for large deliveries."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.inbound_world import a_bundle, approved, rules_of, sent
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, some_skus
from toiya.core.errors import Refusal
from toiya.domain.inbound import judging, queries, steps
from toiya.domain.inbound.actions.approving import approve_bundle
from toiya.domain.inbound.actions.cartons import (
    CartonDraft,
    EmptyCarton,
    MoreThanTold,
    NotInBundle,
    add_cartons,
    change_carton,
    remove_carton,
)
from toiya.domain.inbound.actions.slots import (
    Opening,
    SlotInUse,
    SlotTaken,
    book_slot,
    make_slots,
    release_slot,
    remove_slot,
)
from toiya.domain.inbound.models import Carton, DockSlot
from toiya.domain.inbound.rules import Step

pytestmark = pytest.mark.django_db


@pytest.mark.seed("L15", "A138", "A185")
def test_a_large_delivery_books_its_time_and_is_confirmed_by_the_rules_alone() -> None:
    seller, house = a_seller(), a_warehouse()
    rules_of(house, large_pieces=100, needs_approval=False, needs_carton_list=False)
    small = a_bundle(seller, house, {a_sku(seller, "A"): 100})
    large = a_bundle(seller, house, {a_sku(seller, "B"): 101})
    assert (small.status, large.status) == ("confirmed", "requested")
    assert queries.missing_steps(large) == (Step.DOCK_SLOT,)
    with pytest.raises(judging.SlotMissing):
        approve_bundle(bundle_code=large.code, actor=WORLD, at=NOON)

    opening = Opening(date(2026, 11, 25), time(9), 60, 3, "W05")
    assert make_slots(warehouse_id=house.pk, opening=opening, actor=WORLD, at=NOON) == 3
    assert make_slots(warehouse_id=house.pk, opening=opening, actor=WORLD, at=NOON) == 0
    first, second, _third = queries.free_slots(large, NOON, is_large=True)
    assert queries.free_slots(small, NOON, is_large=False) == []
    with pytest.raises(SlotTaken):
        book_slot(bundle_code=small.code, slot_id=first.pk, actor=acting_for(seller), at=NOON)

    book_slot(bundle_code=large.code, slot_id=first.pk, actor=acting_for(seller), at=NOON)
    large.refresh_from_db()
    assert (large.status, large.estimated_on) == ("confirmed", date(2026, 11, 25))

    book_slot(bundle_code=large.code, slot_id=second.pk, actor=acting_for(seller), at=NOON)
    assert list(DockSlot.objects.exclude(bundle=None)) == [second]
    with pytest.raises(SlotInUse):
        remove_slot(slot_id=second.pk, actor=WORLD, at=NOON)
    remove_slot(slot_id=first.pk, actor=WORLD, at=NOON)
    release_slot(bundle_code=large.code, actor=acting_for(seller), at=NOON)
    with pytest.raises(judging.SlotMissing):
        sent(large)


@pytest.mark.seed("A137", "L18")
def test_the_carton_list_holds_what_was_told_and_no_more() -> None:
    seller, house = a_seller(), a_warehouse()
    one, two = some_skus(seller, 2)
    bundle = approved(a_bundle(seller, house, {one: 8, two: 6}))
    actor = acting_for(seller)
    rules_of(house, most_kinds_a_carton=1)

    def refused(kind: type[Refusal], contents: dict[str, int], alike: int = 1) -> None:
        with pytest.raises(kind):
            add_cartons(bundle_code=bundle.code, draft=CartonDraft(contents), alike=alike, actor=actor, at=NOON)
        assert bundle.cartons.count() == 0

    refused(EmptyCarton, {})
    refused(NotInBundle, {a_sku(seller, "Z").code: 1})
    refused(MoreThanTold, {one.code: 3}, alike=3)
    refused(judging.TooManyKindsInCarton, {one.code: 2, two.code: 3})
    refused(steps.CartonsOutOfRange, {one.code: 1}, alike=501)

    with pytest.raises(judging.CartonsNotListed):
        sent(bundle)
    add_cartons(bundle_code=bundle.code, draft=CartonDraft({one.code: 2}, 300), alike=4, actor=actor, at=NOON)
    add_cartons(bundle_code=bundle.code, draft=CartonDraft({two.code: 5}), actor=actor, at=NOON)
    assert list(bundle.cartons.order_by("number").values_list("number", "length_mm")) == [
        (1, 300), (2, 300), (3, 300), (4, 300), (5, 0),
    ]  # fmt: skip
    last = bundle.cartons.get(number=5)
    change_carton(carton_code=last.code, draft=CartonDraft({two.code: 6}, weight_g=900), actor=actor, at=NOON)
    assert last.lines.get().quantity == 6
    remove_carton(carton_code=bundle.cartons.get(number=2).code, actor=actor, at=NOON)
    assert list(bundle.cartons.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert Carton.objects.get(pk=last.pk).number == 4
    with pytest.raises(judging.CartonsNotListed):
        sent(bundle)
    add_cartons(bundle_code=bundle.code, draft=CartonDraft({one.code: 2}), actor=actor, at=NOON)
    assert sent(bundle).status == "shipped"
