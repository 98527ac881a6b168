"""Which role may do what: data, and nothing but data."""

from __future__ import annotations

from toiya.core.actor import Permission as P

_SELLER_STAFF = {
    P.SEE_ORDERS, P.EDIT_ORDERS, P.SEE_STOCK, P.EDIT_CATALOG, P.SEE_WALLET, P.SEE_CONNECTIONS,
}  # fmt: skip
_FLOOR = {P.WORK_ON_FLOOR}
_OFFICE = set(P) - {P.EDIT_CONNECTIONS, P.TOP_UP}

SELLER_ROLES: dict[str, frozenset[P]] = {
    "owner": frozenset(_SELLER_STAFF | {P.EDIT_CONNECTIONS, P.TOP_UP}),
    "staff": frozenset(_SELLER_STAFF),
}
OPERATOR_ROLES: dict[str, frozenset[P]] = {
    "office": frozenset(_OFFICE),
    "lead": frozenset(_FLOOR | {P.LEAD_FLOOR, P.SEE_OFFICE, P.RELEASE_WAVES, P.SEE_ORDERS, P.SEE_STOCK, P.EDIT_STOCK}),
    "picker": frozenset(_FLOOR),
}
