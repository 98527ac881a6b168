"""Letters that a month's bill is ready (A171)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from toiya.core.actor import Actor
from toiya.core.money import Money
from toiya.domain.billing.models import Statement
from toiya.domain.members.models import Membership
from toiya.domain.notifications.actions.writing import Letter, to_user, write_letter

ROLES_TOLD = ("owner", "manager", "accountant")


@transaction.atomic
def tell_of_bill(*, statement_id: int, actor: Actor, at: datetime) -> None:
    """Write to each owner, manager and accountant that a bill is closed, once; a month without any line is not told."""
    statement = Statement.objects.select_related("seller").get(pk=statement_id)
    words: dict[str, str | int] = {
        "month": f"{statement.month:%Y-%m}",
        "code": statement.code,
        "total": Money(statement.total_minor, statement.currency).plain,
        "due": Money(statement.due_minor, statement.currency).plain if statement.due_minor else "",
        "path": f"/wallet/bills/{statement.code}/",
    }
    people = Membership.objects.filter(seller_id=statement.seller_id, role__in=ROLES_TOLD, user__is_active=True)
    for member in people.select_related("user").order_by("user_id") if statement.line_count else ():
        key = f"bill-{statement.pk}-{member.user_id}"
        write_letter(letter=Letter("bill_closed", words), to=to_user(member.user, statement.seller_id), key=key, at=at)
