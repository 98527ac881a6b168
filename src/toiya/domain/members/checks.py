"""What must always be true of sellers and people."""

from __future__ import annotations

from toiya.core.checks import Check, Reference, Truths
from toiya.core.own_checks import code_check

_KEPT_SECRETS = """
SELECT id::text AS subject, purpose FROM members_challenge
WHERE sealed_secret <> '' AND (sent_at IS NOT NULL OR used_at IS NOT NULL OR replaced_at IS NOT NULL)
"""
_GUESSED_ON = """
SELECT id::text AS subject, purpose, wrong_tries FROM members_challenge WHERE wrong_tries > 5
"""

TRUTHS = Truths(
    checks=(
        code_check("members_seller", "SLR"),
        code_check("members_certificate", "CRT"),
        code_check("members_application", "APP"),
        code_check("members_invitation", "INV"),
        code_check("members_apikey", "KEY"),
        Check(
            "I21",
            "proofs_forget_their_secret",
            _KEPT_SECRETS,
            "Proof %(subject)s (%(purpose)s) was sent, given or replaced, but its secret still lies sealed in its row.",
        ),
        Check(
            "I21",
            "codes_end_after_five_tries",
            _GUESSED_ON,
            "Proof %(subject)s (%(purpose)s) counts %(wrong_tries)s wrong tries; after 5 it must have ended.",
        ),
    ),
    counts={"sellers": "SELECT count(*) FROM members_seller"},
    references=(
        Reference("core_event", "seller_id", "members_seller"),
        Reference("members_certificate", "uploaded_by_id", "members_user"),
        Reference("members_consent", "user_id", "members_user"),
        Reference("members_application", "decided_by_id", "members_user"),
        Reference("members_guidancedone", "done_by_id", "members_user"),
        Reference("members_invitation", "invited_by_id", "members_user"),
        Reference("members_apikey", "made_by_id", "members_user"),
    ),
)
