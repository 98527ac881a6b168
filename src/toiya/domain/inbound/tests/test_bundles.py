"""Deliveries: from ticked requests over the warehouse's yes or no to goods on their way, with the money."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.inbound_world import ARRIVAL, a_bundle, a_request, approved, rules_of, sent
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, money_in, some_skus
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.domain.inbound import judging, queries, steps
from toiya.domain.inbound.actions import bundles
from toiya.domain.inbound.actions.approving import BundleDecided, approve_bundle, reject_bundle
from toiya.domain.inbound.actions.bundles import Announcement, Sending, create_bundle, delete_bundle, note_bundle
from toiya.domain.inbound.models import CargoBundle, InboundRequest, Receipt
from toiya.domain.wallet.actions.ledger import WalletTooLow
from toiya.domain.wallet.models import Account, Reservation

pytestmark = pytest.mark.django_db


def free(kind: str = "free") -> int:
    return Account.objects.get(kind=kind).balance_minor


@pytest.mark.seed("A125", "L20")
def test_ticked_requests_become_one_delivery_and_its_fee_is_set_aside() -> None:
    seller, house = a_seller(), a_warehouse()
    one, two = some_skus(seller, 2)
    money_in(seller, 1_000)
    requests = [a_request(one, house, 10), a_request(two, house, 20), a_request(one, house, 5)]

    bundle = create_bundle(
        seller_id=seller.pk,
        request_codes=[request.code for request in requests],
        plan=Announcement(ARRIVAL, cartons=3, remark=" by truck "),
        actor=acting_for(seller),
        at=NOON,
    )

    assert bundle.code.startswith("CB-")
    assert (bundle.status, bundle.estimated_on, bundle.remark, bundle.warehouse) == (
        "requested", ARRIVAL, "by truck", house,
    )  # fmt: skip
    assert {line.sku_id: line.told for line in bundle.lines.all()} == {one.pk: 15, two.pk: 20}
    assert {request.status for request in bundle.requests.all()} == {"bundled"}
    assert (bundle.estimate_minor, bundle.currency) == (35 * 5 + 300, "JPY")
    assert (free(), free("reserved")) == (525, 475)
    assert Reservation.objects.get().source == bundle.code


@pytest.mark.seed("L20")
def test_a_fee_that_is_not_covered_is_told_before_goods_travel() -> None:
    seller, house = a_seller(), a_warehouse()
    money_in(seller, 100)
    request = a_request(a_sku(seller), house, 10)
    with pytest.raises(WalletTooLow) as refusal:
        create_bundle(
            seller_id=seller.pk,
            request_codes=[request.code],
            plan=Announcement(ARRIVAL),
            actor=acting_for(seller),
            at=NOON,
        )
    assert refusal.value.facts["missing"] == 50
    assert not CargoBundle.objects.exists()
    request.refresh_from_db()
    assert request.status == "requested"


def test_what_cannot_come_together_is_refused() -> None:
    seller, here, there = a_seller(), a_warehouse(), a_warehouse("KWG", "Kawagoe")
    sku, plan, actor = a_sku(seller), Announcement(ARRIVAL), acting_for(seller)
    one, other = a_request(sku, here), a_request(sku, there)

    def refused(kind: type[Refusal], *codes: str, plan: Announcement = plan) -> None:
        with pytest.raises(kind):
            create_bundle(seller_id=seller.pk, request_codes=codes, plan=plan, actor=actor, at=NOON)
        assert not CargoBundle.objects.exists()

    refused(bundles.NothingChosen)
    refused(NotFound, "IO-NONE")
    refused(bundles.WarehousesDiffer, one.code, other.code)
    refused(steps.DayOutOfRange, one.code, plan=Announcement(date(2026, 11, 19)))
    refused(steps.DayOutOfRange, one.code, plan=Announcement(date(2027, 11, 19)))
    refused(steps.CartonsOutOfRange, one.code, plan=Announcement(ARRIVAL, cartons=0))
    refused(judging.FreightCollectNotTaken, one.code, plan=Announcement(ARRIVAL, is_freight_collect=True))
    rules_of(here, most_pieces_a_bundle=9)
    refused(judging.BundleTooLarge, one.code)


def test_a_request_comes_in_one_delivery_only() -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = a_bundle(seller, house, {a_sku(seller): 10})
    with pytest.raises(bundles.NotToBundle):
        create_bundle(
            seller_id=seller.pk,
            request_codes=[bundle.requests.get().code],
            plan=Announcement(ARRIVAL),
            actor=acting_for(seller),
            at=NOON,
        )


@pytest.mark.seed("A127", "A135")
def test_goods_travel_only_after_the_warehouse_said_yes() -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = a_bundle(seller, house, {a_sku(seller): 10})
    with pytest.raises(bundles.NotConfirmed):
        sent(bundle)
    bundle = approved(bundle)
    assert (bundle.status, bundle.confirmed_at) == ("confirmed", NOON)
    with pytest.raises(BundleDecided):
        approve_bundle(bundle_code=bundle.code, actor=WORLD, at=NOON)
    assert sent(bundle).status == "shipped"


@pytest.mark.seed("A130", "A131")
def test_carrier_and_number_can_be_mended_while_the_goods_travel() -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = sent(approved(a_bundle(seller, house, {a_sku(seller): 10})))
    assert (bundle.carrier_name, bundle.tracking_number, bundle.cartons_told) == ("Sagawa", "1234-5678-9012", 2)
    later = NOON + timedelta(hours=2)
    bundles.send_bundle(
        bundle_code=bundle.code,
        sending=Sending("Yamato", "", 3, date(2026, 11, 26)),
        actor=acting_for(seller),
        at=later,
    )
    bundle.refresh_from_db()
    assert (bundle.status, bundle.shipped_at) == ("shipped", NOON)
    assert (bundle.carrier_name, bundle.tracking_number, bundle.cartons_told) == ("Yamato", "", 3)
    assert bundle.estimated_on == date(2026, 11, 26)
    names = EventRow.objects.filter(subject=bundle.code).order_by("id").values_list("name", flat=True)
    assert list(names) == ["bundle.requested", "bundle.confirmed", "bundle.sent", "bundle.sending_changed"]


@pytest.mark.seed("A131")
def test_a_deleted_delivery_frees_requests_money_and_dock() -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = approved(a_bundle(seller, house, {a_sku(seller): 10}))
    delete_bundle(bundle_code=bundle.code, actor=acting_for(seller), at=NOON)
    bundle.refresh_from_db()
    assert (bundle.status, bundle.ended_at) == ("deleted", NOON)
    request = InboundRequest.objects.get()
    assert (request.status, request.bundle) == ("requested", None)
    assert (free(), free("reserved")) == (100_000, 0)
    with pytest.raises(bundles.BundleUnderWay):
        delete_bundle(bundle_code=bundle.code, actor=acting_for(seller), at=NOON)


def test_what_travels_is_not_deleted() -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = sent(approved(a_bundle(seller, house, {a_sku(seller): 10})))
    with pytest.raises(bundles.BundleUnderWay):
        delete_bundle(bundle_code=bundle.code, actor=acting_for(seller), at=NOON)


def test_a_rejected_delivery_says_why_and_gives_the_fee_back() -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = a_bundle(seller, house, {a_sku(seller): 10})
    reject_bundle(bundle_code=bundle.code, reason="No space until December.", actor=WORLD, at=NOON)
    bundle.refresh_from_db()
    assert (bundle.status, bundle.reason) == ("rejected", "No space until December.")
    assert (free(), free("reserved")) == (100_000, 0)
    assert InboundRequest.objects.get().status == "requested"
    assert bundle.lines.get().told == 10
    with pytest.raises(BundleDecided):
        reject_bundle(bundle_code=bundle.code, reason="again", actor=WORLD, at=NOON)


def test_remark_and_day_are_changed_until_the_goods_are_here() -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = a_bundle(seller, house, {a_sku(seller): 10})
    day = date(2026, 11, 30)
    note_bundle(bundle_code=bundle.code, remark="two pallets", estimated_on=day, actor=acting_for(seller), at=NOON)
    bundle.refresh_from_db()
    assert (bundle.remark, bundle.estimated_on) == ("two pallets", day)
    reject_bundle(bundle_code=bundle.code, reason="no", actor=WORLD, at=NOON)
    with pytest.raises(bundles.BundleUnderWay):
        note_bundle(bundle_code=bundle.code, remark="", estimated_on=day, actor=acting_for(seller), at=NOON)


def test_a_program_that_asks_twice_makes_one_delivery() -> None:
    seller, house = a_seller(), a_warehouse()
    bundle = a_bundle(seller, house, {a_sku(seller): 10}, source_key="api|7")
    again = create_bundle(
        seller_id=seller.pk,
        request_codes=[bundle.requests.get().code],
        plan=Announcement(ARRIVAL, source_key="api|7"),
        actor=acting_for(seller),
        at=NOON,
    )
    assert again == bundle


@pytest.mark.seed("L17", "A199")
def test_the_place_in_line_follows_the_measured_pace() -> None:
    seller, house = a_seller(), a_warehouse()
    sku = a_sku(seller)
    first, mine = (sent(approved(a_bundle(seller, house, {sku: pieces}))) for pieces in (150, 50))
    CargoBundle.objects.filter(pk=first.pk).update(status="arrived", arrived_at=NOON)

    place = queries.place_of(mine, NOON)
    assert place is not None
    assert (place.position, place.pieces_before, place.booked_at) == (2, 150, NOON + timedelta(hours=1))

    for hour, pieces in ((1, 60), (2, 40)):
        Receipt.objects.create(
            seller=seller, bundle=first, sku=sku, scan_id=f"s{hour}", quantity=pieces,
            at=NOON - timedelta(hours=hour), actor="Kenji",
        )  # fmt: skip
    first.lines.update(received=100)
    place = queries.place_of(mine, NOON)
    assert place is not None
    assert (place.pieces_before, place.booked_at) == (50, NOON + timedelta(hours=2))
    assert list(queries.queue_of(house.pk, NOON)) == [first.code]
    express = a_bundle(seller, house, {sku: 10}, is_express=True)
    place = queries.place_of(express, NOON)
    assert place is not None
    assert place.position == 1
