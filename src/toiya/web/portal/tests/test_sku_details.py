"""A SKU's details page: the long form, barcodes, lots, photos, off and away."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.floor_world import a_service
from tests.world import a_seller, a_warehouse, some_skus, stock_of
from toiya.domain.catalog.models import Photo, Sku
from toiya.domain.members.models import Seller

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def seller() -> Seller:
    return a_seller()


@pytest.fixture
def sku(seller: Seller) -> Sku:
    return some_skus(seller, 2)[0]


def a_file(name: str, form: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(out, form)
    return SimpleUploadedFile(name, out.getvalue())


@pytest.mark.seed("L29")
def test_the_long_form_saves_and_shows_each_fault_at_its_field(seller: Seller, sku: Sku, sign_in: SignIn) -> None:
    a_service()
    client, address = sign_in(seller), f"/skus/{sku.code}/details/"
    typed = {"name": "Tea", "seller_code": "T-001", "surcharge": "50", "weight_g": "１２０", "length_mm": "100"}
    typed |= {"hs_code": "0902.10", "origin_country": "JP", "preferred_service": "nekopos", "packing_note": "Keep dry"}
    assert client.post(address, typed).url == f"/skus/{sku.code}/"
    sku.refresh_from_db()
    assert (sku.weight_g, sku.hs_code, sku.preferred_service, sku.surcharge_minor) == (120, "090210", "nekopos", 50)
    facts = dict(client.get(f"/skus/{sku.code}/").context["facts"])
    assert (facts["Price"], facts["Preferred service"], facts["Packing note"]) == ("JPY 50", "Nekopos", "Keep dry")
    for field, value in (
        ("hs_code", "12"),
        ("origin_country", "J1"),
        ("seller_code", "T-002"),
        ("preferred_service", "pigeon"),
        ("packaging", "none"),
        ("weight_g", "heavy"),
        ("own_quantity", "-1"),
        ("surcharge", "1.5"),
        ("name", ""),
    ):
        answer = client.post(address, typed | {field: value})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_barcodes_are_added_checked_and_removed(seller: Seller, sku: Sku, sign_in: SignIn) -> None:
    client, address = sign_in(seller), f"/skus/{sku.code}/barcodes/"
    assert client.post(address, {"barcode": "４９０１２３４５６７８９４"}).status_code == 302
    wrong = client.post(address, {"barcode": "4901234567895"})
    assert wrong.status_code == 422
    assert "4901234567894" in wrong.context["barcode_form"].errors["barcode"][0]
    assert [row.code for row in client.get("/skus/?q=４９０１２３４５６７８９４").context["page"].rows] == [sku.code]
    assert client.post(address, {"remove": "4901234567894"}).status_code == 302
    assert sku.barcodes.count() == 0


def test_lots_are_refused_with_the_reason_while_stock_without_them_lies_there(
    seller: Seller, sku: Sku, sign_in: SignIn
) -> None:
    stock_of(sku, a_warehouse(), 3)
    client, address = sign_in(seller), f"/skus/{sku.code}/tracking/"
    answer = client.post(address, {"tracks_lots": "on"})
    assert answer.status_code == 422
    assert "3 pieces" in answer.context["tracking_form"].errors["tracks_lots"][0]
    assert client.post(address, {}).status_code == 302


@pytest.mark.seed("L18")
def test_a_photo_is_judged_kept_and_shown_to_its_seller_only(seller: Seller, sku: Sku, sign_in: SignIn) -> None:
    client, address = sign_in(seller), f"/skus/{sku.code}/photos/"
    assert client.post(address, {"photo": a_file("tote.jpg", "JPEG")}).status_code == 302
    photo = Photo.objects.get()
    shown = client.get(f"{address}{photo.code}/")
    assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (200, "image/jpeg", "nosniff")
    assert f"{address}{photo.code}/" in client.get(f"/skus/{sku.code}/").content.decode()
    assert sign_in(a_seller("Kumo")).get(f"{address}{photo.code}/").status_code == 404
    bad = client.post(address, {"photo": SimpleUploadedFile("page.jpg", b"<html>")})
    assert (bad.status_code, Photo.objects.count()) == (422, 1)
    assert client.post(f"{address}{photo.code}/removal/").status_code == 302
    assert Photo.objects.count() == 0


def test_a_sku_is_switched_off_and_on_and_deleted_only_when_unused(seller: Seller, sku: Sku, sign_in: SignIn) -> None:
    client = sign_in(seller)
    for word, is_active in (("no", False), ("yes", True)):
        client.post(f"/skus/{sku.code}/switching/", {"is_active": word})
        sku.refresh_from_db()
        assert sku.is_active is is_active
    stock_of(sku, a_warehouse(), 1)
    kept = client.post(f"/skus/{sku.code}/deletion/")
    assert (kept.status_code, "Switch it off instead." in kept.context["problem"]) == (409, True)
    other = Sku.objects.exclude(pk=sku.pk).get()
    assert client.post(f"/skus/{other.code}/deletion/").url == f"/items/{sku.item.code}/"
