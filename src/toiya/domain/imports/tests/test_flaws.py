"""Flaws are kept as codes and told in the language of who reads; rows of before stay readable."""

from __future__ import annotations

import pytest
from django.utils import translation

from tests.imports_world import checked, csv_file, excel_file
from tests.world import a_seller
from toiya.core.errors import NotFound
from toiya.core.sheets import read_sheet
from toiya.domain.imports.flaws import as_kept, of_refusal, told, trouble
from toiya.domain.imports.kinds import kind_of, kinds
from toiya.domain.imports.papers import rows_to_mend
from toiya.domain.imports.port import Flaw, TellsFlaws
from toiya.domain.imports.tests.stand_in import NotesSheet

NOTES = NotesSheet()


@pytest.mark.parametrize(
    ("flaw", "english"),
    [
        (Flaw("amount", "not_a_number", details={"value": "x"}), "“x” is not a number. Write digits."),
        (trouble("key", "formula"), "This is a formula. Copy the column and paste its values only."),
        (trouble("", "twice", key="A", row=2), "A stands in row 2 already. Delete one of the two."),
        (of_refusal(NotFound(kind="SKU", code="7")), "There is no SKU 7. Check the code and try once more."),
        (Flaw("", "gone_from_the_code"), "This row cannot be taken as it is. Compare it with the template."),
        (Flaw("key", "own", "Said by a kind itself: 100 %."), "Said by a kind itself: 100 %."),
    ],
)
def test_a_flaw_is_kept_without_words_and_told_with_them(flaw: Flaw, english: str) -> None:
    kept = as_kept(flaw)
    assert ("sentence" in kept) == bool(flaw.sentence)
    assert told(NOTES, kept) == english


def test_a_row_of_before_is_told_as_it_was_kept() -> None:
    assert (
        told(NOTES, {"column": "key", "code": "formula", "sentence": "これは式です。", "mend": ""}) == "これは式です。"
    )


def test_each_reader_is_told_in_their_own_language() -> None:
    kept = as_kept(trouble("key", "formula"))
    sentences = set()
    for language in ("en", "ja", "zh-hans", "ko"):
        with translation.override(language):
            sentences.add(told(NOTES, kept))
    assert len(sentences) == 4


@pytest.mark.django_db
@pytest.mark.seed("L01")
def test_the_rows_to_mend_come_in_the_language_of_who_downloads_them() -> None:
    session = checked(a_seller(), "items", csv_file(["ItemName", "Qty"], ["Tote", "5 pieces"]))
    errors = [read_sheet(rows_to_mend(session, each).content).rows[1].cells[-1] for each in ("en", "ja")]
    assert errors[0] == "Qty: “5 pieces” is not a whole number from 0 to 1,000,000. Write digits."
    assert errors[1] != errors[0]
    assert "5 pieces" in errors[1]


def test_every_kind_has_whole_sentences_for_its_flaws() -> None:
    for kind in kinds().values():
        assert isinstance(kind, TellsFlaws), kind.name
        for code, sentence in kind.flaw_words.items():
            assert str(sentence).endswith("."), (kind.name, code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "head", "row"),
    [
        ("orders", ["注文番号", "数量", "受取人名", "住所", "国家"], ["", "x", "", "", "Nowhere"]),
        ("items", ["ItemName", "Qty", "Price", "Currency", "HSCode"], ["", "x", "y", "yen?", "z"]),
        ("in-out", ["InventoryCode", "OptionCode", "Way", "Quantity", "BranchCode"], ["1", "2", "x", "y", "z"]),
        ("links", ["Listing number", "SKU code", "Pieces"], ["1", "nothing", "x"]),
    ],
)
def test_every_flaw_of_a_wrong_row_has_its_words(kind: str, head: list[str], row: list[str]) -> None:
    session = checked(a_seller(), kind, excel_file(head, row))
    kept = [flaw for each in session.import_rows.all() for flaw in each.flaws]
    assert len(kept) >= 2
    sentences = [told(kind_of(kind), flaw) for flaw in kept]
    assert not [each for each in sentences if each.startswith("This row cannot be taken") or "%(" in each]
