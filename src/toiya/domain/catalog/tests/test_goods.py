"""What is written about goods: changed, refused with nothing changed, found again, deleted only when unused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.books import findings, fingerprint
from tests.catalog_world import a_photo, a_picture, a_share, an_item
from tests.world import NOON, WORLD, a_seller, a_sku, a_warehouse, acting_for, an_order, judged, some_skus, stock_of
from toiya.core.errors import NotFound, Refusal
from toiya.core.models import EventRow
from toiya.core.papers import PDF, StoredPaper, cupboard
from toiya.core.states import NoSuchStep
from toiya.domain.catalog.actions import barcodes, editing, photos, registering, removing, sharing
from toiya.domain.catalog.actions.editing import SkuFacts, edit_sku
from toiya.domain.catalog.actions.registering import NewItem, NewSku, add_options, register_new_item
from toiya.domain.catalog.models import Photo, Sku
from toiya.domain.catalog.queries import with_words
from toiya.domain.members.models import Seller
from toiya.domain.orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(db: None) -> Seller:
    return a_seller()


def refused(kind: type[Refusal], act: Callable[[], object]) -> Any:
    """The refusal, after which everything is as it was."""
    before = fingerprint()
    with pytest.raises(kind) as caught:
        act()
    assert fingerprint() == before
    return caught.value


@pytest.mark.seed("A075", "A083", "A093")
def test_options_are_free_and_their_codes_are_never_given_twice(seller: Seller) -> None:
    new = NewItem("靴", option_names=("色", "サイズ", "Heel"))
    options = [NewSku("", "", values=("黒", "24.5", "flat")), NewSku("", "", values=("黒", "25", "flat"))]
    item = register_new_item(seller_id=seller.pk, new=new, options=options, actor=WORLD, at=NOON)
    actor = acting_for(seller)
    assert [sku.option for sku in item.skus.order_by("pk")] == ["黒 / 24.5 / flat", "黒 / 25 / flat"]
    removing.remove_sku(sku_code=f"{item.code}-00002", actor=actor, at=NOON)
    more = [NewSku("", "", values=("白", "25", "high"))]
    (third,) = add_options(item_code=item.code, options=more, actor=actor, at=NOON)
    assert third.code == f"{item.code}-00003"
    short, same = [NewSku("", "", values=("白",))], [NewSku("黒 / 24.5 / FLAT", "")]
    refused(
        registering.OptionValuesDoNotFit,
        lambda: add_options(item_code=item.code, options=short, actor=actor, at=NOON),
    )
    refused(registering.OptionTwice, lambda: add_options(item_code=item.code, options=same, actor=actor, at=NOON))
    refused(registering.NoOptions, lambda: add_options(item_code=item.code, options=[], actor=actor, at=NOON))
    many = [NewSku(str(number), "") for number in range(registering.MOST_OPTIONS + 1)]
    refused(registering.TooManyOptions, lambda: add_options(item_code=item.code, options=many, actor=actor, at=NOON))
    assert findings() == []


def test_a_sku_has_several_barcodes_each_meaning_it_alone(seller: Seller) -> None:
    first, second = some_skus(seller, 2)
    actor = acting_for(seller)

    def add(sku: Sku, barcode: str) -> str:
        return barcodes.add_barcode(sku_code=sku.code, barcode=barcode, actor=actor, at=NOON)

    assert add(first, "４９０１２３４５６７８９４") == "4901234567894"
    assert [add(first, "4901234567894"), add(first, "X000ABC")] == ["4901234567894", "X000ABC"]
    told = EventRow.objects.filter(name="sku.barcode_added").values_list("data", flat=True)
    assert [data["barcode"] for data in told.order_by("pk")] == ["4901234567894", "X000ABC"]
    wrong = refused(barcodes.BarcodeWrong, lambda: add(second, "4901234567895"))
    assert wrong.details == {"barcode": "4901234567895", "right": "4901234567894"}
    assert first.code in str(refused(barcodes.BarcodeTaken, lambda: add(second, "X000ABC")))
    refused(barcodes.BarcodeUnreadable, lambda: add(second, " "))
    refused(NotFound, lambda: barcodes.add_barcode(sku_code="none", barcode="1", actor=actor, at=NOON))
    for number in range(18):
        add(first, f"N-{number}")
    refused(barcodes.TooManyBarcodes, lambda: add(first, "N-99"))
    barcodes.remove_barcode(sku_code=first.code, barcode="X000ABC", actor=actor, at=NOON)
    assert add(second, "X000ABC") == "X000ABC"
    refused(NotFound, lambda: barcodes.remove_barcode(sku_code=first.code, barcode="none", actor=actor, at=NOON))
    kaede = a_seller("Kaede")
    assert add_for(kaede, "4901234567894") == "4901234567894"


def add_for(seller: Seller, barcode: str) -> str:
    sku = a_sku(seller)
    return barcodes.add_barcode(sku_code=sku.code, barcode=barcode, actor=acting_for(seller), at=NOON)


@pytest.mark.seed("L28", "L29")
def test_customs_size_service_packaging_and_notes_are_kept(seller: Seller) -> None:
    sku, box = some_skus(seller, 2)
    actor = acting_for(seller)
    edit_sku(sku_code=box.code, facts=SkuFacts("Box", seller_code="T-002", is_packaging=True), actor=actor, at=NOON)
    facts = SkuFacts(
        "Tea",
        seller_code="T-001",
        weight_g=120,
        length_mm=100,
        hs_code="0902.10",
        customs_text="green tea",
        origin_country="jp",
        preferred_service="nekopos",
        packing_note="This side up",
        packaging=box.code,
    )
    changed = edit_sku(sku_code=sku.code, facts=facts, actor=actor, at=NOON)
    sku.refresh_from_db()
    assert (sku.hs_code, sku.origin_country, sku.preferred_service) == ("090210", "JP", "nekopos")
    assert (sku.packing_note, sku.packaging, sku.version) == ("This side up", box, 1)
    assert EventRow.objects.filter(name="sku.edited").order_by("-pk")[0].data["fields"] == ", ".join(changed)
    assert edit_sku(sku_code=sku.code, facts=facts, actor=actor, at=NOON) == []

    def edit(code: str, **facts: Any) -> list[str]:
        return edit_sku(sku_code=code, facts=SkuFacts("Tea", **facts), actor=actor, at=NOON)

    refused(editing.HsCodeWrong, lambda: edit(sku.code, hs_code="12345"))
    refused(editing.CountryWrong, lambda: edit(sku.code, origin_country="J1"))
    refused(editing.NoPackagingSku, lambda: edit(box.code, packaging=sku.code))
    refused(editing.StillPackaging, lambda: edit(box.code, is_packaging=False))
    refused(registering.SellerCodeTaken, lambda: edit(sku.code, seller_code="T-002"))


def test_a_seller_code_typed_on_the_page_matches_waiting_orders(seller: Seller) -> None:
    sku = a_sku(seller, "")
    order = judged(an_order(seller, {"NEW": 1}))[0]
    assert order.status == Order.Status.WAITING
    facts = SkuFacts(sku.name, option=sku.option, seller_code="NEW")
    edit_sku(sku_code=sku.code, facts=facts, actor=acting_for(seller), at=NOON)
    assert EventRow.objects.filter(name="sku.seller_code_set", subject=sku.code).count() == 1


@pytest.mark.parametrize(
    "words", ["ﾘﾈﾝ", "とーと", "リネン トート", "lt-n", "ＮＡＶＹ", "4901234567894", "naVy リネン"]
)
def test_skus_are_found_by_words_codes_and_barcodes_in_any_width_and_kana(seller: Seller, words: str) -> None:
    tote = a_sku(seller, "LT-NVM", "リネントート", "navy M", barcode="4901234567894")
    a_sku(seller, "OTHER", "Mug", "white")
    assert list(with_words(Sku.objects.all(), words)) == [tote]


def test_a_sku_is_found_by_its_code_with_a_dash_or_a_colon_and_in_four_languages(seller: Seller) -> None:
    names = ["Linen tote", "リネントート", "亚麻手提袋", "린넨 토트백"]
    skus = [a_sku(seller, f"C-{place}", name, "x") for place, name in enumerate(names)]
    for sku, words in zip(skus, ("LINEN", "りねん", "手提袋", "토트백"), strict=True):
        assert list(with_words(Sku.objects.all(), words)) == [sku]
        assert list(with_words(Sku.objects.all(), sku.code)) == [sku]
        assert list(with_words(Sku.objects.all(), sku.code.replace("-", ":"))) == [sku]
    item = skus[0].item
    facts = editing.ItemFacts("Cotton bag", seller_code="BAG")
    editing.edit_item(item_code=item.code, facts=facts, actor=acting_for(seller), at=NOON)
    assert [list(with_words(Sku.objects.all(), word)) for word in ("linen", "cotton bag")] == [[], [skus[0]]]


def test_only_what_nothing_ever_used_is_deleted(seller: Seller) -> None:
    first, second = some_skus(seller, 2)
    lone, actor = a_sku(seller, "LONE"), acting_for(seller)
    a_photo(second)
    judged(an_order(seller, {"T-001": 1}))
    taken = refused(removing.SkuInUse, lambda: removing.remove_sku(sku_code=first.code, actor=actor, at=NOON))
    assert taken.details["uses"] == "orders"
    refused(removing.SkuInUse, lambda: removing.remove_item(item_code=first.item.code, actor=actor, at=NOON))
    refused(removing.LastSku, lambda: removing.remove_sku(sku_code=lone.code, actor=actor, at=NOON))
    removing.remove_sku(sku_code=second.code, actor=actor, at=NOON)
    assert (Sku.objects.filter(pk=second.pk).exists(), Photo.objects.exists()) == (False, False)
    stock_of(first, a_warehouse(), 1)
    assert set(removing.uses_of([first])[first.pk]) == {"orders", "stock or movements of stock"}
    assert EventRow.objects.get(name="sku.removed").data == {"seller_code": "T-002"}


def test_photos_are_pictures_once_each_at_most_eight_and_their_files_go_with_them(
    seller: Seller, django_capture_on_commit_callbacks: Any
) -> None:
    sku, actor = a_sku(seller), acting_for(seller)
    photo = a_photo(sku)
    assert (a_photo(sku).pk, Photo.objects.count()) == (photo.pk, 1)
    paper = StoredPaper("nowhere", "paper.pdf", PDF, 9, "f" * 64)
    refused(photos.NoPicture, lambda: photos.add_photo(sku_code=sku.code, paper=paper, actor=actor, at=NOON))
    for number in range(7):
        a_photo(sku, f"{number}".encode())
    another = a_picture(b"another")
    refused(photos.TooManyPhotos, lambda: photos.add_photo(sku_code=sku.code, paper=another, actor=actor, at=NOON))
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove_photo(sku_code=sku.code, photo_code=photo.code, actor=actor, at=NOON)
    assert not cupboard().exists(photo.storage_key)
    refused(NotFound, lambda: photos.remove_photo(sku_code=sku.code, photo_code=photo.code, actor=actor, at=NOON))


def test_an_item_is_shared_by_offer_and_answer_and_ended_by_either_side(seller: Seller) -> None:
    item, partner = an_item(seller), a_seller("Kumo")
    actor, friend = acting_for(seller), acting_for(partner)

    def offer(code: str) -> object:
        return sharing.offer_share(item_code=item.code, partner_code=code, actor=actor, at=NOON)

    refused(sharing.PartnerIsOneself, lambda: offer(seller.code))
    refused(NotFound, lambda: offer("SLR-222222-2"))
    share = a_share(item, partner)
    refused(sharing.AlreadyShared, lambda: offer(partner.code.lower()))
    accept = {"share_code": share.code, "is_accepted": True, "at": NOON}
    refused(NotFound, lambda: sharing.answer_share(**accept, actor=actor))
    assert sharing.answer_share(**accept, actor=friend).status == "accepted"
    refused(NoSuchStep, lambda: sharing.answer_share(**accept, actor=friend))
    stranger = acting_for(a_seller("Kaede"))
    refused(NotFound, lambda: sharing.end_share(share_code=share.code, actor=stranger, at=NOON))
    sharing.end_share(share_code=share.code, actor=friend, at=NOON)
    again = a_share(item, partner)
    assert sharing.answer_share(share_code=again.code, is_accepted=False, actor=friend, at=NOON).status == "declined"
    told = EventRow.objects.filter(name__startswith="item.share").order_by("pk").values_list("name", flat=True)
    assert list(told) == [
        *("item.share_offered", "item.share_answered", "item.share_ended"),
        *("item.share_offered", "item.share_answered"),
    ]
