"""What is wrong with a language's translations."""

import re
from collections.abc import Iterable

from babel.messages.catalog import Catalog

from toiya.cli.messages.catalogs import LANGUAGES, read
from toiya.cli.messages.extraction import Message, extract

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def findings() -> list[str]:
    """Each text without a translation, and each translation with other placeholders, in every language."""
    messages = extract()
    return [
        f"{language}: {finding}"
        for language in LANGUAGES
        for catalog in [read(language)]
        for finding in [*untranslated(catalog, messages), *misplaced(catalog, messages)]
    ]


def untranslated(catalog: Catalog, messages: Iterable[Message]) -> list[str]:
    """The texts that have no translation."""
    return [
        f"{message.place}:{message.line}: “{message.texts[0]}” is not translated"
        for message in messages
        if not all(translations(catalog, message) or [""])
    ]


def misplaced(catalog: Catalog, messages: Iterable[Message]) -> list[str]:
    """The translations whose placeholders are not those of the English text."""
    found = []
    for message in messages:
        expected = set(PLACEHOLDER.findall(message.texts[-1]))
        found += [
            f"{message.place}:{message.line}: “{text}” has {sorted(given)}, not {sorted(expected)}"
            for text in filter(None, translations(catalog, message))
            if (given := set(PLACEHOLDER.findall(text))) != expected
        ]
    return found


def translations(catalog: Catalog, message: Message) -> list[str]:
    """The translations of a message, one for each plural form of the language; none when it is not known."""
    found = catalog.get(message.texts[0], context=message.context)
    if found is None or found.fuzzy:
        return []
    return [found.string] if isinstance(found.string, str) else [text or "" for text in found.string or ()]
