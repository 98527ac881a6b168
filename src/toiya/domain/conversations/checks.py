"""What must always be true of conversations."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.core.own_checks import code_check
from toiya.domain.outbound.events import BuyerForgotten

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
# A night forgets the buyer, and then what was said about the order.
_REMEMBERED = f"""
SELECT c.code AS subject, f.subject AS order_code, count(e.id) AS entries
FROM conversations_conversation c
LEFT JOIN outbound_parcel p ON c.about_kind IN ('parcel', 'label', 'charge') AND p.code = c.about_code
LEFT JOIN orders_order o ON o.id = p.order_id
JOIN core_event f ON f.name = '{BuyerForgotten.NAME}'
                 AND f.subject = CASE c.about_kind WHEN 'order' THEN c.about_code ELSE o.code END
JOIN conversations_entry e ON e.conversation_id = c.id AND e.text <> '' AND e.said_at <= f.at
WHERE f.at < %(at)s::timestamptz - interval '2 days'
GROUP BY c.id, f.subject
"""  # noqa: S608

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
        Check(
            "I25",
            "words_are_forgotten_with_their_buyer",
            _REMEMBERED,
            "Conversation %(subject)s: the buyer of %(order_code)s was forgotten, and %(entries)s entries about it "
            "still say what was said. Start a worker: it empties them at night.",
        ),
    ),
    counts={"conversations": "SELECT count(*) FROM conversations_conversation"},
    references=(
        Reference("conversations_conversation", "assigned_to_id", "members_user"),
        Reference("conversations_entry", "author_id", "members_user"),
    ),
)
