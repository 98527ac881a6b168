"""What a parcel is charged when its label is wanted (A167, A169): by the card, else by the list prices."""

from __future__ import annotations

import pytest

from tests.books import findings
from tests.floor_world import a_coded_sku, a_person, a_service, labelled, packed, released, walked
from tests.packing_world import a_box
from tests.pricing_world import TODAY, a_rate, in_force
from tests.smart_world import a_packing_seller, to_hand_in, with_label
from tests.world import NOON, WORLD, a_seller, a_shop, a_warehouse, acting_for, an_order, judged, money_in, stock_of
from toiya.domain.carriers.actions.terms import offer_service
from toiya.domain.carriers.destination_rules import LEAD_DAYS
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Hold
from toiya.domain.outbound.actions.announcing import cancel_label
from toiya.domain.outbound.actions.labelling import want_parcel_label
from toiya.domain.outbound.actions.shipping import ship_parcels
from toiya.domain.outbound.carriage import Goes, destination
from toiya.domain.outbound.charging import Planned, estimate_of
from toiya.domain.outbound.models import Parcel
from toiya.domain.pricing import queries
from toiya.domain.pricing.models import Charge
from toiya.domain.pricing.rules import Kind, Period
from toiya.domain.pricing.what_if import Asked, charges_anew
from toiya.domain.pricing.zone_sheet import PREFECTURES
from toiya.domain.wallet.models import Account, Reservation
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
SIZES = ((60, 1460), (80, 1740), (100, 2050))


@pytest.fixture
def house() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def seller() -> Seller:
    return a_seller()


def a_sealed(seller: Seller, house: Warehouse, *, pieces: int = 3, shop_code: str = "") -> Parcel:
    """A parcel that is packed and weighed; whose label nobody asked for yet."""
    sku = a_coded_sku(seller, "LT-NVM", barcode="4912345678904")
    stock_of(sku, house, pieces)
    order = judged(an_order(seller, {"LT-NVM": pieces}, shop_code=shop_code))[0]
    picker = a_person(house)
    walked(released(house, order).pick_lists[0].code, picker)
    return packed("T-001", picker, a_service())


def charges(parcel: Parcel) -> dict[str, tuple[int, str]]:
    rows = Charge.objects.filter(source=parcel.code)
    return {row.kind: (row.amount_minor, row.formula) for row in rows}


def money(seller: Seller) -> dict[str, int]:
    rows = dict(Account.objects.filter(seller=seller).values_list("kind", "balance_minor"))
    return {kind: rows[kind] for kind in ("free", "reserved", "fees")}


@pytest.mark.seed("A169")
def test_an_order_from_elsewhere_pays_a_fee_per_parcel_when_it_ships(seller: Seller, house: Warehouse) -> None:
    in_force(a_rate(Kind.DISPATCH_ELSEWHERE, "40"), a_rate(Kind.PICK_FIRST, "20"), a_rate(Kind.PICK_MORE, "7"))
    parcel = a_sealed(seller, house)
    money_in(seller, 1_000)
    listed = parcel.service.price_minor if parcel.service else 0
    parcel = labelled(parcel)
    fee = listed + 40 + 20 + 2 * 7
    assert charges(parcel) == {
        "shipping": (listed, f"1 × {listed}"),
        "dispatch_elsewhere": (40, "1 × 40"),
        "pick_first": (20, "1 × 20"),
        "pick_more": (14, "2 × 7"),
        "surcharge": (0, ""),
    }
    assert money(seller) == {"free": 1_000 - fee, "reserved": fee, "fees": 0}
    ship_parcels(seller_id=seller.pk, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    assert money(seller) == {"free": 1_000 - fee, "reserved": 0, "fees": fee}
    assert findings() == []


@pytest.mark.seed("A169")
def test_with_too_little_money_it_is_not_shipped_and_nothing_is_charged(seller: Seller, house: Warehouse) -> None:
    in_force(a_rate(Kind.DISPATCH_ELSEWHERE, "4000"))
    parcel = a_sealed(seller, house)
    money_in(seller, 1_000)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert Charge.objects.count() == 0
    assert Hold.objects.get(order=parcel.order, lifted_at=None).code == "wallet_too_low"
    money_in(seller, 9_000)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert charges(parcel)["dispatch_elsewhere"] == (4000, "1 × 4000")


def test_an_order_of_a_shop_pays_shipping_and_packing_and_nothing_for_coming_from_elsewhere(
    seller: Seller, house: Warehouse
) -> None:
    in_force(a_rate(Kind.DISPATCH_ELSEWHERE, "40"), a_rate(Kind.PICK_FIRST, "20"))
    parcel = a_sealed(seller, house, pieces=1, shop_code=a_shop(seller).code)
    money_in(seller, 1_000)
    labelled(parcel)
    assert set(charges(parcel)) == {"shipping", "pick_first", "surcharge"}


def test_the_service_and_the_weight_decide_where_the_card_says_so(seller: Seller, house: Warehouse) -> None:
    parcel = a_sealed(seller, house)
    code = parcel.service.code if parcel.service else ""
    card = in_force(
        a_rate(Kind.SHIPPING, "290", service=code),
        a_rate(Kind.SHIPPING, "999"),
        a_rate(Kind.SURCHARGE, "55", weight_g_from=parcel.weight_g),
        a_rate(Kind.SURCHARGE, "1", weight_g_under=parcel.weight_g),
        seller=seller,
    )
    money_in(seller, 1_000)
    labelled(parcel)
    assert (charges(parcel)["shipping"], charges(parcel)["surcharge"]) == ((290, "1 × 290"), (55, "1 × 55"))
    assert set(Charge.objects.priced().values_list("card_code", "card_version")) == {(card.code, 1)}
    found = charges_anew(seller, Period.month(2026, 11), Asked(queries.card_for(seller, house, TODAY)))
    assert (found.total.actual_minor, found.total.quoted_minor) == (345, 345)


def test_zone_and_island_of_the_receiver_decide_and_its_postal_code_is_not_kept(
    seller: Seller, house: Warehouse
) -> None:
    in_force(
        a_rate(Kind.SHIPPING, "940", service="nekopos", area="関東"),
        a_rate(Kind.SHIPPING, "1460", service="nekopos", area="九州"),
        a_rate(Kind.SURCHARGE, "500", area="Harbour"),
        zones={"関東": ["千葉県", "東京都"], "九州": ["福岡県"], "Harbour": ["27300"]},
    )
    parcel = a_sealed(seller, house)
    money_in(seller, 2_000)
    labelled(parcel)
    assert (charges(parcel)["shipping"], charges(parcel)["surcharge"]) == ((940, "1 × 940"), (500, "1 × 500"))
    facts = Charge.objects.get(source=parcel.code, kind="shipping").fact.facts
    assert (facts["prefecture"], facts["remote"], facts["zone"]) == ("千葉県", "Harbour", "27")
    assert not any("2730017" in str(value).replace("-", "") for value in facts.values())


def test_a_parcel_is_estimated_before_it_is_packed(seller: Seller, house: Warehouse) -> None:
    """By its box it is size 80 of the service; 2,300 g alone would be too heavy for 60."""
    service = offer_service(service_code="TAKKYUBIN", price_minor=2_000, actor=WORLD, at=NOON)
    rates = [a_rate(Kind.SHIPPING, str(price), service="TAKKYUBIN", size=size, area="九州") for size, price in SIZES]
    in_force(*rates, a_rate(Kind.PICK_MORE, "7"), zones={"九州": ["福岡県"]})
    box = a_box(house, "M", (300, 200, 200))
    goes = Goes(TODAY, 900, box.size.outer.sum_mm)
    quote = estimate_of(seller, house, Planned(service, goes, destination("JP", "810-0001"), 3, box))
    assert [(str(line.kind), line.amount_minor) for line in quote.lines] == [
        ("shipping", 1740), ("packaging", 40), ("pick_more", 14)
    ]  # fmt: skip
    heavy = Planned(service, Goes(TODAY, 2_300, 500), destination("JP", "810-0001"))
    elsewhere = heavy._replace(to=destination("JP", "100-0001"))
    assert [estimate_of(seller, house, each).total_minor for each in (heavy, elsewhere)] == [1740, 2_000]


def test_the_sheets_prefectures_are_those_that_carriers_count_days_for() -> None:
    assert set(PREFECTURES) == set(LEAD_DAYS)


def test_asking_again_charges_nothing_again(seller: Seller, house: Warehouse) -> None:
    parcel = a_sealed(seller, house)
    money_in(seller, 1_000)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    before = list(Charge.objects.values_list("pk", "amount_minor"))
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    assert list(Charge.objects.values_list("pk", "amount_minor")) == before


def test_a_parcel_that_its_seller_packed_is_only_carried_and_money_given_back_leaves_its_charges(
    house: Warehouse,
) -> None:
    """The charges of a label that was given up stay, and are not due: the wallet took nothing for them."""
    in_force(a_rate(Kind.PICK_FIRST, "20"))
    seller = a_packing_seller()
    money_in(seller, 1_000)
    parcel = with_label(to_hand_in(seller), house, a_service())
    before = charges(parcel)
    assert set(before) == {"shipping", "surcharge", "dispatch_elsewhere"}
    cancel_label(parcel_code=parcel.code, actor=acting_for(seller), at=NOON)
    assert charges(parcel) == before
    assert Reservation.objects.get(source=parcel.code).status == Reservation.Status.VOIDED
    assert money(seller) == {"free": 1_000, "reserved": 0, "fees": 0}
    assert findings("I06", "I07", "I08") == []
