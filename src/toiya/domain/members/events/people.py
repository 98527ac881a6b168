"""What happens to people. Their subject is USR- and the number: what is told stays when the person is erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


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
