"""Roles and permissions in words, for the pages that show who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Permission

ROLES: Mapping[str, Any] = {
    "owner": _("Owner"),
    "manager": _("Manager"),
    "clerk": _("Clerk"),
    "accountant": _("Accountant"),
    "viewer": _("Viewer"),
    "administrator": _("Administrator"),
    "approver": _("Approver"),
    "floor_lead": _("Floor lead"),
    "picker": _("Picker"),
}
PERMISSIONS: Mapping[Permission, Any] = {
    Permission.SEE_ORDERS: _("See orders"),
    Permission.EDIT_ORDERS: _("Enter, change and cancel orders"),
    Permission.SEE_STOCK: _("See SKUs and stock"),
    Permission.EDIT_CATALOG: _("Change SKUs"),
    Permission.EDIT_INBOUND: _("Announce and send goods"),
    Permission.APPROVE_INBOUND: _("Approve deliveries"),
    Permission.SEE_WALLET: _("See the wallet"),
    Permission.TOP_UP: _("Top up the wallet"),
    Permission.SEE_CONNECTIONS: _("See connected shops"),
    Permission.EDIT_CONNECTIONS: _("Connect shops and set their switches"),
    Permission.SEE_COMPANY: _("See company data"),
    Permission.EDIT_COMPANY: _("Change company data, read the audit"),
    Permission.SEE_TEAM: _("See the team"),
    Permission.EDIT_TEAM: _("Invite people, change their roles"),
    Permission.EDIT_KEYS: _("Make keys for programs"),
    Permission.TALK: _("Write to the operator"),
    Permission.WORK_ON_FLOOR: _("Pick, pack and ship"),
    Permission.LEAD_FLOOR: _("Lead the floor"),
    Permission.SEE_OFFICE: _("See the office"),
    Permission.RELEASE_WAVES: _("Release waves"),
    Permission.EDIT_STOCK: _("Correct stock"),
    Permission.SEE_SELLERS: _("See sellers"),
    Permission.APPROVE_SELLERS: _("Approve sellers"),
    Permission.ANSWER_SELLERS: _("Answer sellers"),
    Permission.EDIT_PRICES: _("Write and approve rate cards, quote"),
    Permission.EDIT_STAFF: _("Change the operator's people, read the audit"),
    Permission.MEND_JOBS: _("Mend machines and jobs"),
    Permission.EDIT_DUES: _("Ask for payments, decide disputes, publish terms"),
    Permission.BILL_SELLERS: _("Close bills, write invoices and credit notes"),
}


def role_word(role: str) -> Any:
    """How people call a role."""
    return ROLES.get(role, role)


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One permission, and for each role whether it has it."""

    word: Any
    cells: list[tuple[Any, bool]]


def table_of(roles: Mapping[str, frozenset[Permission]]) -> list[PermissionRow]:
    """Role by permission, without the permissions none of these roles has."""
    return [
        PermissionRow(word, [(role_word(role), permission in roles[role]) for role in roles])
        for permission, word in PERMISSIONS.items()
        if any(permission in each for each in roles.values())
    ]
