"""Which passwords are good enough (A004), and which are guessed first however long they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

LONGEST = 256
SHORTEST_WORD = 4  # of a name or an address that must not stand in a password
SHORTEST = 8
_SAY_NOTHING = frozenset({"info", "mail", "shop", "store", "office", "sales", "gmail", "company", "limited"})
# What people write for a letter; one who guesses knows that too.
_MASKS = str.maketrans("013457@$!", "oieastasi")
_ENDS = re.compile(r"^[^a-z]+|[^a-z]+$")


@dataclass(frozen=True, slots=True)
class Policy:
    """What an installation asks for. `length` may be raised by setting, never lowered below 8."""

    length: int = SHORTEST
    common: frozenset[str] = frozenset()  # cores of passwords that are tried first, as `core_of` gives them


# The parts of the rule in the order they are shown, each with what it means.
PARTS: Mapping[str, Callable[[str, Policy], bool]] = {
    "length": lambda password, policy: len(password) >= policy.length,
    "upper": lambda password, _: any("A" <= letter <= "Z" for letter in password),
    "lower": lambda password, _: any("a" <= letter <= "z" for letter in password),
    "digit": lambda password, _: any("0" <= letter <= "9" for letter in password),
    "special": lambda password, _: any(is_special(letter) for letter in password),
}


def is_special(letter: str) -> bool:
    """Neither letter, digit nor control character: punctuation, symbols, spaces."""
    return unicodedata.category(letter)[0] in "PSZ"


def core_of(password: str) -> str:
    """What is left of a password when its decoration is taken off: `P@ssw0rd123!` is `password`."""
    small = unicodedata.normalize("NFKC", password).casefold()
    bare = _ENDS.sub("", small).translate(_MASKS) if any("a" <= letter <= "z" for letter in small) else small
    return bare or small


def faults(password: str, policy: Policy, words: Iterable[str] = ()) -> list[str]:
    """
    Codes of everything that is wrong: the unmet PARTS, then too_long, common, own_words; empty when it is good.

    :param words: the operator's name, the e-mail, the names of person and seller: none may stand in it
    """
    found = [part for part, is_met in PARTS.items() if not is_met(password, policy)]
    if len(password) > LONGEST:
        return [*found, "too_long"]
    if is_common(password, policy.common):
        found.append("common")
    small = unicodedata.normalize("NFKC", password).casefold()
    if any(word in small for word in telling_words(words)):
        found.append("own_words")
    return found


def is_common(password: str, common: Set[str]) -> bool:
    """Whether it is on the list as it is, or is one of the list with decoration."""
    small = unicodedata.normalize("NFKC", password).casefold()
    return small in common or core_of(password) in common or small.translate(_MASKS) in common


def telling_words(texts: Iterable[str]) -> set[str]:
    """The words of names and addresses that are long enough to tell something: `mina@hanataba.example` has three."""
    small = (unicodedata.normalize("NFKC", text).casefold() for text in texts)
    return {word for text in small for word in re.split(r"[\W_]+", text) if len(word) >= SHORTEST_WORD} - _SAY_NOTHING
