"""Texts for people: found in every source, translated in every language, placeholders kept."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from toiya.cli import languages
from toiya.cli.checks import words
from toiya.cli.messages import catalogs, extraction, problems
from toiya.cli.messages.extraction import Message

TEMPLATE = """{% load i18n %}
    <h1>{% translate "Orders" %}</h1>
  {% if a %}
{% blocktranslate count counter=n %}{{ counter }} piece{% plural %}{{ counter }} pieces{% endblocktranslate %}
      {% translate "Pick" context "verb" %}{% endif %}
 {% part title=_("Stock") %}
"""
PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext

def f(code):
    return _("%(code)s is gone.") % {"code": code}, _("Long "
        "text"), ngettext("%(n)s bin", "%(n)s bins", 2)
"""


def texts_of(folder: Path, name: str, source: str) -> list[tuple[tuple[str, ...], str | None]]:
    """The texts and contexts found in a file of this name."""
    path = folder / name
    path.write_text(source)
    return [(message.texts, message.context) for message in extraction.of_file(path)]


def message(*texts: str) -> Message:
    """A text of some source."""
    return Message(texts, None, "src/toiya/x.py", 1)


def translated(*pairs: tuple[str | tuple[str, ...], str | tuple[str, ...]]) -> Catalog:
    """A Japanese catalog."""
    catalog = Catalog(locale="ja")
    for text, translation_of_it in pairs:
        catalog.add(text, translation_of_it)
    return catalog


def test_texts_are_found_in_templates_whatever_their_indentation(tmp_path: Path) -> None:
    assert texts_of(tmp_path, "page.html", TEMPLATE) == [
        (("Orders",), None),
        (("%(counter)s piece", "%(counter)s pieces"), None),
        (("Pick",), "verb"),
        (("Stock",), None),
    ]


def test_texts_are_found_in_python_joined_and_plural(tmp_path: Path) -> None:
    assert texts_of(tmp_path, "page.py", PYTHON) == [
        (("%(code)s is gone.",), None),
        (("Long text",), None),
        (("%(n)s bin", "%(n)s bins"), None),
    ]


def test_a_text_without_translation_is_reported_with_its_place() -> None:
    catalog = translated(("Orders", "受注"), ("Stock", ""))

    assert problems.untranslated(catalog, [message("Orders"), message("Stock"), message("Bins")]) == [
        "src/toiya/x.py:1: “Stock” is not translated",
        "src/toiya/x.py:1: “Bins” is not translated",
    ]


def test_a_translation_that_lost_a_placeholder_is_reported() -> None:
    catalog = translated(("%(code)s is gone.", "ありません。"), ("{count} of {all}", "{all}中{count}"))

    assert problems.misplaced(catalog, [message("%(code)s is gone."), message("{count} of {all}")]) == [
        "src/toiya/x.py:1: “ありません。” has [], not ['%(code)s']"
    ]


def test_renewing_keeps_translations_and_drops_what_the_sources_no_longer_say(tmp_path: Path) -> None:
    catalogs.write("ja", translated(("Orders", "受注"), ("Gone", "過去")), root=tmp_path)
    wanted = [message("Orders"), message("%(n)s bin", "%(n)s bins")]

    catalogs.write("ja", catalogs.renewed("ja", wanted, root=tmp_path), root=tmp_path)

    text = catalogs.path_of("ja", tmp_path).read_text()
    assert '#: src/toiya/x.py\nmsgid "Orders"\nmsgstr "受注"\n' in text
    assert 'msgid_plural "%(n)s bins"\nmsgstr[0] ""\n' in text
    assert "Gone" not in text
    assert "Date" not in text
    catalogs.write("ja", catalogs.renewed("ja", wanted, root=tmp_path), root=tmp_path)
    assert catalogs.path_of("ja", tmp_path).read_text() == text


def test_translations_are_compiled_once_into_what_gettext_reads(tmp_path: Path) -> None:
    catalogs.write("ja", translated(("Orders of today", "本日の受注")), root=tmp_path)

    compiled = languages.compile_all(tmp_path / "locale")

    assert [path.name for path in compiled] == ["django.mo"]
    assert languages.compile_all(tmp_path / "locale") == []
    with compiled[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Orders of today") == "本日の受注"


@pytest.mark.parametrize(
    ("text", "words_found"),
    [
        ("Enter the receiver's phone number.", []),
        ("Please enter it!", ["!", "Please"]),
        ("The key is invalid.", ["invalid"]),
        ("Validated. Pleased.", []),
        ("Saved successfully", ["successfully"]),
    ],
)
def test_words_to_avoid_are_found_whole(text: str, words_found: list[str]) -> None:
    assert words.avoided(message(text)) == [f"src/toiya/x.py: “{text}” says “{word}”" for word in words_found]
