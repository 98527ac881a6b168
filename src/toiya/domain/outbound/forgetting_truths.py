"""What must always be true of buyers whose time is over (R25)."""

from __future__ import annotations

from toiya.core.checks import Check
from toiya.domain.outbound.events import BuyerForgotten

_FILES = f"""
SELECT o.code AS subject, s.code AS file, count(*) AS rows
FROM core_event f JOIN orders_order o ON o.code = f.subject
JOIN imports_importrow r ON r.seller_id = o.seller_id AND r.subject = o.code
JOIN imports_importsession s ON s.id = r.session_id
WHERE f.name = '{BuyerForgotten.NAME}' AND (r.cells <> '{{}}' OR r.changes <> '[]' OR r.flaws <> '[]')
GROUP BY o.code, s.code
"""  # noqa: S608

CHECKS = (
    Check(
        "I25",
        "files_forget_before_their_orders",
        _FILES,
        "The buyer of %(subject)s was forgotten, and %(rows)s rows of file %(file)s still say who it was. Empty them.",
    ),
)
