"""Which SKU a listing may mean, without a database."""

from __future__ import annotations

import pytest

from toiya.domain.channels.link_rules import (
    Offer,
    Proposal,
    Thing,
    Why,
    compared,
    needs_hs_code,
    pieces_named,
    propose,
    shelf_of,
)

TOTE = Thing(1, "リネントート", "ネイビー M", "LT-NVM", ("4901234567894",))
SOAP = Thing(2, "石けん 100g", "", "SOAP")
BAG = Thing(3, "Linen tote", "navy L", "LT-NVL")
SHELF = shelf_of([TOTE, SOAP, BAG])


@pytest.mark.seed("L02", "L44")
@pytest.mark.parametrize("code", ["LT-NVM", "lt-nvm", "ＬＴ－ＮＶＭ", " LT-NVM "])
def test_the_same_code_is_certain_in_any_width_and_case(code: str) -> None:
    assert propose(Offer(9, "something else", code=code), SHELF) == Proposal(1, Why.CODE, 100)


@pytest.mark.seed("L02", "L44")
@pytest.mark.parametrize(
    "offer",
    [
        Offer(9, "トート 4901234567894"),
        Offer(9, "トート", "バーコード：４９０１２３４５６７８９４"),
        Offer(9, "トート", codes=("4901234567894", "")),
    ],
)
def test_a_barcode_in_title_option_or_code_names_the_sku(offer: Offer) -> None:
    assert propose(offer, SHELF) == Proposal(1, Why.BARCODE, 97)


@pytest.mark.parametrize("number", ["14901234567894", "490123456789", "0004901234567894"])
def test_a_longer_or_shorter_number_is_not_the_barcode(number: str) -> None:
    assert propose(Offer(9, number), SHELF) is None


@pytest.mark.seed("L02", "L44")
def test_words_in_common_propose_with_a_confidence_and_the_pieces_named() -> None:
    same = propose(Offer(9, "りねんトート", "ネイビー M"), SHELF)
    part = propose(Offer(9, "石けん 100g 3個セット 送料無料"), SHELF)
    assert same == Proposal(1, Why.WORDS, 95)
    assert part is not None
    assert (part.sku_id, part.why, part.pieces) == (2, Why.WORDS, 3)
    assert 40 <= part.confidence < 95
    assert propose(Offer(9, "LINEN TOTE", "Navy／L"), SHELF) == Proposal(3, Why.WORDS, 95)
    assert propose(Offer(9, "ギフト袋"), SHELF) is None
    assert propose(Offer(9, ""), SHELF) is None


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("石けん 3個セット", 3),
        ("お茶 ２４本入", 24),
        ("비누 5개", 5),
        ("soap 2 packs", 2),
        ("soap 100 g", 1),
        ("0個", 1),
    ],
)
def test_a_title_names_its_pieces(text: str, pieces: int) -> None:
    assert pieces_named(text) == pieces


def test_kana_and_width_are_compared_alike() -> None:
    assert compared("ﾈｲﾋﾞｰ") == compared("ねいびー") == "ネイビー"


@pytest.mark.seed("A099")
def test_cross_border_services_need_an_hs_code() -> None:
    assert [needs_hs_code(service) for service in ("sagawa_international", "nekopos", "")] == [True, False, False]
