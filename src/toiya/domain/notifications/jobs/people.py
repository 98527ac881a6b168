"""Letters about people: invitations, and a notice to the person on every change of what they sign in with."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from toiya.core import clock, secrets
from toiya.core.models import EventRow
from toiya.domain.members.actions.inviting import bound_to
from toiya.domain.members.models import Invitation, User
from toiya.domain.members.queries import person_code
from toiya.domain.notifications.actions.writing import Letter, Recipient, to_user, write_letter

QUEUE = "notifications"
LOOK_BACK = timedelta(days=1)
# Which letter tells of which event; the words are the event's own.
LETTERS = {
    "person.signed_in": "new_device",
    "person.password_changed": "password_changed",
    "person.factor_added": "factor_added",
    "person.factor_removed": "factor_removed",
    "person.recovery_codes_made": "recovery_codes_made",
    "person.recovery_code_used": "recovery_code_used",
}


@app.task(name="notifications.write_invitation", queue=QUEUE)
def write_invitation(invitation_id: int) -> None:
    """The link to whoever was invited; once per link, however often this runs."""
    invitation: Invitation | None = Invitation.objects.select_related("seller").filter(pk=invitation_id).first()
    if invitation is None or not invitation.sealed_secret:
        return
    inviter = User.objects.filter(pk=invitation.invited_by_id).values_list("name", flat=True).first() or ""
    words = {"shop": invitation.seller.name if invitation.seller else "", "inviter": inviter}
    secret = secrets.unseal(invitation.sealed_secret, bound_to=bound_to(invitation.code))
    write_letter(
        letter=Letter("invitation", words, secret),
        to=Recipient(invitation.email, invitation.language, invitation.name, None, invitation.seller_id),
        key=f"invitation-{invitation.pk}-{invitation.secret_hash[:16]}",
        at=clock.now(),
    )


@app.task(name="notifications.tell_person", queue=QUEUE)
def tell_person(user_id: int) -> None:
    """A notice for each change of the last day that was not told yet; the event's number makes it one."""
    user = User.objects.filter(pk=user_id, erased_at=None).first()
    if user is None:
        return
    now = clock.now()
    rows = EventRow.objects.filter(subject=person_code(user_id), name__in=list(LETTERS), at__gt=now - LOOK_BACK)
    for row in rows.order_by("pk"):
        words = {name: value for name, value in row.data.items() if name in {"device", "left"}}
        write_letter(letter=Letter(LETTERS[row.name], words), to=to_user(user), key=f"{row.name}-{row.pk}", at=now)
