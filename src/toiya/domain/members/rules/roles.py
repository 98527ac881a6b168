"""Which role may do what: data, and nothing but data."""

from __future__ import annotations

from collections.abc import Mapping

from toiya.core.actor import Permission

P = Permission
_SEES = {P.SEE_ORDERS, P.SEE_STOCK, P.SEE_CONNECTIONS, P.SEE_COMPANY, P.SEE_TEAM}
_CLERK = _SEES | {P.EDIT_ORDERS, P.EDIT_CATALOG, P.EDIT_INBOUND, P.SEE_WALLET, P.TALK}
_MANAGER = _CLERK | {P.EDIT_CONNECTIONS, P.TOP_UP, P.EDIT_COMPANY}
_FLOOR = {P.WORK_ON_FLOOR}
_LEAD = _FLOOR | {
    P.LEAD_FLOOR,
    P.SEE_OFFICE,
    P.RELEASE_WAVES,
    P.APPROVE_INBOUND,
    P.SEE_ORDERS,
    P.SEE_STOCK,
    P.EDIT_STOCK,
}
_SELLERS_OWN = {
    P.EDIT_CONNECTIONS,
    P.EDIT_INBOUND,
    P.TOP_UP,
    P.EDIT_COMPANY,
    P.SEE_TEAM,
    P.EDIT_TEAM,
    P.EDIT_KEYS,
    P.TALK,
}

SELLER_ROLES: Mapping[str, frozenset[Permission]] = {
    "owner": frozenset(_MANAGER | {P.EDIT_TEAM, P.EDIT_KEYS}),
    "manager": frozenset(_MANAGER),
    "clerk": frozenset(_CLERK),
    "accountant": frozenset(_SEES | {P.SEE_WALLET, P.TOP_UP, P.TALK}),
    "viewer": frozenset(_SEES),
}
OPERATOR_ROLES: Mapping[str, frozenset[Permission]] = {
    "administrator": frozenset(set(P) - _SELLERS_OWN),
    "approver": frozenset({P.SEE_OFFICE, P.SEE_SELLERS, P.SEE_COMPANY, P.APPROVE_SELLERS, P.ANSWER_SELLERS}),
    "floor_lead": frozenset(_LEAD),
    "picker": frozenset(_FLOOR),
    "accountant": frozenset(
        {P.SEE_OFFICE, P.SEE_SELLERS, P.SEE_COMPANY, P.SEE_WALLET, P.SEE_ORDERS, P.ANSWER_SELLERS}
        | {P.EDIT_DUES, P.EDIT_PRICES, P.BILL_SELLERS}
    ),
}
# What a member may still do while the seller waits for approval, or was not approved: look, tell us more, ask.
WHILE_PENDING = frozenset(_SEES | {P.EDIT_COMPANY, P.EDIT_TEAM, P.SEE_WALLET, P.TALK})


def higher_role(one: str, other: str) -> str:
    """The one of two seller's roles that may do more."""
    return max(one, other, key=lambda role: len(SELLER_ROLES.get(role, frozenset())))
