"""Goods on their way in, as the seller does it over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client

from tests.centres_world import applied
from tests.inbound_world import a_bundle, a_request, approved, rules_of, sent
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, money_in, some_skus
from toiya.domain.inbound.actions.slots import Opening, make_slots
from toiya.domain.inbound.models import CargoBundle, InboundRequest
from toiya.domain.warehouses.actions.setting_up import Building, open_warehouse

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.mark.seed("A109", "A110", "A111")
def test_a_sku_is_found_chosen_with_one_press_and_asked_for(sign_in: SignIn) -> None:
    seller = a_seller()
    applied(seller, a_warehouse())
    sku, client = a_sku(seller, barcode="4901234567894"), sign_in(seller)

    found = client.get("/inbound/requests/new/", {"q": sku.item.code}).content.decode()
    for word in (sku.item.code, sku.name, "00001", "navy M", "LT-NVM"):
        assert word in found, word
    assert f'href="?sku={sku.code}"' in found
    chosen = client.get("/inbound/requests/new/", {"sku": sku.code}).content.decode()
    assert f'value="{sku.code}"' in chosen

    answer = client.post(
        "/inbound/requests/new/",
        {"sku": sku.code, "way": "in", "quantity": "80", "warehouse": "FNB", "description": "4901234567894"},
    )
    assert answer.status_code == 302
    made = InboundRequest.objects.get()
    assert (made.sku, made.quantity, made.description, made.status) == (sku, 80, "4901234567894", "requested")


@pytest.mark.seed("A063")
def test_who_did_not_apply_for_the_warehouse_is_shown_where(sign_in: SignIn) -> None:
    seller = a_seller()
    a_warehouse()
    sku, client = a_sku(seller), sign_in(seller)
    told = {"sku": sku.code, "way": "in", "quantity": "8", "warehouse": "FNB"}
    answer = client.post("/inbound/requests/new/", told)
    assert (answer.status_code, InboundRequest.objects.count()) == (422, 0)
    assert 'href="/settings/agreement/" id="apply-link"' in answer.content.decode()


@pytest.mark.seed("A112")
@pytest.mark.parametrize(("typed", "pieces"), [("80", 80), ("８０", 80), ("1,000", 1000), (" 7 ", 7)])
def test_digits_of_any_width_are_understood(sign_in: SignIn, typed: str, pieces: int) -> None:
    seller = a_seller()
    applied(seller, a_warehouse())
    a_sku(seller)
    client = sign_in(seller)
    told = {"sku": "lt-nvm", "way": "in", "quantity": typed, "warehouse": "FNB"}
    assert client.post("/inbound/requests/new/", told).status_code == 302
    assert InboundRequest.objects.get().quantity == pieces


@pytest.mark.parametrize("typed", ["", "abc", "-3", "1.5", "0", "９９９９９９９９９９９"])
def test_other_quantities_are_refused_at_the_field(sign_in: SignIn, typed: str) -> None:
    seller = a_seller()
    applied(seller, a_warehouse())
    a_sku(seller)
    told = {"sku": "LT-NVM", "way": "in", "quantity": typed, "warehouse": "FNB"}
    answer = sign_in(seller).post("/inbound/requests/new/", told)
    assert answer.status_code == 422
    assert 'id="id_quantity-e"' in answer.content.decode()
    assert not InboundRequest.objects.exists()


@pytest.mark.seed("A113")
def test_any_warehouse_can_be_chosen(sign_in: SignIn) -> None:
    seller = a_seller()
    applied(seller, a_warehouse())
    applied(seller, a_warehouse("KWG", "Kawagoe"))
    a_sku(seller)
    told = {"sku": "LT-NVM", "way": "in", "quantity": "1", "warehouse": "KWG"}
    sign_in(seller).post("/inbound/requests/new/", told)
    assert InboundRequest.objects.get().warehouse.name == "Kawagoe"


@pytest.mark.seed("A120")
def test_an_item_not_kept_here_is_cured_with_one_press(sign_in: SignIn) -> None:
    seller = a_seller()
    applied(seller, a_warehouse())
    sku, client = a_sku(seller), sign_in(seller)
    sku.item.is_stocked_here = False
    sku.item.save()
    told = {"sku": sku.code, "way": "in", "quantity": "5", "warehouse": "FNB"}
    page = client.post("/inbound/requests/new/", told)
    assert page.status_code == 422
    assert f'name="item" value="{sku.item.code}"' in page.content.decode()
    assert client.post("/inbound/requests/stocking/", {"item": sku.item.code}).status_code == 302
    assert client.post("/inbound/requests/new/", told).status_code == 302


@pytest.mark.seed("A114", "A115", "A123")
def test_the_list_is_filtered_and_ticked_requests_are_cancelled(sign_in: SignIn) -> None:
    seller, house, other = a_seller(), a_warehouse(), a_warehouse("KWG", "Kawagoe")
    sku, client = a_sku(seller), sign_in(seller)
    here, there = a_request(sku, house, 12), a_request(sku, other, 34)

    page = client.get("/inbound/requests/").content.decode()
    for word in (here.code, there.code, sku.code, "LT-NVM", "Linen tote", "12", "34", "Funabashi", "Kawagoe"):
        assert word in page, word
    for query, seen in (
        ({"warehouse": "KWG"}, [there]),
        ({"way": "out"}, []),
        ({"status": "requested"}, [here, there]),
        ({"from": "2026-11-21"}, []),
        ({"until": "2026-11-20"}, [here, there]),
        ({"q": "ＬＴ－ＮＶＭ"}, [here, there]),
        ({"q": here.code.lower()}, [here]),
        ({"from": "nonsense", "q": "\x00"}, [here, there]),
    ):
        page = client.get("/inbound/requests/", query).content.decode()
        assert [row for row in (here, there) if f"sel-{row.code}" in page] == seen, query

    client.post("/inbound/requests/cancellation/", {"selected": [here.code]})
    here.refresh_from_db()
    assert here.status == "cancelled"


@pytest.mark.seed("A122", "A124", "A125")
def test_ticked_requests_become_a_cargo_bundle(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    codes = [a_request(sku, house, 10).code for sku in some_skus(seller, 2)]
    client = sign_in(seller)
    money_in(seller, 50)
    form = client.post("/inbound/new/", {"selected": codes})
    assert form.status_code == 200
    assert 'type="date"' in form.content.decode()

    told = {"selected": codes, "make": "1", "estimated_on": "2026-11-24", "cartons": "2", "remark": "by truck"}
    short = client.post("/inbound/new/", told)
    assert short.status_code == 422
    assert 'id="top-up-link"' in short.content.decode()
    assert "Top up at least JPY\N{NO-BREAK SPACE}250" in short.content.decode()

    money_in(seller, 250)
    made = client.post("/inbound/new/", told)
    bundle = CargoBundle.objects.get()
    assert made["Location"] == f"/inbound/{bundle.code}/"
    assert (bundle.estimated_on, bundle.cartons_told, bundle.remark) == (date(2026, 11, 24), 2, "by truck")
    assert sorted(bundle.requests.values_list("code", flat=True)) == sorted(codes)


@pytest.mark.seed("A126", "A128", "A129")
def test_bundles_are_listed_by_state_with_counts_and_open_with_their_contents(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    sku, client = a_sku(seller), sign_in(seller)
    asked = a_bundle(seller, house, {sku: 10})
    confirmed = approved(a_bundle(seller, house, {sku: 20}))
    on_way = sent(approved(a_bundle(seller, house, {sku: 30}, remark="fragile")), cartons=3)

    page = client.get("/inbound/").content.decode()
    for status in ("requested", "confirmed", "shipped"):
        assert f'?view={status}"' in page
    assert page.count('<span class="n">1</span>') == 3
    for word in (on_way.code, "30", "Funabashi", "24 Nov", "Sagawa", "1234-5678-9012", "fragile"):
        assert word in page, word
    only = client.get("/inbound/", {"view": "confirmed"}).content.decode()
    assert confirmed.code in only
    assert asked.code not in only
    detail = client.get(f"/inbound/{confirmed.code}/").content.decode()
    assert sku.code in detail
    assert "20 pcs" in detail


@pytest.mark.seed("A133", "A134", "A135")
def test_the_page_says_where_to_send_and_what_to_write_on_the_box(sign_in: SignIn) -> None:
    seller = a_seller()
    building = Building(
        "FNB",
        "Qxpress Japan",
        "273-0017",
        "千葉県船橋市西浦3-4-2 W05バース",
        "047-000-0000",
        branch_code="0000011520",
        address_en="W05 berth, 3-4-2 Nishiura, Funabashi, Chiba",
        receiving_phone="050-3189-7050",
        receiving_email="qfs@qxpress.jp",
    )
    house = open_warehouse(building=building, bins=[])
    bundle, client = a_bundle(seller, house, {a_sku(seller): 10}), sign_in(seller)

    page = client.get(f"/inbound/{bundle.code}/").content.decode()
    assert "Send nothing before the warehouse has confirmed it." in page
    assert 'id="send"' not in page
    told = {"carrier": "Sagawa", "tracking_number": "1", "cartons": "2", "estimated_on": "2026-11-24"}
    refused = client.post(f"/inbound/{bundle.code}/sending/", told)
    assert refused.status_code == 422
    bundle.refresh_from_db()
    assert bundle.status == "requested"

    approved(bundle)
    page = client.get(f"/inbound/{bundle.code}/").content.decode()
    for word in (building.postal_code, building.address, building.address_en, "050-3189-7050", seller.code):
        assert word in page, word
    assert 'id="send"' in page


@pytest.mark.seed("A130", "A131")
def test_the_send_form_marks_it_sent_and_mends_it_on_the_way(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    bundle, client = approved(a_bundle(seller, house, {a_sku(seller): 10})), sign_in(seller)
    told = {"carrier": "Sagawa", "tracking_number": "4000-1", "cartons": "２", "estimated_on": "2026-11-24"}
    assert client.post(f"/inbound/{bundle.code}/sending/", told).status_code == 302
    assert client.post(f"/inbound/{bundle.code}/sending/", told | {"tracking_number": "4000-2"}).status_code == 302
    bundle.refresh_from_db()
    assert (bundle.status, bundle.tracking_number, bundle.cartons_told) == ("shipped", "4000-2", 2)
    assert client.post(f"/inbound/{bundle.code}/deletion/").status_code == 409
    assert client.post(f"/inbound/{bundle.code}/sending/", told | {"carrier": ""}).status_code == 422


def test_a_bundle_is_deleted_after_saying_what_that_does(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    bundle, client = a_bundle(seller, house, {a_sku(seller): 10}), sign_in(seller)
    assert "open again" in client.get(f"/inbound/{bundle.code}/deletion/").content.decode()
    assert client.post(f"/inbound/{bundle.code}/deletion/").status_code == 302
    bundle.refresh_from_db()
    assert bundle.status == "deleted"


@pytest.mark.seed("A137", "L18")
def test_boxes_are_listed_changed_and_removed(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    one, two = some_skus(seller, 2)
    bundle, client = approved(a_bundle(seller, house, {one: 8, two: 6})), sign_in(seller)
    base = f"/inbound/{bundle.code}"
    assert "list what is in which box" in client.get(f"{base}/").content.decode()

    assert client.post(f"{base}/cartons/", {f"sku-{one.code}": "2", "alike": "4"}).status_code == 302
    assert client.post(f"{base}/cartons/", {f"sku-{two.code}": "7"}).status_code == 422
    assert client.post(f"{base}/cartons/", {f"sku-{two.code}": "5", "length_cm": "40"}).status_code == 302
    assert "13 of 14 pieces listed" in client.get(f"{base}/").content.decode()
    last = bundle.cartons.get(number=5)
    assert last.length_mm == 400
    edit = f"{base}/cartons/{last.code}/"
    assert 'value="5"' in client.get(edit).content.decode()
    assert client.post(edit, {f"sku-{two.code}": "7"}).status_code == 422
    assert client.post(edit, {f"sku-{two.code}": "6"}).status_code == 302
    assert "14 of 14 pieces listed" in client.get(f"{base}/").content.decode()
    assert client.post(f"{edit}removal/").status_code == 302
    assert bundle.cartons.count() == 4


@pytest.mark.seed("L15", "A138")
def test_a_large_delivery_books_its_time_on_its_page(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    rules_of(house, large_pieces=5)
    opening = Opening(date(2026, 11, 25), time(9), 60, 1, "W05")
    make_slots(warehouse_id=house.pk, opening=opening, actor=WORLD, at=NOON)
    bundle, client = a_bundle(seller, house, {a_sku(seller): 10}), sign_in(seller)
    page = client.get(f"/inbound/{bundle.code}/").content.decode()
    assert "Book a time at the dock" in page
    assert "W05 · 25 Nov" in page
    slot = house.dock_slots.get()
    assert client.post(f"/inbound/{bundle.code}/slot/", {"slot": "nonsense"}).status_code == 409
    assert client.post(f"/inbound/{bundle.code}/slot/", {"slot": str(slot.pk)}).status_code == 302
    slot.refresh_from_db()
    assert slot.bundle_id == bundle.pk
    client.post(f"/inbound/{bundle.code}/slot/release/")
    slot.refresh_from_db()
    assert slot.bundle_id is None


@pytest.mark.seed("L17")
def test_the_place_in_line_asks_for_itself_again(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    applied(seller, house)
    bundle, client = sent(approved(a_bundle(seller, house, {a_sku(seller): 100}))), sign_in(seller)
    part = client.get(f"/inbound/{bundle.code}/queue/").content.decode()
    assert 'hx-trigger="every 30s"' in part
    assert "12:30" in part
