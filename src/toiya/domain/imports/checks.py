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
    ),
    references=(
        Reference("imports_importsession", "wanted_by_id", "members_user"),
        Reference("imports_importsession", "started_by_id", "members_user"),
        Reference("imports_importrow", "seller_id", "members_seller"),
    ),
)
