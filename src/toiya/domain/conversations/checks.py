"""What must always be true of conversations."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.core.own_checks import code_check

_SILENT = """
SELECT c.code AS subject FROM conversations_conversation c
WHERE NOT EXISTS (SELECT 1 FROM conversations_entry e WHERE e.conversation_id = c.id AND NOT e.is_internal)
"""
# Whose turn it is follows from who spoke last; a settled conversation has a seller's last word, a closed one any.
_TURNS = """
SELECT c.code AS subject, c.status, l.side FROM conversations_conversation c
CROSS JOIN LATERAL (
    SELECT e.side FROM conversations_entry e WHERE e.conversation_id = c.id AND NOT e.is_internal
    ORDER BY e.id DESC LIMIT 1
) l
WHERE (c.status = 'waiting_for_operator' AND l.side <> 'seller')
   OR (c.status = 'waiting_for_seller' AND l.side <> 'operator')
"""

TRUTHS = Truths(
    checks=(
        code_check("conversations_conversation", "CNV"),
        Check("I21", "conversations_have_words", _SILENT, "Conversation %(subject)s: nothing was said in it."),
        Check(
            "I21",
            "conversations_wait_for_the_right_side",
            _TURNS,
            "Conversation %(subject)s is %(status)s, but the %(side)s spoke last.",
        ),
    ),
    counts={"conversations": "SELECT count(*) FROM conversations_conversation"},
    references=(
        Reference("conversations_conversation", "assigned_to_id", "members_user"),
        Reference("conversations_entry", "author_id", "members_user"),
    ),
)
