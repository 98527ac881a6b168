"""What returns wake: a part of the table in `reactions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toiya.core.events import Event, Reaction
from toiya.domain.returns.events import AsideDecided, AsideDone, ReturnArrived, ReturnClosed

RETURN_REACTIONS: Mapping[type[Event], Sequence[Reaction]] = {
    ReturnArrived: [Reaction("notifications.return_arrived", "return_id")],
    ReturnClosed: [Reaction("notifications.return_inspected", "return_id")],
    AsideDecided: [Reaction("notifications.return_decided", "aside_id")],
    AsideDone: [
        Reaction(
            "notifications.return_sent",
            value=lambda done: done.aside_id if done.tracking_number else None,
            argument="aside_id",
        )
    ],
}
