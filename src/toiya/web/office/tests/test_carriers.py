"""The office's pages about carriers: a file made and downloaded, numbers handed in, a label cancelled."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.carrier_files_world import by_file, came_back, file_of, wanted
from tests.floor_world import a_person, a_service, labelled, packed, released, walked
from tests.world import a_member, a_seller, a_warehouse, an_allocated_order, money_in
from toiya.domain.carriers.jobs import take_answer
from toiya.domain.carriers.models import Answer, AnswerRow, CarrierFile, Contract, LabelPrint, LabelVoid, Service
from toiya.domain.outbound.models import Parcel
from toiya.domain.warehouses.models import Warehouse

pytestmark = pytest.mark.django_db
KEY, NUMBER = "PCL7K2M4Q9", "444413758703"


@pytest.fixture
def warehouse() -> Warehouse:
    return a_warehouse()


@pytest.fixture
def desk(warehouse: Warehouse) -> Client:
    client = Client()
    client.force_login(a_person(warehouse, "administrator").user)
    return client


def test_a_file_is_made_and_downloaded_twice_with_the_same_bytes(desk: Client) -> None:
    wanted(a_seller(), by_file())
    assert "Make the file for ヤマト運輸" in desk.get(reverse("office:carriers")).content.decode()
    page = desk.post(reverse("office:carrier-files"), {"carrier": "yamato", "layout": "b2-95"}, follow=True)
    made = CarrierFile.objects.get()
    assert f"{made.code} holds 1 parcel." in page.content.decode()
    assert "Make the file for" not in page.content.decode()
    address = reverse("office:carrier-file", args=[made.code])
    first, second = desk.get(address), desk.get(address)
    assert first.content == second.content == bytes(made.content)
    assert first["Content-Disposition"] == f'attachment; filename="b2-95-{made.code}.csv"'
    assert desk.get(reverse("office:carrier-file", args=["CF-NONE"])).status_code == 404


def test_a_file_that_came_back_shows_what_became_of_each_row(desk: Client) -> None:
    service = by_file()
    wanted(a_seller(), service)
    file_of(service)
    content = f"{KEY},0,0,{NUMBER}\r\nPCLNOBODY1,0,0,405548424886\r\n".encode("cp932")
    upload = {"carrier": "yamato", "kind": "numbers", "file": SimpleUploadedFile("back.csv", content)}
    page = desk.post(reverse("office:carriers"), upload, follow=True).content.decode()
    assert "Rows are still being taken" in page
    answer = Answer.objects.get()
    take_answer(answer.pk)
    page = desk.get(reverse("office:carrier-answer", args=[answer.code])).content.decode()
    assert "Rows are still being taken" not in page
    assert page.count("No parcel of ours") == page.count(">Taken<") == 2
    assert "PCL-7K2M4Q-9" in page


def test_typed_scans_are_taken_and_an_empty_form_is_told(desk: Client) -> None:
    typed = f"{NUMBER},delivered,2026/11/22 14:05"
    desk.post(reverse("office:carriers"), {"carrier": "sagawa", "kind": "scans", "typed": typed})
    assert AnswerRow.objects.get().state == "delivered"
    refused = desk.post(reverse("office:carriers"), {"carrier": "sagawa", "kind": "scans"})
    assert refused.status_code == 422
    assert "Choose a file, or type rows below." in refused.content.decode()
    wrong = desk.post(reverse("office:carriers"), {"carrier": "yamato", "kind": "numbers", "typed": "hello"})
    assert "cannot be read as one of ヤマト運輸" in wrong.content.decode()
    assert Answer.objects.count() == 1


def test_the_contract_is_kept_and_a_layout_of_another_refused(desk: Client) -> None:
    address = reverse("office:carrier-contract", args=["sagawa"])
    agreed = {"way": "file", "layout": "ehiden3", "customer_code": "123456789012", "lost_after_days": "5"}
    assert desk.post(address, agreed).status_code == 302
    row = Contract.objects.get()
    assert (row.way, row.layout, row.lost_after_days) == ("file", "ehiden3", 5)
    refused = desk.post(address, {**agreed, "layout": ""})
    assert refused.status_code == 422
    assert "takes no files of layout" in refused.content.decode()
    assert desk.get(reverse("office:carrier-contract", args=["nobody"])).status_code == 404


@pytest.mark.seed("A187")
def test_services_are_shown_with_their_dates_and_what_is_paid_for_a_loss(desk: Client) -> None:
    address = reverse("office:carrier-services")
    assert desk.post(address, {"service": "NEKOPOS", "price_minor": "0"}).status_code == 422
    assert desk.post(address, {"service": "NEKOPOS", "price_minor": "385"}).status_code == 302
    service = Service.objects.get()
    assert (service.carrier, service.price_minor, service.max_weight_g, service.max_size_cm) == (
        "yamato",
        385,
        1000,
        60,
    )
    assert desk.post(address, {"service": "NEKOPOS", "price_minor": "385"}).status_code == 422
    page = desk.get(reverse("office:carrier-services")).content.decode()
    for words in ("ネコポス", "2024-01-01", "2025-11-10", "In force", "3,000"):
        assert words in page
    assert page.count("In force") == 1


def test_a_label_is_printed_again_and_cancelled_with_a_reason(desk: Client, warehouse: Warehouse) -> None:
    seller = a_seller()
    money_in(seller, 10_000)
    staff = a_person(warehouse)
    walked(released(warehouse, an_allocated_order(seller, warehouse)).pick_lists[0].code, staff)
    parcel = labelled(packed("T-001", staff, a_service()))
    page = desk.get(reverse("office:carrier-parcel", args=[parcel.code])).content.decode()
    assert "Print again" in page
    reprint, void = (reverse(f"office:carrier-{name}", args=[parcel.code]) for name in ("reprint", "voiding"))
    assert desk.post(reprint, {"reason": ""}).status_code == 422
    assert desk.post(reprint, {"reason": "Jam"})["Content-Type"] == "application/pdf"
    assert LabelPrint.objects.get().reason == "Jam"
    assert "are there as PDF only" in desk.post(reprint, {"reason": "Jam", "paper": "zpl203"}).content.decode()
    assert desk.post(void, {"reason": "Wet"}).status_code == 302
    assert LabelVoid.objects.get().reason == "Wet"
    assert Parcel.objects.get().status == "sealed"
    assert "cannot be cancelled now" in desk.post(void, {"reason": "Wet"}).content.decode()


@pytest.mark.parametrize("rows", [(2, 30)])
def test_the_pages_cost_the_same_for_few_and_many_rows(desk: Client, rows: tuple[int, int]) -> None:
    seller, service = a_seller(), by_file()
    costs = []
    for size in rows:
        for number in range(size):
            wanted(seller, service, f"PCL-{size}{number:04d}-2")
        file_of(service)
        keys = [f"PCL{size}{number:04d}2" for number in range(size)]
        came_back(*[f"{key},0,0,UMN1" for key in keys])
        code = Answer.objects.latest("pk").code
        asked = []
        for address in (reverse("office:carriers"), reverse("office:carrier-answer", args=[code])):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            asked.append(len(queries))
        costs.append(asked)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15


def test_sellers_and_pickers_see_none_of_it(warehouse: Warehouse) -> None:
    for user in (a_member(a_seller()), a_person(warehouse, "picker").user):
        client = Client()
        client.force_login(user)
        for name in ("carriers", "carrier-services"):
            assert client.get(reverse(f"office:{name}")).status_code in (302, 403)
