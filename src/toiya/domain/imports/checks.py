"""What must always be true of files that were handed in."""

from __future__ import annotations

from toiya.core.checks import Reference, Truths

TRUTHS = Truths(
    counts={"imports": "SELECT count(*) FROM imports_importsession"},
    references=(
        Reference("imports_importsession", "started_by_id", "members_user"),
        Reference("imports_importrow", "seller_id", "members_seller"),
    ),
)
