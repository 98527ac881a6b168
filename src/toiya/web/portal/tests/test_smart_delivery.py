"""The seller's Smart Delivery page: choose, weigh, make labels, print, give up, list; and the order's own page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.books import fingerprint
from tests.floor_world import a_service, labelled
from tests.smart_world import a_packing_seller, announced, handed_in, serves, to_hand_in, with_label
from tests.world import a_seller, a_shop, a_warehouse, an_allocated_order, money_in
from toiya.domain.carriers.models import Service
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import ShopWay
from toiya.domain.outbound.models import HandInList, Parcel
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def centre() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def service() -> Service:
    return a_service()


@pytest.fixture
def seller() -> Seller:
    seller = a_packing_seller()
    money_in(seller, 5_000)
    return seller


def _form(centre: Warehouse, service: Service, weights: dict[str, str]) -> dict[str, object]:
    told: dict[str, object] = {"selected": list(weights), "centre": str(centre.pk)}
    for code, weight in weights.items():
        told |= {f"weight-{code}": weight, f"service-{code}": service.code, f"size-{code}": ""}
    return told


@pytest.mark.seed("A025")
def test_chosen_orders_get_their_labels(seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn) -> None:
    first, second, left = (to_hand_in(seller) for _ in range(3))
    client = sign_in(seller)
    page = client.get("/smart-delivery/").content.decode()
    assert all(order.code in page for order in (first, second, left))

    answer = client.post("/smart-delivery/labels/", _form(centre, service, {first.code: "400", second.code: "1,000"}))

    assert answer["Location"] == "/smart-delivery/?view=bring"
    assert sorted(Parcel.objects.values_list("order__code", "weight_g")) == sorted(
        [(first.code, 400), (second.code, 1_000)]
    )
    assert [row.order.code for row in client.get("/smart-delivery/?view=label").context["rows"]] == [left.code]


def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn
) -> None:
    good, bad = to_hand_in(seller), to_hand_in(seller)
    client = sign_in(seller)
    before = fingerprint("outbound", "wallet", "carriers", "orders")

    answer = client.post("/smart-delivery/labels/", _form(centre, service, {good.code: "400", bad.code: "1001"}))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{bad.code}: Nekopos takes up to 1000 g, and the parcel weighs 1001 g." in page
    assert f'id="weight-{bad.code}" value="1001"' in page
    assert page.count(" checked>") == 2
    assert client.post("/smart-delivery/labels/", {"centre": centre.pk}).status_code == 422
    for nonsense in ("", "12 kg", "-5", "９９９９９９９９９９"):
        told = _form(centre, service, {good.code: nonsense})
        assert client.post("/smart-delivery/labels/", told).status_code == 409
    assert fingerprint("outbound", "wallet", "carriers", "orders") == before


def _pages(document: bytes) -> list[tuple[float, float]]:
    with pikepdf.open(BytesIO(document)) as paper:
        return [tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in paper.pages]  # type: ignore[misc]


def test_labels_are_printed_one_a_page_or_four_on_a4_and_again_the_same(
    seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn
) -> None:
    parcels = [with_label(to_hand_in(seller), centre, service) for _ in range(5)]
    client = sign_in(seller)

    chosen = client.post("/smart-delivery/labels.pdf", {"selected": [parcels[0].code], "paper": "label"})
    assert _pages(chosen.content) == [(100, 150)]
    sheet = client.post("/smart-delivery/labels.pdf", {"paper": "a4"}).content
    assert _pages(sheet) == [(210, 297), (210, 297)]
    assert client.get("/smart-delivery/labels.pdf?paper=a4").content == sheet


def test_nobody_prints_or_gives_up_the_labels_of_others(
    seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn
) -> None:
    theirs = with_label(to_hand_in(seller), centre, service)
    stranger = sign_in(a_packing_seller("Kaede"))
    before = fingerprint("outbound", "wallet", "carriers")

    printed = stranger.post("/smart-delivery/labels.pdf", {"selected": [theirs.code]})
    given_up = stranger.post(f"/smart-delivery/parcels/{theirs.code}/cancellation/")

    assert printed.status_code == 302
    assert given_up.status_code == 404
    assert fingerprint("outbound", "wallet", "carriers") == before


def test_a_viewer_looks_and_changes_nothing(
    seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn
) -> None:
    order = to_hand_in(seller)
    viewer = sign_in(seller, role="viewer")
    page = viewer.get("/smart-delivery/").content.decode()
    assert "make-labels" not in page
    assert viewer.post("/smart-delivery/labels/", _form(centre, service, {order.code: "400"})).status_code == 403
    assert viewer.post("/smart-delivery/lists/", {"centre": centre.pk}).status_code == 403


def test_a_label_is_given_up_and_a_list_is_made_and_printed(
    seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn
) -> None:
    gone, stays = (with_label(to_hand_in(seller), centre, service) for _ in range(2))
    client = sign_in(seller)

    client.post(f"/smart-delivery/parcels/{gone.code}/cancellation/")
    client.post("/smart-delivery/lists/", {"centre": centre.pk})

    bundle = HandInList.objects.get()
    assert [each.parcel.code for each in bundle.hand_ins.all()] == [stays.code]
    paper = client.get(f"/smart-delivery/lists/{bundle.code}/list.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert _pages(paper.content) == [(210, 297)]
    page = client.get("/smart-delivery/?view=bring").content.decode()
    assert bundle.code in page
    assert "0 of 1 here" in page


def test_too_little_money_is_said_with_the_way_out(centre: Warehouse, service: Service, sign_in: SignIn) -> None:
    poor = a_packing_seller("Suzume")
    order = to_hand_in(poor)
    with_label(order, centre, service)
    page = sign_in(poor).get("/smart-delivery/?view=bring").content.decode()
    assert "Wallet too low" in page
    assert "/wallet/top-ups/" in page


def _card(client: Client, code: str) -> list[tuple[str, list[str]]]:
    answer = client.get(f"/orders/{code}/")
    return [(str(why["fact"]), [cure["label"] for cure in why["cures"]]) for why in answer.context["whys"]]


def test_the_orders_page_says_whose_turn_it_is_at_each_step(
    seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn
) -> None:
    order = to_hand_in(seller)
    client = sign_in(seller)
    assert _card(client, order.code) == [("You pack this order yourself: it needs its label", ["Make the label"])]

    parcel = announced(order, centre, service)
    assert _card(client, order.code) == []
    parcel = labelled(parcel)
    assert _card(client, order.code) == [
        ("Print the label, pack, and hand the parcel in", ["Print the label", "Hand-in list"])
    ]
    assert client.get(f"/orders/{order.code}/parcels/{parcel.code}/label.pdf").content[:5] == b"%PDF-"

    handed_in(parcel)
    page = client.get(f"/orders/{order.code}/")
    assert page.context["whys"] == []
    assert [step["state"] for step in page.context["page"].steps] == ["done", "done", "here"]
    assert "handed in at Funabashi" in page.content.decode()


def test_a_person_chooses_the_service_of_an_order_and_of_a_shop(centre: Warehouse, sign_in: SignIn) -> None:
    both = serves(a_seller(), fulfilment=True, smart_delivery=True)
    shop = a_shop(both)
    order = an_allocated_order(both, centre)
    client = sign_in(both)
    assert "pack-own" in client.get(f"/orders/{order.code}/").content.decode()

    client.post(f"/orders/{order.code}/service/", {"service": "smart_delivery"})
    order.refresh_from_db()
    assert order.status == "to_hand_in"
    assert "give-over" in client.get(f"/orders/{order.code}/").content.decode()
    client.post(f"/orders/{order.code}/service/", {"service": "fulfilment"})
    order.refresh_from_db()
    assert order.status == "received"

    assert client.post(f"/orders/{order.code}/service/", {"service": "magic"}).status_code == 404
    client.post(f"/connections/{shop.code}/service/", {"service": "smart_delivery"})
    assert ShopWay.objects.get().way == "smart_delivery"
    assert "to-fulfilment" in client.get(f"/connections/{shop.code}/").content.decode()


def test_a_seller_without_the_service_sees_no_place_for_it(centre: Warehouse, sign_in: SignIn) -> None:
    plain = a_seller()
    order = an_allocated_order(plain, centre)
    client = sign_in(plain)
    assert "/smart-delivery/" not in client.get("/").content.decode()
    assert "pack-own" not in client.get(f"/orders/{order.code}/").content.decode()
    refused = client.post(f"/orders/{order.code}/service/", {"service": "smart_delivery"})
    order.refresh_from_db()
    assert (refused.status_code, order.status) == (409, "allocated")


@pytest.mark.parametrize("view", ["label", "bring", "came"])
def test_the_page_asks_no_more_for_many_than_for_few(
    seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn, view: str
) -> None:
    client = sign_in(seller)
    counts = []
    for more in (1, 4):
        for _ in range(more):
            order = to_hand_in(seller)
            if view != "label":
                parcel = with_label(order, centre, service)
                if view == "came":
                    handed_in(parcel)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/smart-delivery/?view={view}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_of_orders_says_the_next_step(
    seller: Seller, centre: Warehouse, service: Service, sign_in: SignIn
) -> None:
    to_hand_in(seller)
    with_label(to_hand_in(seller), centre, service)
    rows = sign_in(seller).get("/orders/?view=all").context["rows"]
    assert [row.why.cure for row in rows] == ["Print the label", "Make the label"]
