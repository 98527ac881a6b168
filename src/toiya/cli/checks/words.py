"""The English sources avoid words that are vague, cold or loud (docs/architecture.md and the glossary)."""

import re

from toiya.cli.messages.extraction import Message, extract

AVOID = [
    *("please", "sorry", "oops", "invalid", "illegal", "forbidden", "failed to", "unexpected error"),
    *("an error occurred", "click here", "successfully", "n/a"),
]
PATTERN = re.compile(r"\b(?:" + "|".join(map(re.escape, AVOID)) + r")(?!\w)|!(?!=)", re.IGNORECASE)


def findings() -> list[str]:
    """Each message to people that uses such a word."""
    return [finding for message in extract() for finding in avoided(message)]


def avoided(message: Message) -> list[str]:
    """The words of one message that should go."""
    found = {word for text in message.texts for word in PATTERN.findall(text)}
    return [f"{message.place}: “{message.texts[0]}” says “{word}”" for word in sorted(found)]
