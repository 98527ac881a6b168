"""What must always be true of files that were handed in."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.core.own_checks import code_check

_COUNTED = """
SELECT s.code AS subject, s.rows_applied AS told, count(r.id) AS found
FROM imports_importsession s
LEFT JOIN imports_importrow r ON r.session_id = s.id AND r.state = 'applied'
WHERE s.status IN ('applying', 'done', 'checked') GROUP BY s.id HAVING s.rows_applied <> count(r.id)
"""
# What a deadline emptied stays empty.
_REMEMBERED = """
SELECT s.code AS subject, count(*) AS rows
FROM imports_importsession s
JOIN imports_importrow r ON r.session_id = s.id AND (r.cells <> '{}' OR r.changes <> '[]')
WHERE s.forgotten_at IS NOT NULL GROUP BY s.id
"""

TRUTHS = Truths(
    counts={"imports": "SELECT count(*) FROM imports_importsession"},
    checks=(
        code_check("imports_importsession", "IMP"),
        Check(
            "I17",
            "applied_rows_are_counted",
            _COUNTED,
            "File %(subject)s says %(told)s of its rows are applied, and %(found)s are. Count them once more.",
        ),
        Check(
            "I25",
            "forgotten_rows_are_empty",
            _REMEMBERED,
            "File %(subject)s is forgotten, and %(rows)s of its rows still say what stood in them. Empty them.",
        ),
    ),
    references=(
        Reference("imports_importsession", "wanted_by_id", "members_user"),
        Reference("imports_importsession", "started_by_id", "members_user"),
        Reference("imports_importrow", "seller_id", "members_seller"),
    ),
)
