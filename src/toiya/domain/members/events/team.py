"""What happens to roles, invitations, keys, and accounts that become one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWritten(Event):
    """Somebody was invited to a role, or the invitation was sent once more; subject is the invitation's code."""

    NAME: ClassVar[str] = "team.invited"
    invitation_id: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRevoked(Event):
    """An invitation was taken back; subject is its code."""

    NAME: ClassVar[str] = "team.invitation_revoked"
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAccepted(Event):
    """Somebody took the role they were invited to; subject is the invitation's code."""

    NAME: ClassVar[str] = "team.joined"
    user_id: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChanged(Event):
    """A person's role at a seller or at the operator was changed."""

    NAME: ClassVar[str] = "team.role_changed"
    user_id: int
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved(Event):
    """A person lost their role at a seller."""

    NAME: ClassVar[str] = "team.removed"
    user_id: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSwitched(Event):
    """A person of the operator was switched off, or on again."""

    NAME: ClassVar[str] = "staff.switched"
    user_id: int
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPlaced(Event):
    """A person of the operator works in another building."""

    NAME: ClassVar[str] = "staff.placed"
    user_id: int
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PinReset(Event):
    """A person of the operator got a new PIN, and their badge is open again."""

    NAME: ClassVar[str] = "staff.pin_reset"
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMade(Event):
    """A key for a program was made; subject is the key's code."""

    NAME: ClassVar[str] = "key.made"
    scopes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked(Event):
    """A key for a program works no more; subject is the key's code."""

    NAME: ClassVar[str] = "key.revoked"
    reason: str  # wish, role_changed, removed


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMergedAway(Event):
    """An account became part of another one of the same person; subject is its user's number."""

    NAME: ClassVar[str] = "account.merged_away"
    merged_user_id: int
    into_user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTookOver(Event):
    """An account got the roles of another one of the same person; subject is its user's number."""

    NAME: ClassVar[str] = "account.took_over"
    user_id: int
    from_user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipMoved(Event):
    """A role at a seller came to another account of the same person; subject is the user's number."""

    NAME: ClassVar[str] = "membership.moved"
    user_id: int
    from_user_id: int
    role: str
