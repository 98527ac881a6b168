"""What must always be true of warehouses: only that those which others name exist."""

from __future__ import annotations

from toiya.core.checks import Reference, Truths

TRUTHS = Truths(
    counts={"bins": "SELECT count(*) FROM warehouses_bin"},
    references=(
        Reference("members_staff", "warehouse_id", "warehouses_warehouse"),
        Reference("members_invitation", "warehouse_id", "warehouses_warehouse"),
        Reference("members_application", "warehouse_id", "warehouses_warehouse"),
    ),
)
