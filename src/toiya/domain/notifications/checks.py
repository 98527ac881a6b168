"""What must always be true of letters."""

from __future__ import annotations

from toiya.core.checks import Check, Level, Truths
from toiya.domain.conversations.events import WordsForgotten

_KEPT_SECRETS = """
SELECT key AS subject, kind, status FROM notifications_message WHERE sealed_secret <> '' AND status <> 'waiting'
"""
_STUCK = """
SELECT key AS subject, kind, attempt, problem FROM notifications_message
WHERE status = 'waiting' AND wanted_at < %(at)s::timestamptz - interval '73 hours'
"""
_WAITING = """
SELECT key AS subject, kind, attempt, problem FROM notifications_message
WHERE status = 'waiting' AND wanted_at >= %(at)s::timestamptz - interval '73 hours'
"""
_NOT_DELIVERED = """
SELECT key AS subject, kind, status, problem FROM notifications_message WHERE status IN ('bounced', 'given_up')
"""
_REMEMBERED = f"""
SELECT m.key AS subject, f.subject AS conversation
FROM core_event f JOIN notifications_message m ON m.kind = 'conversation_said' AND m.words ->> 'code' = f.subject
WHERE f.name = '{WordsForgotten.NAME}' AND m.status <> 'waiting' AND m.wanted_at < f.at AND m.words ->> 'text' <> ''
"""  # noqa: S608

TRUTHS = Truths(
    checks=(
        Check(
            "I21",
            "letters_forget_their_secret",
            _KEPT_SECRETS,
            "Letter %(subject)s (%(kind)s) is %(status)s, but its secret still lies sealed in its row.",
        ),
        Check(
            "I25",
            "letters_forget_with_their_conversation",
            _REMEMBERED,
            "Letter %(subject)s still says what was said in %(conversation)s, which was forgotten. Empty it.",
        ),
        Check(
            "I22",
            "letters_do_not_wait_for_ever",
            _STUCK,
            "Letter %(subject)s (%(kind)s) still waits after 72 hours (attempt %(attempt)s %(problem)s). "
            "Start a worker: it sends or gives up.",
        ),
        Check(
            "I22",
            "letters_waiting",
            _WAITING,
            "Letter %(subject)s (%(kind)s) still has to be sent (attempt %(attempt)s %(problem)s).",
            Level.OPEN,
        ),
        Check(
            "I22",
            "letters_not_delivered",
            _NOT_DELIVERED,
            "Letter %(subject)s (%(kind)s) is %(status)s: %(problem)s",
            Level.NOTE,
        ),
    ),
    counts={
        "letters": "SELECT count(*) FROM notifications_message",
        "letters_waiting": "SELECT count(*) FROM notifications_message WHERE status = 'waiting'",
    },
)
