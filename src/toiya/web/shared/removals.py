"""Removals as both faces show them: how far one is, and where it goes as a form says."""

from __future__ import annotations

from toiya.domain.returns.actions.ordering import Receiver
from toiya.domain.returns.models import Removal
from toiya.web.shared.reader import Request
from toiya.web.shared.statuses import ORDER, REMOVAL, Status

_RECEIVER = ("name", "phone", "postal_code", "first_line", "second_line")


def status_of(removal: Removal) -> Status:
    """How far it is: of one that is sent, its order says so."""
    if removal.status == Removal.Status.ORDERED and removal.order is not None:
        return ORDER[removal.order.status]
    return REMOVAL[removal.status]


def receiver_typed(request: Request) -> Receiver:
    """Where the pieces go, as typed."""
    return Receiver(*(request.POST.get(name, "").replace("\x00", "") for name in _RECEIVER))
