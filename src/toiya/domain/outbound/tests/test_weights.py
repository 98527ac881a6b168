"""What a piece weighs is learned from the scale; a wrong piece is then found that the rule for all lets through."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.floor_world import a_coded_sku, a_person, acting_as, on_the_floor, packed, walked
from tests.packing_world import a_box, problems
from tests.world import NOON, WORLD, stock_of
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller, Staff
from toiya.domain.outbound.actions.boxes import choose_service
from toiya.domain.outbound.actions.packing import open_tote, pack_piece
from toiya.domain.outbound.actions.sealing import Weighing, seal_parcel
from toiya.domain.outbound.actions.weights import Acceptance, WeightOff
from toiya.domain.outbound.models import Parcel, SkuWeight
from toiya.domain.outbound.weight_rules import (
    DOUBT_SHARE,
    ENOUGH_PARCELS,
    KEPT_PARCELS,
    LEAST_G,
    Expected,
    Learned,
    Pieces,
    expected,
    lesson,
)
from toiya.domain.warehouses.models import Warehouse


def learned(*weights: float) -> Learned:
    known = Learned()
    for weight in weights:
        known = known.taught(weight)
    return known


def test_mean_and_variance_run_on_without_the_parcels() -> None:
    known = learned(310, 330, 320)
    assert (known.parcels, known.mean_g, known.variance_g2) == (3, 320, 100)
    assert learned(310).variance_g2 == 0


def test_before_enough_parcels_the_rule_for_all_holds() -> None:
    few = learned(*[320.0] * (ENOUGH_PARCELS - 1))
    assert expected([Pieces(2, 300, few)], 90) == Expected(690)
    assert expected([Pieces(1, 0, few)], 90) == Expected(0)
    assert Expected(690).fits(690 + 150)
    assert not Expected(690).fits(690 + 151)


def test_with_enough_parcels_the_weight_is_what_they_weighed_and_the_spread_is_theirs() -> None:
    steady = learned(*[320.0] * ENOUGH_PARCELS)
    assert expected([Pieces(2, 300, steady)], 90) == Expected(730, 15 + 20)
    spread = learned(*[310.0, 330.0] * 5)
    assert expected([Pieces(2, 0, spread)], 0) == Expected(640, 84 + 32)
    assert expected([Pieces(1, 300, steady)], 90) == Expected(410, 15)
    assert expected([Pieces(1, 300, spread), Pieces(1, 300)], 0) == Expected(600)


GOOD = st.floats(-0.02, 0.02)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.floats(20, 3000), st.lists(GOOD, min_size=9, max_size=9), st.floats(0.1, 30_000), st.integers(0, 9))
def test_one_wrong_weighing_spoils_nothing_whenever_it_comes(
    true_g: float, noise: list[float], wrong_g: float, place: int
) -> None:
    weighed = [true_g * (1 + each) for each in noise]
    known = learned(*weighed[:place], wrong_g, *weighed[place:])
    assert known.is_enough
    assert abs(known.mean_g - true_g) <= max(3, 0.04 * true_g)


def test_only_the_last_parcels_speak_and_older_ones_that_were_not_kept_stand_in_as_they_were() -> None:
    known = learned(*[300.0] * 12, *[400.0] * 20)
    assert (known.parcels, known.mean_g, len(known.recent_g)) == (32, 400, KEPT_PARCELS)
    old = Learned(30, 320, 29 * 100)
    assert (old.taught(320).parcels, old.taught(320).mean_g) == (31, 320)
    assert round(old.taught(320).variance_g2) == 100
    assert old.taught(900).mean_g == 320


def test_of_a_mixed_parcel_the_one_strange_sku_learns_what_the_others_leave() -> None:
    steady, strange = Pieces(2, 300, learned(*[300.0] * ENOUGH_PARCELS)), Pieces(3, 100)
    assert lesson([steady, strange], 600 + 345) == (1, 115)
    assert lesson([strange, steady], 600 + 345) == (0, 115)
    assert lesson([strange], 345) == (0, 115)
    assert lesson([steady, Pieces(3, 0)], 600 + 90) == (1, 30)


@pytest.mark.parametrize(
    ("inside", "pieces_g"),
    [
        ([Pieces(2, 300), Pieces(1, 100)], 700),  # two strangers
        ([Pieces(2, 300, learned(*[300.0] * 10)), Pieces(1, 100, learned(*[100.0] * 10))], 700),  # nobody strange
        ([Pieces(2, 300, learned(*[250.0, 350.0] * 5)), Pieces(1, 100)], 700),  # the others say too little
        ([Pieces(9, 250, learned(*[300.0] * 10)), Pieces(1, 100)], 2800),  # who knows whose the packaging is
        ([Pieces(2, 300, learned(*[300.0] * 10)), Pieces(1, 100)], 801),  # another piece, or a wrong scale
        ([Pieces(2, 300, learned(*[300.0] * 10)), Pieces(1, 0)], 600),
        ([Pieces(1, 300)], 0),
    ],
)
def test_what_is_not_sure_teaches_nothing(inside: list[Pieces], pieces_g: int) -> None:
    assert lesson(inside, pieces_g) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(1, 4), st.floats(50, 900), st.floats(0, 0.05)), min_size=1, max_size=4),
    st.tuples(st.integers(1, 4), st.floats(50, 900)),
    st.floats(0, 1),
)
def test_what_a_mixed_parcel_teaches_is_never_further_off_than_it_may_doubt(
    others: list[tuple[int, float, float]], strange: tuple[int, float], wrapped: float
) -> None:
    """Others are steady; of their packaging, which they were weighed with alone, any part may lie in the parcel."""
    known = [
        Pieces(quantity, max(1, round(mean * (1 - share))), learned(*[mean] * ENOUGH_PARCELS))
        for quantity, mean, share in others
    ]
    shared_g = sum(each.quantity * each.packaging_g for each in known)
    goods_g = sum(each.quantity * each.learned.mean_g for each in known) - wrapped * shared_g
    quantity, true_g = strange
    found = lesson([*known, Pieces(quantity, 0)], round(goods_g + quantity * true_g))
    if found is not None:
        place, piece_g = found
        assert place == len(known)
        off_g = quantity * abs(piece_g - true_g)
        assert off_g <= max(LEAST_G, DOUBT_SHARE * quantity * piece_g) + 1  # the scale's own gram


@pytest.fixture
def goods(seller: Seller, warehouse: Warehouse, service: Service) -> str:
    """Forty pieces of A, 300 g by the catalogue."""
    stock_of(a_coded_sku(seller, "A"), warehouse, 40)
    assert service.code == "nekopos"
    return "A"


def weighed(seller: Seller, picker: Staff, weight_g: int, accepted: Acceptance | None = None, box: str = "") -> Parcel:
    house = Warehouse.objects.get()
    release, _ = on_the_floor(seller, house, {"A": 1})
    walked(release.pick_lists[0].code, picker)
    actor = acting_as(picker)
    parcel = open_tote(warehouse_id=house.pk, scan="T-001", actor=actor, at=NOON)
    pack_piece(parcel_code=parcel.code, scan="A", actor=actor, at=NOON)
    if box:
        choose_service(parcel_code=parcel.code, service_code="nekopos", box_code=box, actor=WORLD, at=NOON)
    weighing = Weighing(weight_g, "nekopos", accepted)
    return seal_parcel(parcel_code=parcel.code, weighing=weighing, actor=actor, at=NOON)


@pytest.mark.django_db
@pytest.mark.usefixtures("goods")
def test_what_the_rule_lets_through_is_found_once_the_weight_is_learned(
    seller: Seller, warehouse: Warehouse, picker: Staff
) -> None:
    a_box(warehouse)  # 90 g
    lead = Acceptance(acting_as(a_person(warehouse, "floor_lead")), "packaging")
    weighed(seller, picker, 330)
    weighed(seller, picker, 900, lead)  # said to be right for another reason: teaches nothing
    for _ in range(ENOUGH_PARCELS - 1):
        weighed(seller, picker, 410, box="S")
    known = SkuWeight.objects.get()
    assert (known.parcels, round(known.mean_g)) == (ENOUGH_PARCELS, 321)
    with pytest.raises(WeightOff):
        weighed(seller, picker, 530, box="S")  # the rule for all lets 540 g through; a wrong piece lies in it
    assert SkuWeight.objects.get().parcels == ENOUGH_PARCELS
    assert problems() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("goods")
def test_a_mixed_parcel_teaches_the_sku_that_is_not_known_yet(
    seller: Seller, warehouse: Warehouse, picker: Staff, service: Service
) -> None:
    for _ in range(ENOUGH_PARCELS):
        weighed(seller, picker, 310)
    stock_of(a_coded_sku(seller, "B", weight_g=100), warehouse, 2, bin_code="A01-02-1")
    release, _ = on_the_floor(seller, warehouse, {"A": 1, "B": 2})
    walked(release.pick_lists[0].code, picker, ("T-002",))
    packed("T-002", picker, service, weight_g=535)
    taught = SkuWeight.objects.order_by("pk").values_list("sku__seller_code", "parcels", "mean_g", "recent_g")
    assert list(taught)[1] == ("B", 1, 115.0, [115.0])
    assert problems() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("goods")
def test_a_wrong_weight_in_the_catalogue_is_unlearned(seller: Seller, warehouse: Warehouse, picker: Staff) -> None:
    lead = Acceptance(acting_as(a_person(warehouse, "floor_lead")), "catalogue")
    for _ in range(ENOUGH_PARCELS):
        weighed(seller, picker, 700, lead)
    assert weighed(seller, picker, 705).status == Parcel.Status.SEALED
    with pytest.raises(WeightOff):
        packed_at_catalogue_weight(seller, picker)


def packed_at_catalogue_weight(seller: Seller, picker: Staff) -> None:
    release, _ = on_the_floor(seller, Warehouse.objects.get(), {"A": 1})
    walked(release.pick_lists[0].code, picker, ("T-002",))
    packed("T-002", picker, Service.objects.get())
