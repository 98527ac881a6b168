"""All texts for people in our sources: gettext calls in Python, translate tags in templates."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.extract import extract as extract_with_babel
from django.utils.translation.template import templatize

from toiya.cli.checks.sources import shown, tracked

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str | None, str]  # context and English text: what finds a translation


@dataclass(frozen=True)
class Message:
    """One text of the sources: the English singular, and the plural if it has one."""

    texts: tuple[str, ...]
    context: str | None
    place: str
    line: int

    @property
    def key(self) -> Key:
        """What finds its translation."""
        return self.context, self.texts[0]


def extract() -> list[Message]:
    """Every text with the first place where it stands, in the order of files and lines."""
    found: dict[Key, Message] = {}
    for path in tracked("src/*.py", "src/*.html", "src/*.txt"):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for message in of_file(path):
            known = found.get(message.key)
            if known is None or len(message.texts) > len(known.texts):
                found[message.key] = message
    return list(found.values())


def of_file(path: Path) -> Iterator[Message]:
    """The texts of one file."""
    source = path.read_text()
    if path.suffix != ".py":
        source = _as_python(source, path)
    calls = extract_with_babel("python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for line, texts, _comments, context in calls:
        together = (texts,) if isinstance(texts, str) else tuple(filter(None, texts))
        if together and together[0]:
            yield Message(together, context, shown(path), line)


def _as_python(source: str, path: Path) -> str:
    """A template with all but its texts blanked out; without indentation, which would mean something."""
    return "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).split("\n"))
