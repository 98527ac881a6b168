"""What must always be true of sellers and people."""

from __future__ import annotations

from toiya.core.checks import Reference, Truths
from toiya.core.own_checks import code_check

TRUTHS = Truths(
    checks=(code_check("members_seller", "SLR"),),
    counts={"sellers": "SELECT count(*) FROM members_seller"},
    references=(Reference("core_event", "seller_id", "members_seller"),),
)
