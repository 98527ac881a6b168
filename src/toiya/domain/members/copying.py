"""All we hold about one person, as plain data: for the copy a person may ask for."""

from __future__ import annotations

from typing import Any

from toiya.core.models import EventRow
from toiya.domain.members.models import (
    ApiKey,
    Challenge,
    Consent,
    Factor,
    Invitation,
    Membership,
    SignedIn,
    Staff,
    User,
)
from toiya.domain.members.queries import person_code

MOST_EVENTS = 10_000


def copy_of(user: User) -> dict[str, Any]:
    """Everything that names or describes this person; hashes and sealed secrets are left out."""
    about = EventRow.objects.filter(subject=person_code(user.pk)).order_by("-pk")[:MOST_EVENTS]
    return {
        "person": _columns(
            user, "login email name language theme phone phone_verified_at email_verified_at last_login"
        ),
        "roles": _rows(Membership.objects.filter(user=user), "seller__code seller__name role"),
        "staff": _rows(Staff.objects.filter(user=user), "role badge"),
        "second_factors": _rows(Factor.objects.filter(user=user), "kind name added_at used_at"),
        "sessions": _rows(SignedIn.objects.filter(user=user), "device address began_at seen_at"),
        "consents": _rows(Consent.objects.filter(user_id=user.pk), "document version language agreed_at"),
        "invitations": _rows(Invitation.objects.filter(email=user.email), "role invited_at accepted_at"),
        "proofs_sent": _rows(Challenge.objects.filter(user=user), "purpose target made_at used_at"),
        "keys_made": _rows(ApiKey.objects.filter(made_by_id=user.pk), "code name made_at revoked_at"),
        "events": [{"name": row.name, "at": row.at, "data": row.data} for row in about],
    }


def _columns(row: Any, names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names.split()}


def _rows(rows: Any, names: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*names.split()))
