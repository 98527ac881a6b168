"""The translation files: read, renewed and written so that only what changed differs."""

import io
from collections.abc import Iterable
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog

from toiya.cli.messages.extraction import Message
from toiya.config.places import ROOT

LANGUAGES = ("ja", "zh_Hans", "ko")
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""


def path_of(language: str, root: Path = ROOT) -> Path:
    """Where a language's translations are."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str, root: Path = ROOT) -> Catalog:
    """The translations of a language; empty when there is no file yet."""
    path = path_of(language, root)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def renewed(language: str, messages: Iterable[Message], root: Path = ROOT) -> Catalog:
    """A catalog of exactly these messages, with the translations there are."""
    known = read(language, root)
    fresh = Catalog(locale=language)
    for message in messages:
        identity = message.texts if len(message.texts) > 1 else message.texts[0]
        found = known.get(message.texts[0], context=message.context)
        translation = found.string if found else ""
        if len(message.texts) > 1 and isinstance(translation, str):
            translation = (translation,)
        elif len(message.texts) == 1 and isinstance(translation, list | tuple):
            translation = translation[0]
        fresh.add(
            identity,
            string=translation,
            locations=[(message.place, message.line)],
            auto_comments=[],
            user_comments=found.user_comments if found else [],
            context=message.context,
        )
    return fresh


def write(language: str, catalog: Catalog, root: Path = ROOT) -> None:
    """Write a language's file, by place in the sources, without dates, tools and line numbers."""
    body = io.BytesIO()
    pofile.write_po(body, catalog, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    path = path_of(language, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER.format(language=language) + body.getvalue().decode())
