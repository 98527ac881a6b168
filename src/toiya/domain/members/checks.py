"""What must always be true of sellers and people."""

from __future__ import annotations

from toiya.core.checks import Reference, Truths
from toiya.core.own_checks import code_check

TRUTHS = Truths(
    checks=(
        code_check("members_seller", "SLR"),
        code_check("members_certificate", "CRT"),
        code_check("members_application", "APP"),
        code_check("members_invitation", "INV"),
        code_check("members_apikey", "KEY"),
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
