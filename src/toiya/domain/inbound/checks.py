"""What must always be true of deliveries."""

from __future__ import annotations

from toiya.core.checks import Truths
from toiya.domain.inbound import receiving_truths

TRUTHS = Truths(
    checks=(*receiving_truths.CHECKS,),
    counts={
        "cargo bundles": "SELECT count(*) FROM inbound_cargobundle",
        "counts at the dock": "SELECT count(*) FROM inbound_receipt",
    },
)
