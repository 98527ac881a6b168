"""Whose wish a job carries out: the person who pressed, as they are allowed now."""

from __future__ import annotations

from datetime import datetime

from toiya.domain.imports.kinds import kind_of
from toiya.domain.imports.models import ImportSession
from toiya.domain.imports.port import Sender
from toiya.domain.members.models import User
from toiya.domain.members.queries import actor_of


def sender_of(session: ImportSession, at: datetime) -> Sender | None:
    """The sender, or None when that person may no longer take in files of this kind, or is gone."""
    user = User.objects.filter(pk=session.wanted_by_id or 0).first()
    actor = actor_of(user, session.seller.code, at=at) if user else None
    if actor is None or actor.seller_id != session.seller_id or not actor.may(kind_of(session.kind).permission):
        return None
    headings = session.details.get("headings", [])
    return Sender(
        seller_id=session.seller_id,
        actor=actor,
        at=at,
        session=session.code,
        options=session.options,
        headings={name: headings[place] for name, place in session.columns.items() if place < len(headings)},
    )
