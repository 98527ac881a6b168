"""An order to another country: held for customs, packed with its papers, numbered by hand (L32)."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.books import fingerprint
from tests.floor_world import a_service, labelled, packed
from tests.orders_in_world import an_entered_order
from tests.packing_world import a_manifest, problems
from tests.wishes_world import KOREA, a_service_abroad, complete_for_customs, in_a_tote
from tests.world import NOON, WORLD, a_seller, a_sku, acting_for, stock_of
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.domain.carriers.abroad import numbers_to_type, services_to
from toiya.domain.carriers.actions.abroad import (
    Abroad,
    NoCountries,
    NotThisCarriersNumber,
    NumberNotAwaited,
    NumberOfAnotherParcel,
    offer_abroad,
    type_number,
)
from toiya.domain.carriers.actions.contracts import NewService, ServiceExists
from toiya.domain.carriers.actions.terms import offer_service
from toiya.domain.carriers.catalogue import BY_CODE, OFFERS
from toiya.domain.carriers.jobs import buy_label
from toiya.domain.carriers.models import Label, Reach
from toiya.domain.carriers.service_rules import Misfit, Sizes, fits
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.labelling import finish_label, want_parcel_label
from toiya.domain.outbound.actions.leaving import judge_abroad
from toiya.domain.outbound.actions.manifests import put_on_manifest
from toiya.domain.outbound.actions.papers import NotPackedYet, PapersLack, StaysInTheCountry, print_papers
from toiya.domain.outbound.actions.sealing import ServiceGoesNotThere
from toiya.domain.outbound.actions.shipping import PapersNotPrinted, ship_parcels
from toiya.domain.outbound.customs_rules import Goods, form_of
from toiya.domain.outbound.delivery_wishes import services_for
from toiya.domain.outbound.jobs import free_abroad
from toiya.domain.outbound.models import CustomsPaper, Parcel
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
NUMBER = "EJ473124829JP"


@pytest.fixture
def stocked(seller: Seller, warehouse: Warehouse) -> Seller:
    stock_of(a_sku(seller), warehouse, 5)
    return seller


@pytest.fixture
def order(stocked: Seller) -> Order:
    return an_entered_order(stocked, **KOREA)


def is_held(order: Order) -> bool:
    return Hold.objects.filter(order=order, code="abroad", lifted_at=None).exists()


def words_of(document: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(document))


@pytest.mark.seed("L32")
def test_an_order_to_korea_goes_the_whole_road(order: Order, picker: Staff) -> None:
    ems = a_service_abroad()
    assert is_held(order)
    complete_for_customs(order)
    free_abroad(0)
    assert not is_held(order)

    in_a_tote(order, picker)
    parcel = packed("T-001", picker, ems)
    document = print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    (label,) = numbers_to_type(9)
    assert (label.reference, label.way, label.next_try_at) == (parcel.code, "hand", None)

    type_number(parcel=parcel.code, number=" ej 473124829 jp", actor=WORLD, at=NOON)
    type_number(parcel=parcel.code, number=NUMBER, actor=WORLD, at=NOON)
    buy_label(label.pk)
    finish_label(label_id=label.pk, actor=WORLD, at=NOON)
    ship_parcels(seller_id=order.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)

    order.refresh_from_db()
    assert order.status == "shipped"
    label = Label.objects.get()
    assert (label.status, label.tracking_number) == ("bought", NUMBER)
    assert NUMBER in words_of(bytes(label.document))
    told = words_of(document)
    for word in ("Commercial invoice", "Customs declaration CN22", "Cotton bag", "420222", "1,200", "KR", parcel.code):
        assert word in told, word
    assert numbers_to_type(9) == []
    names = set(EventRow.objects.filter(subject=order.code).values_list("name", flat=True))
    assert {"parcel.papers_made", "label.number_typed", "order.shipped"} <= names
    assert problems() == []


def test_no_truck_takes_a_parcel_abroad_without_its_papers(order: Order, picker: Staff) -> None:
    ems = a_service_abroad()
    complete_for_customs(order)
    free_abroad(0)
    in_a_tote(order, picker)
    parcel = packed("T-001", picker, ems)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    type_number(parcel=parcel.code, number=NUMBER, actor=WORLD, at=NOON)
    buy_label(Label.objects.get().pk)
    finish_label(label_id=Label.objects.get().pk, actor=WORLD, at=NOON)
    truck, before = a_manifest(picker, carrier="by_form"), fingerprint()
    with pytest.raises(PapersNotPrinted, match="no papers for customs"):
        ship_parcels(seller_id=order.seller_id, parcel_codes=[parcel.code], actor=WORLD, at=NOON)
    with pytest.raises(PapersNotPrinted):
        put_on_manifest(manifest_code=truck.code, scan=parcel.code, actor=WORLD, at=NOON)
    assert fingerprint() == before
    print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON)
    put_on_manifest(manifest_code=truck.code, scan=parcel.code, actor=WORLD, at=NOON)
    assert truck.parcels.count() == 1


def test_the_catalogue_knows_what_ems_takes_and_offers_it_with_countries_only() -> None:
    (terms,) = BY_CODE["EMS"].terms
    assert (terms.tiers[0].most_weight_g, terms.longest_mm, terms.takes_date) == (30_000, 1500, False)
    assert fits(BY_CODE["EMS"], Sizes(800, 600, 400), 29_000, NOON.date()) == ()
    assert fits(BY_CODE["EMS"], Sizes(1510, 100, 100), 30_001, NOON.date()) == (Misfit.TOO_LONG, Misfit.TOO_HEAVY)
    assert "EMS" not in {offer.code for offer in OFFERS}
    with pytest.raises(NotFound):
        offer_service(service_code="EMS", price_minor=2_000, actor=WORLD, at=NOON)


def test_the_hold_says_what_lacks_and_ends_only_with_a_service_that_goes_there(order: Order) -> None:
    assert not judge_abroad(order_id=order.pk, actor=WORLD, at=NOON)
    lacking = {"country": "KR", "hs_codes": 1, "customs_texts": 1, "origins": 1, "values": 0}
    assert Hold.objects.get(order=order).details == lacking
    complete_for_customs(order)
    assert not judge_abroad(order_id=order.pk, actor=WORLD, at=NOON)
    assert Hold.objects.get(order=order).details == lacking | {"hs_codes": 0, "customs_texts": 0, "origins": 0}
    a_service_abroad("US")
    assert not judge_abroad(order_id=order.pk, actor=WORLD, at=NOON)
    a_service_abroad("US", "KR")
    assert judge_abroad(order_id=order.pk, actor=WORLD, at=NOON)
    assert not judge_abroad(order_id=order.pk, actor=WORLD, at=NOON)
    assert EventRow.objects.filter(subject=order.code, name="order.hold_lifted").count() == 1


def test_only_services_that_go_there_are_offered_and_taken(order: Order, picker: Staff) -> None:
    nekopos, ems = a_service(), a_service_abroad()
    complete_for_customs(order)
    free_abroad(0)
    in_a_tote(order, picker)
    with pytest.raises(ServiceGoesNotThere, match="Nekopos does not go to KR"):
        packed("T-001", picker, nekopos)
    parcel = Parcel.objects.get()
    assert services_for(parcel, NOON.date()) == [ems]
    with pytest.raises(NotPackedYet):
        print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON)
    assert [each.code for each in services_to("JP")] == ["nekopos"]
    assert services_to("FR") == []


def test_the_papers_are_made_once_and_not_for_what_lacks_or_stays(order: Order, picker: Staff) -> None:
    ems = a_service_abroad()
    complete_for_customs(order)
    free_abroad(0)
    in_a_tote(order, picker)
    parcel = packed("T-001", picker, ems)
    order.seller.sku_set.update(hs_code="")
    with pytest.raises(PapersLack, match="Cotton bag"):
        print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON)
    assert not CustomsPaper.objects.exists()
    order.seller.sku_set.update(hs_code="420222")
    first = print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON)
    order.seller.sku_set.update(hs_code="610910")
    assert print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON) == first
    with pytest.raises(NotFound):
        print_papers(parcel_code=parcel.code, actor=acting_for(a_seller("Kumo")), at=NOON)


def test_a_parcel_within_japan_needs_no_papers(stocked: Seller, picker: Staff) -> None:
    service = a_service()
    in_a_tote(an_entered_order(stocked), picker)
    parcel = labelled(packed("T-001", picker, service))
    with pytest.raises(StaysInTheCountry):
        print_papers(parcel_code=parcel.code, actor=WORLD, at=NOON)
    with pytest.raises(NumberNotAwaited):
        type_number(parcel=parcel.code, number=NUMBER, actor=WORLD, at=NOON)


def test_a_typed_number_is_the_carriers_and_of_one_parcel(order: Order, picker: Staff) -> None:
    ems = a_service_abroad()
    complete_for_customs(order)
    free_abroad(0)
    in_a_tote(order, picker)
    parcel = packed("T-001", picker, ems)
    want_parcel_label(parcel_id=parcel.pk, actor=WORLD, at=NOON)
    for wrong in ("EJ473124828JP", "EJ47312482JP", "", "123456789012"):
        with pytest.raises(NotThisCarriersNumber):
            type_number(parcel=parcel.code, number=wrong, actor=WORLD, at=NOON)
    with pytest.raises(NotFound):
        type_number(parcel="PCL-NONE", number=NUMBER, actor=WORLD, at=NOON)
    other = Label.objects.get()
    other.pk, other.reference, other.tracking_number = None, "PCL-OTHER", NUMBER
    other.save(force_insert=True)
    with pytest.raises(NumberOfAnotherParcel):
        type_number(parcel=parcel.code, number=NUMBER, actor=WORLD, at=NOON)
    assert Label.objects.get(reference=parcel.code).tracking_number == ""


@pytest.mark.parametrize("countries", [(), ("JP",), ("Korea",), ("K1",), ("KR", "日本")])
def test_a_service_abroad_names_countries_abroad(countries: tuple[str, ...]) -> None:
    offer = Abroad(NewService("EMS", "by_form", "EMS", "EMS", 30_000, 2_000), countries)
    with pytest.raises(NoCountries):
        offer_abroad(offer=offer, actor=WORLD, at=NOON)
    assert not Reach.objects.exists()


def test_a_service_within_japan_does_not_become_one_abroad() -> None:
    a_service()
    with pytest.raises(ServiceExists):
        a_service_abroad("KR", code="nekopos")


@pytest.mark.parametrize(
    ("pieces", "value", "currency", "form"),
    [(1, 60_000, "JPY", "CN22"), (2, 30_001, "JPY", "CN23"), (1, 100, "USD", "CN23")],
)
def test_the_small_form_serves_small_values(pieces: int, value: int, currency: str, form: str) -> None:
    assert form_of([Goods("Bag", pieces, 300, value, "420222", "JP")], currency) == form
