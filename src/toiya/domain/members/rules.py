"""Which role may do what: data, and nothing but data."""

from __future__ import annotations

from toiya.core.actor import Permission

_SELLER_STAFF = {
    Permission.SEE_ORDERS,
    Permission.EDIT_ORDERS,
    Permission.SEE_STOCK,
    Permission.EDIT_CATALOG,
    Permission.SEE_WALLET,
    Permission.SEE_CONNECTIONS,
}
_FLOOR = {Permission.WORK_ON_FLOOR}
_LEAD = {
    Permission.LEAD_FLOOR,
    Permission.SEE_OFFICE,
    Permission.RELEASE_WAVES,
    Permission.SEE_ORDERS,
    Permission.SEE_STOCK,
    Permission.EDIT_STOCK,
}

SELLER_ROLES: dict[str, frozenset[Permission]] = {
    "owner": frozenset(_SELLER_STAFF | {Permission.EDIT_CONNECTIONS, Permission.TOP_UP}),
    "staff": frozenset(_SELLER_STAFF),
}
OPERATOR_ROLES: dict[str, frozenset[Permission]] = {
    "office": frozenset(set(Permission) - {Permission.EDIT_CONNECTIONS, Permission.TOP_UP}),
    "lead": frozenset(_FLOOR | _LEAD),
    "picker": frozenset(_FLOOR),
}
