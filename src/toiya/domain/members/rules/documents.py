"""What a member agrees to (A018), each document by its version. A new version is a new text and a new date."""

from __future__ import annotations

from collections.abc import Mapping

VERSIONS: Mapping[str, str] = {"terms": "2026-11-25", "privacy": "2026-11-25", "fees": "2026-11-25"}
