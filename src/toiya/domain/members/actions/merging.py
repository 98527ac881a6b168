"""Making one account of two that one person has (L39): each proven by its own password, at the edge."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.members.events import AccountMergedAway, AccountTookOver, MembershipMoved
from toiya.domain.members.models import ApiKey, Membership, Staff, User
from toiya.domain.members.rules.roles import higher_role


class NotMergeable(Refusal):
    """One message for: the same account, another e-mail, switched off, or of the operator's staff."""

    code = "not_mergeable"
    message = gettext_lazy(
        "%(login)s cannot be merged into this account. Choose another account of yours with the same e-mail address."
    )


@transaction.atomic
def merge_accounts(*, user_id: int, other_id: int, actor: Actor, at: datetime) -> User:
    """
    Give this account the roles of the other one, and switch the other one off; where both have one, the higher stays.

    Whoever calls has proven both accounts. What hangs on the other account above this package follows by itself.

    :raises NotMergeable: see there
    """
    users: dict[int, User] = {user.pk: user for user in User.objects.filter(pk__in=[user_id, other_id]).order_by("pk")
                              .select_for_update(no_key=True)}  # fmt: skip
    kept, other = users.get(user_id), users.get(other_id)
    memberships = list(Membership.objects.filter(user_id__in=users).lock())

    if kept is None or other is None or not _is_one_person(kept, other):
        raise NotMergeable(login="" if other is None else other.login)
    if Staff.objects.filter(user_id__in=users).exists():
        raise NotMergeable(login=other.login)

    moved = _move(kept, other, memberships)
    ApiKey.objects.filter(made_by_id=other.pk).update(made_by_id=kept.pk)
    other.is_active = False
    other.save(update_fields=["is_active"])

    away = AccountMergedAway(seller_id=None, subject=str(other.pk), merged_user_id=other.pk, into_user_id=kept.pk)
    took = AccountTookOver(seller_id=None, subject=str(kept.pk), user_id=kept.pk, from_user_id=other.pk)
    events.record_all([*moved, took, away], actor=actor, at=at)
    return kept


def _is_one_person(kept: User, other: User) -> bool:
    is_usable = kept.is_active and other.is_active and kept.erased_at is None and other.erased_at is None
    return kept.pk != other.pk and is_usable and kept.email.lower() == other.email.lower()


def _move(kept: User, other: User, memberships: list[Membership]) -> list[events.Event]:
    own = {each.seller_id: each for each in memberships if each.user_id == kept.pk}
    moved: list[events.Event] = []
    for theirs in memberships:
        if theirs.user_id != other.pk:
            continue
        mine = own.get(theirs.seller_id)
        if mine is None:
            theirs.user = kept
            theirs.save(update_fields=["user"])
            role = theirs.role
        else:
            role = mine.role = higher_role(mine.role, theirs.role)
            mine.save(update_fields=["role"])
            theirs.delete()
        moved.append(
            MembershipMoved(
                seller_id=theirs.seller_id, subject=str(kept.pk), user_id=kept.pk, from_user_id=other.pk, role=role
            )
        )
    return moved
