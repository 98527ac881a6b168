"""The secret of a gift code: sixteen letters without look-alikes, and the hash that is kept of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LETTERS = 16  # 79 bits: nobody guesses one, brake or not
GROUP = 4


def shown(letters: str) -> str:
    """As it is printed: four groups of four."""
    return "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))


def typed(text: str) -> str:
    """What a person typed, full-width or with blanks and hyphens, as the plain letters."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())[:64]


def hashed(letters: str) -> str:
    """What is kept. The secret is random and long, so a plain hash cannot be searched."""
    return hashlib.sha256(f"gift {letters}".encode()).hexdigest()
