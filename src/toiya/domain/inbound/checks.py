"""What must always be true of deliveries."""

from __future__ import annotations

from toiya.core.checks import Truths

TRUTHS = Truths(counts={"cargo bundles": "SELECT count(*) FROM inbound_cargobundle"})
