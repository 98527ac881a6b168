"""The same file through Toiya's own import session: read, judged and applied by its job."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from toiya.core import papers
from toiya.core.actor import system_actor
from toiya.domain.imports.actions.applying import want_applying
from toiya.domain.imports.actions.handing_in import HandIn, hand_in
from toiya.domain.imports.jobs import go_on
from toiya.domain.imports.models import ImportSession
from toiya.domain.members.actions.joining import add_member, register_seller
from toiya.domain.members.models import User
from toiya.domain.members.queries import actor_of

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def take_in(path: Path, count: int) -> tuple[float, float]:
    """Seconds of judging and of applying; the upload itself is not counted."""
    seller = register_seller(name=path.name, currency="JPY", language="en", actor=system_actor("bench"), at=AT)
    user = User.objects.create_user(email=f"{path.name}@example.com", name="Bench", password=None)
    add_member(seller=seller, user=user, role="owner")
    actor = actor_of(user, seller.code, at=AT)
    assert actor is not None
    stored = papers.keep(papers.Paper(path.name, "application/octet-stream", path.read_bytes()), at=AT)
    wish = HandIn("items", stored, "en")
    session = hand_in(seller_id=seller.pk, sheet=wish, actor=actor, at=AT).session

    started = time.perf_counter()
    go_on(session.pk, AT)
    judged = time.perf_counter()
    want_applying(session_code=session.code, is_all_or_nothing=False, actor=actor, at=AT)
    go_on(session.pk, AT)
    ended = time.perf_counter()

    done = ImportSession.objects.get(pk=session.pk)
    assert (done.status, done.rows_applied) == ("done", count), (done.status, done.problem, done.rows_applied)
    return judged - started, ended - judged
