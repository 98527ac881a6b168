"""Who acts, and what they may do. Every action gets one Actor; every view declares one Permission."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Permission(StrEnum):
    """One word per kind of act; which role has which is data in `members.rules`."""

    SEE_ORDERS = "see_orders"
    EDIT_ORDERS = "edit_orders"
    SEE_STOCK = "see_stock"
    EDIT_CATALOG = "edit_catalog"
    EDIT_INBOUND = "edit_inbound"
    APPROVE_INBOUND = "approve_inbound"
    SEE_WALLET = "see_wallet"
    TOP_UP = "top_up"
    SEE_CONNECTIONS = "see_connections"
    EDIT_CONNECTIONS = "edit_connections"
    SEE_COMPANY = "see_company"
    EDIT_COMPANY = "edit_company"
    SEE_TEAM = "see_team"
    EDIT_TEAM = "edit_team"
    EDIT_KEYS = "edit_keys"
    TALK = "talk"
    WORK_ON_FLOOR = "work_on_floor"
    LEAD_FLOOR = "lead_floor"
    SEE_OFFICE = "see_office"
    RELEASE_WAVES = "release_waves"
    EDIT_STOCK = "edit_stock"
    SEE_SELLERS = "see_sellers"
    APPROVE_SELLERS = "approve_sellers"
    ANSWER_SELLERS = "answer_sellers"
    EDIT_PRICES = "edit_prices"
    EDIT_STAFF = "edit_staff"
    MEND_JOBS = "mend_jobs"
    EDIT_DUES = "edit_dues"
    BILL_SELLERS = "bill_sellers"


class ActorKind(StrEnum):
    PERSON = "person"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """
    The one who acts: a person of a seller (`seller_id` set), of the operator (`seller_id` None), or a rule of ours.
    """

    kind: ActorKind
    id: str
    name: str
    seller_id: int | None = None
    warehouse_id: int | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    def may(self, permission: Permission) -> bool:
        """Whether this actor may do that kind of act at all (whose objects: `visible_to`)."""
        return permission in self.permissions

    @property
    def is_operator(self) -> bool:
        """Sees the rows of all sellers."""
        return self.seller_id is None


def system_actor(name: str) -> Actor:
    """A rule of ours, such as `allocation`; named in the timeline."""
    return Actor(kind=ActorKind.SYSTEM, id=name, name=name, permissions=frozenset(Permission))
