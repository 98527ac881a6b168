"""What happens to members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerJoined(Event):
    """A seller was taken on; subject is the seller's code."""

    NAME: ClassVar[str] = "seller.joined"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSignedUp(Event):
    """Somebody signed up by the form, or joined from a sales site's console; subject is the seller's code."""

    NAME: ClassVar[str] = "member.signed_up"
    user_id: int
    kind: str  # basic, business
    way: str  # form, console


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailToVerify(Event):
    """An e-mail address waits to be proven by its owner; subject is the user's number."""

    NAME: ClassVar[str] = "member.email_to_verify"
    user_id: int
    way: str  # link, code


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSubmitted(Event):
    """A seller applied for our service, or answered what we asked; subject is the application's code."""

    NAME: ClassVar[str] = "application.submitted"
    application_id: int


# People. Their subject is USR- and the person's number: what is told stays when the person is erased.


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeviceSignedIn(Event):
    """Somebody signed in from a device we had not seen with that account."""

    NAME: ClassVar[str] = "person.signed_in"
    user_id: int
    device: str
    way: str  # password, passkey, app, recovery_code, link


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed(Event):
    """A sign-in from an unknown device was refused; subject is a keyed hash of what was typed, known to us or not."""

    NAME: ClassVar[str] = "person.sign_in_failed"
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """A person set a new password."""

    NAME: ClassVar[str] = "person.password_changed"
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorAdded(Event):
    """A person added an authenticator app or a passkey."""

    NAME: ClassVar[str] = "person.factor_added"
    user_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRemoved(Event):
    """A person took an authenticator app or a passkey away."""

    NAME: ClassVar[str] = "person.factor_removed"
    user_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesMade(Event):
    """A person got new recovery codes; the old ones are void."""

    NAME: ClassVar[str] = "person.recovery_codes_made"
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodeUsed(Event):
    """A person signed in with a recovery code; so many are left."""

    NAME: ClassVar[str] = "person.recovery_code_used"
    user_id: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(Event):
    """Sessions of a person were ended by themselves or by somebody else."""

    NAME: ClassVar[str] = "person.sessions_ended"
    user_id: int
    sessions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataExported(Event):
    """A person took a copy of all we hold about them."""

    NAME: ClassVar[str] = "person.data_exported"
    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(Event):
    """A person was made nameless on their own wish; the number stays."""

    NAME: ClassVar[str] = "person.erased"
    user_id: int


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
