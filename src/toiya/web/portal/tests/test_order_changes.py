"""An order is held, sent elsewhere, given another SKU or stopped on its page, and the answer is there at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.floor_world import a_person
from tests.links_world import an_offer, linked, offered
from tests.orders_change_world import Road, a_road
from tests.world import NOON, WORLD, a_seller, a_shop, a_sku, a_warehouse, acting_for, an_order, judged, stock_of
from toiya.core.errors import NotFound
from toiya.domain.channels.actions.matching import match_linked_lines
from toiya.domain.channels.actions.mending import NoListingOfLine, mend_link
from toiya.domain.channels.models import Listing
from toiya.domain.orders.models import Address, Hold, Line, Order
from toiya.domain.outbound.models import Stop

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
TO = {"name": "佐藤 花", "country": "jp", "postal_code": "100-0001", "first_line": "東京都千代田区千代田1-1"}


@pytest.fixture
def road() -> Road:
    return a_road()


def after(road: Road, steps: int) -> Order:
    order = road.begin()
    for _ in range(steps):
        road.step(order)
    return order


def messages(answer: object) -> list[str]:
    return [str(message) for message in answer.context["messages"]]  # type: ignore[attr-defined]


def test_a_hold_with_note_and_day_is_placed_and_shown(road: Road, sign_in: SignIn) -> None:
    order, client = after(road, 0), sign_in(road.seller)
    address = f"/orders/{order.code}/hold/"
    page = client.get(address).content.decode()
    assert "The seller wants it to wait" in page
    assert "The warehouse looks at the goods" not in page
    wrong = client.post(address, {"reason": "seller_waits", "until": "2020-01-01"})
    assert (wrong.status_code, Hold.objects.count()) == (422, 0)
    assert "is past already" in wrong.content.decode()
    client.post(address, {"reason": "seller_waits", "note": "a gift comes", "until": "2099-01-02"})
    hold = Hold.objects.get()
    assert (hold.details, hold.until.isoformat()) == ({"note": "a gift comes"}, "2099-01-01T15:00:00+00:00")
    page = client.get(f"/orders/{order.code}/").content.decode()
    assert "The seller wants it to wait. a gift comes" in page
    assert "Lift hold" in page


@pytest.mark.seed("L04", "A150")
def test_a_stop_after_the_seal_says_at_once_who_sealed_it_and_when(road: Road, sign_in: SignIn) -> None:
    order, client = after(road, 9), sign_in(road.seller)
    assert "Ask to stop it" in client.get(f"/orders/{order.code}/").content.decode()
    page = client.post(f"/orders/{order.code}/cancellation/", follow=True)
    parcel = order.parcels.get()
    assert messages(page) == [f"Too late: {parcel.code} was sealed at 12:00 by {road.staff.user.name}."]
    assert "was sealed" in page.content.decode()
    assert Stop.objects.get().outcome == "sealed"


def test_a_stop_on_the_floor_is_done_at_once(road: Road, sign_in: SignIn) -> None:
    order, client = after(road, 5), sign_in(road.seller)
    page = client.post(f"/orders/{order.code}/cancellation/", follow=True)
    assert messages(page) == [f"{order.code} is cancelled."]
    assert "to be carried back: 2" in page.content.decode()


def test_another_address_is_taken_or_named_field_by_field(road: Road, sign_in: SignIn) -> None:
    order, client = after(road, 5), sign_in(road.seller)
    address = f"/orders/{order.code}/address/"
    assert "西浦" in client.get(address).content.decode()
    assert client.post(address, TO | {"name": ""}).status_code == 422
    assert client.post(address, TO | {"country": "1"}).status_code == 422
    assert messages(client.post(address, TO, follow=True)) == [f"{order.code} goes to this address."]
    told = Address.objects.get(order=order)
    assert (told.name, told.country, told.phone) == ("佐藤 花", "JP", "")


def test_the_operator_does_the_same_at_its_desk(road: Road) -> None:
    order = after(road, 0)
    client = Client()
    client.force_login(road.staff.user)
    assert client.get(f"/office/orders/{order.code}/hold/").status_code == 403
    lead = a_lead(road)
    page = lead.get(f"/office/orders/{order.code}/hold/").content.decode()
    assert "The warehouse looks at the goods" in page
    lead.post(f"/office/orders/{order.code}/hold/", {"reason": "goods_in_doubt"})
    lead.post(f"/office/orders/{order.code}/address/", TO)
    assert Hold.objects.get().code == "goods_in_doubt"
    assert Address.objects.get(order=order).name == "佐藤 花"
    page = lead.post(f"/office/orders/{order.code}/cancellation/", follow=True)
    assert messages(page)[-1] == f"{order.code} is cancelled. Its pieces are free again."
    assert lead.get("/office/orders/ORD-NOWHERE/hold/").status_code == 404


def a_lead(road: Road) -> Client:
    client = Client()
    client.force_login(a_person(road.warehouse, "administrator").user)
    return client


@pytest.mark.seed("L03", "A146", "A147")
def test_the_right_sku_mends_the_order_the_link_and_all_that_wait(sign_in: SignIn) -> None:
    seller, house = a_seller(), a_warehouse()
    shop = a_shop(seller)
    wrong, right = a_sku(seller), a_sku(seller, "RIGHT", "Right tote")
    stock_of(wrong, house, 1)
    stock_of(right, house, 9, bin_code="A01-02-1")
    (listing,) = offered(shop, an_offer("1001"))
    linked(listing, wrong)
    orders = judged(*[an_order(seller, shop_code=shop.code) for _ in range(2)])
    assert [order.status for order in orders] == ["allocated", "waiting"]
    Line.objects.update(site_item="1001", option=listing.option)
    client, line = sign_in(seller), orders[0].lines.get()
    address = f"/orders/{orders[0].code}/lines/{line.pk}/sku/"
    assert "Link its listing to this SKU too" in client.get(address, {"q": "right"}).content.decode()
    client.post(address, {"sku": right.code, "listing": "yes"})

    assert Listing.objects.get().sku == right
    match_linked_lines(seller_id=seller.pk, actor=WORLD, at=NOON)
    assert set(Line.objects.values_list("sku_id", flat=True)) == {right.pk}
    assert [order.status for order in judged(*orders)] == ["allocated", "allocated"]


def test_a_line_of_no_known_listing_changes_alone(road: Road) -> None:
    order, right = after(road, 0), a_sku(road.seller)
    line, actor = order.lines.get(), acting_for(road.seller)
    with pytest.raises(NoListingOfLine):
        mend_link(line_id=line.pk, sku_code=right.code, actor=actor, at=NOON)
    for line_id, code in ((line.pk, "399999999999-00001"), (line.pk + 999, right.code)):
        with pytest.raises(NotFound):
            mend_link(line_id=line_id, sku_code=code, actor=actor, at=NOON)
    assert Stop.objects.count() == 0
