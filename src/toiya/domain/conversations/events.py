"""What happens in conversations. What only the operator may know belongs to no seller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationStarted(Event):
    """Somebody asked or told something about an object; subject is the conversation's code."""

    NAME: ClassVar[str] = "conversation.started"
    conversation_id: int
    about: str
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationAnswered(Event):
    """One side said something more."""

    NAME: ClassVar[str] = "conversation.answered"
    conversation_id: int
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationNoted(Event):
    """The operator wrote a note to itself."""

    NAME: ClassVar[str] = "conversation.noted"
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationHandedOver(Event):
    """A colleague of the operator's looks after it now."""

    NAME: ClassVar[str] = "conversation.handed_over"
    conversation_id: int
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationSettled(Event):
    """The operator said that nothing more is owed to the last word."""

    NAME: ClassVar[str] = "conversation.settled"
    conversation_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationClosed(Event):
    """One side ended the conversation."""

    NAME: ClassVar[str] = "conversation.closed"
    conversation_id: int
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsForgotten(Event):
    """What was said about an order was forgotten with its buyer; so many entries are empty now."""

    NAME: ClassVar[str] = "conversation.words_forgotten"
    conversation_id: int
    entries: int
