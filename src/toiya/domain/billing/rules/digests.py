"""What makes a bill checkable: each line as one text, its digest, and the digest of them all (D-01)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def canonical(line: Mapping[str, Any]) -> str:
    """A line as the one text it has: keys in order, no blanks. The stand-alone checker builds the same."""
    return json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_all(digests: Iterable[str]) -> str:
    """The digest that stands on the invoice: of the lines' digests, one below the other."""
    return digest("\n".join(digests))
