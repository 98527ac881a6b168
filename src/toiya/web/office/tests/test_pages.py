"""The office's pages: who may see them, what they show, and the same number of statements for 3 rows and 30."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.floor_world import (
    a_coded_sku,
    a_person,
    a_service,
    acting_as,
    labelled,
    on_the_floor,
    packed,
    walked,
)
from tests.world import (
    NOON,
    PASSWORD,
    a_member,
    a_seller,
    a_shop,
    a_warehouse,
    an_allocated_order,
    an_order,
    held,
    judged,
    money_in,
    stock_of,
)
from toiya.core.jobs import wake
from toiya.domain.carriers.models import Label
from toiya.domain.channels.models import Connection, Wish, WriteBack
from toiya.domain.members.models import Seller, Staff
from toiya.domain.orders.models import Hold, Order
from toiya.domain.outbound.actions.picking import start_walk
from toiya.domain.outbound.models import Parcel, PickList, Wave
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
PLACES = ("today", "waves", "orders", "sellers", "sites", "stock", "system")


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse(bins=40)


@pytest.fixture
def seller() -> Seller:
    seller = a_seller()
    money_in(seller, 100_000)
    return seller


@pytest.fixture
def lead(warehouse: Warehouse) -> Staff:
    return a_person(warehouse, "administrator")


@pytest.fixture
def desk(lead: Staff) -> Client:
    client = Client()
    client.force_login(lead.user)
    return client


def failed_job(argument: int) -> int:
    wake("allocation.match_waiting", "seller_id", argument)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE queueing_lock = %s RETURNING id",
            [f"allocation.match_waiting/{argument}"],
        )
        return int(cursor.fetchone()[0])


def a_busy_day(warehouse: Warehouse, seller: Seller, size: int) -> None:
    """So many of everything that a page of the office has rows of."""
    sku = a_coded_sku(seller, f"D{size}")
    picker = a_person(warehouse)
    for number in range(size):
        stock_of(sku, warehouse, 4, bin_code=f"A01-{number + 1:02d}-1")
        other = a_seller(f"Shop {size} {number}")
        a_shop(other, shop_id=f"shop-{size}-{number}")
        failed_job(size * 1000 + number)
        order = an_order(seller, {f"D{size}": 1})
        judged(order)
        release, _ = on_the_floor(seller, warehouse, {f"D{size}": 1})
        start_walk(pick_list_code=release.pick_lists[0].code, user_id=picker.user_id, actor=acting_as(picker), at=NOON)
        judged(an_order(seller, {"NO-SUCH": 1}))


@pytest.mark.parametrize("place", PLACES)
def test_a_page_costs_the_same_for_three_rows_and_thirty(
    desk: Client, warehouse: Warehouse, seller: Seller, place: str
) -> None:
    counts = []
    for size in (3, 27):
        a_busy_day(warehouse, seller, size)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(reverse(f"office:{place}")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 28


def test_an_order_page_costs_the_same_for_one_line_and_many(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    counts = []
    for size in (1, 12):
        wants = {}
        for number in range(size):
            code = f"S{size}-{number}"
            stock_of(a_coded_sku(seller, code), warehouse, 2, bin_code=f"A01-{number + 1:02d}-1")
            wants[code] = 1
        _, [order] = on_the_floor(seller, warehouse, wants)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(reverse("office:order", args=[order.code])).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 25


@pytest.mark.parametrize("place", PLACES)
def test_sellers_and_pickers_see_no_page_of_the_office(warehouse: Warehouse, seller: Seller, place: str) -> None:
    for user in (a_member(seller), a_person(warehouse, "picker").user):
        client = Client()
        client.force_login(user)
        assert client.get(reverse(f"office:{place}")).status_code in (302, 403)
    assert Client().get(reverse(f"office:{place}")).status_code == 302


@pytest.mark.parametrize("place", PLACES)
def test_an_empty_house_has_every_page(desk: Client, place: str) -> None:
    assert desk.get(reverse(f"office:{place}")).status_code == 200


def test_selected_orders_go_to_the_floor_as_one_wave(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    first, second = an_allocated_order(seller, warehouse), an_allocated_order(seller, warehouse)
    page = desk.get(reverse("office:waves")).content.decode()
    assert first.code in page
    answer = desk.post(reverse("office:waves"), {"release": "selected", "selected": [first.code]}, follow=True)
    assert "1 order released" in answer.content.decode()
    assert Order.objects.get(pk=first.pk).status == Order.Status.PICKING
    assert Order.objects.get(pk=second.pk).status == Order.Status.ALLOCATED


def test_all_that_match_are_counted_again_before_they_go(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    an_allocated_order(seller, warehouse)
    answer = desk.post(reverse("office:waves"), {"release": "all", "expected": "5"}, follow=True)
    assert "Nothing was released" in answer.content.decode()
    assert not Wave.objects.exists()
    desk.post(reverse("office:waves"), {"release": "all", "expected": "1"})
    assert PickList.objects.count() == 1


def test_held_orders_are_not_offered_for_a_wave(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    order = an_allocated_order(seller, warehouse)
    held(order, "cancel_asked")
    assert order.code not in desk.get(reverse("office:waves")).content.decode()


def test_today_shows_what_blocks_and_leads_to_it(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    judged(an_order(seller, {"NO-SUCH": 1}))
    page = desk.get(reverse("office:today")).content.decode()
    assert "Waiting for link" in page
    link = reverse("office:orders") + "?reason=no_sku"
    assert link in page
    assert Order.objects.get().code in desk.get(link).content.decode()


def test_an_order_is_found_by_receiver_tracking_number_and_pick_list(
    desk: Client, warehouse: Warehouse, seller: Seller
) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 1)
    release, [order] = on_the_floor(seller, warehouse, {"A": 1})
    picker = a_person(warehouse)
    walked(release.pick_lists[0].code, picker)
    parcel = labelled(packed("T-001", picker, a_service()))
    assert parcel.label is not None
    for words in ("みなみ", parcel.label.tracking_number, release.pick_lists[0].code.lower(), parcel.code, order.code):
        assert order.code in desk.get(reverse("office:orders"), {"q": words}).content.decode(), words
    assert order.code not in desk.get(reverse("office:orders"), {"q": "nobody"}).content.decode()


def test_the_office_cancels_an_order_and_lifts_a_hold(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    order = an_allocated_order(seller, warehouse)
    held(order, "cancel_asked")
    desk.post(reverse("office:hold-lifting", args=[order.code, "cancel_asked"]))
    assert Hold.objects.get().lifted_at is not None
    desk.post(reverse("office:cancellation", args=[order.code]))
    assert Order.objects.get().status == Order.Status.CANCELLED


def test_a_failed_job_runs_again_once(desk: Client) -> None:
    job_id = failed_job(7)
    assert "allocation.match_waiting" in desk.get(reverse("office:system")).content.decode()
    desk.post(reverse("office:job-again", args=[job_id]))
    assert desk.post(reverse("office:job-again", args=[job_id])).status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'allocation.match_waiting'")
        assert [row[0] for row in cursor.fetchall()] == ["todo"]


def test_a_failed_job_whose_wish_waits_already_is_let_go(desk: Client) -> None:
    job_id = failed_job(7)
    wake("allocation.match_waiting", "seller_id", 7)
    desk.post(reverse("office:job-again", args=[job_id]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text FROM procrastinate_jobs WHERE task_name = 'allocation.match_waiting' ORDER BY id"
        )
        assert [row[0] for row in cursor.fetchall()] == ["cancelled", "todo"]


def test_labels_and_sites_are_asked_again(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    shop = a_shop(seller)
    stock_of(a_coded_sku(seller, "A"), warehouse, 1)
    release, [order] = on_the_floor(seller, warehouse, {"A": 1})
    picker = a_person(warehouse)
    walked(release.pick_lists[0].code, picker)
    parcel = labelled(packed("T-001", picker, a_service()))
    Label.objects.update(status=Label.Status.REJECTED, problem="The postcode is unknown.")
    told = WriteBack.objects.create(
        seller=seller,
        connection=shop,
        parcel=parcel,
        order=order,
        status=Wish.Status.GIVEN_UP,
        due_since=NOON,
        next_try_at=NOON,
        site_message="Not yours",
        settled_at=NOON,
    )
    Connection.objects.update(status=Connection.Status.BROKEN, site_message="Key has ended")
    for place in ("system", "today"):
        page = desk.get(reverse(f"office:{place}")).content.decode()
        assert "The postcode is unknown." in page
        assert "Key has ended" in page
    desk.post(reverse("office:label-again", args=[parcel.code]))
    assert Label.objects.get().status == Label.Status.WANTED
    desk.post(reverse("office:wish-again", args=["write_back", told.pk]))
    assert WriteBack.objects.get().status == Wish.Status.WAITING
    assert desk.post(reverse("office:wish-again", args=["nonsense", 1])).status_code == 404


def test_stock_is_found_by_bin_and_by_goods(desk: Client, warehouse: Warehouse, seller: Seller) -> None:
    stock_of(a_coded_sku(seller, "A", barcode="4901234567894"), warehouse, 5, bin_code="A01-02-1")
    stock_of(a_coded_sku(seller, "B"), warehouse, 7, bin_code="A01-03-1")
    for words in ("a01-02", "BIN-A01-02-1", "4901234567894", "Thing A"):
        page = desk.get(reverse("office:stock"), {"q": words}).content.decode()
        assert "5 pcs in 1 place" in page, words


def test_the_seller_list_shows_mark_money_and_shops(desk: Client, seller: Seller) -> None:
    a_shop(seller)
    page = desk.get(reverse("office:sellers")).content.decode()
    assert "Hanataba" in page
    assert "100,000" in page
    assert "Working" in page


def test_the_password_opens_the_office(warehouse: Warehouse) -> None:
    lead = a_person(warehouse, "administrator")
    answer = Client().post("/sign-in/", {"email": lead.user.email, "username": lead.user.email, "password": PASSWORD})
    assert answer["Location"] == "/office/"


def test_parcels_of_nobody_are_not_there(desk: Client) -> None:
    assert desk.get(reverse("office:order", args=["ORD-NONE"])).status_code == 404
    assert not Parcel.objects.exists()


def test_the_office_divides_an_order(warehouse: Warehouse, seller: Seller) -> None:
    stock_of(a_coded_sku(seller, "A"), warehouse, 3)
    (order,) = judged(an_order(seller, {"A": 3}))
    client = Client()
    client.force_login(a_person(warehouse, "administrator").user)
    address = f"/office/orders/{order.code}/parts/"
    assert f'href="{address}"' in client.get(f"/office/orders/{order.code}/").content.decode()
    line = order.lines.get().pk
    assert client.post(address, {f"take_{line}": "3"}).status_code == 422
    page = client.post(address, {f"take_{line}": "1"}, follow=True).content.decode()
    part = Order.objects.exclude(pk=order.pk).get()
    assert f"Divided: {part.code} goes by itself." in page
    assert (part.lines.get().quantity, part.status) == (1, "allocated")
