"""What a program's key may be allowed to do: the permissions our API has work for."""

from __future__ import annotations

from toiya.core.actor import Permission

SCOPES: tuple[Permission, ...] = (
    Permission.SEE_COMPANY,
    Permission.SEE_ORDERS,
    Permission.EDIT_ORDERS,
    Permission.SEE_STOCK,
    Permission.EDIT_CATALOG,
    Permission.EDIT_INBOUND,
)
