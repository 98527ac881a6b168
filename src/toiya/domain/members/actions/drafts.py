"""A sign-up under way: begin it, keep its answers and papers, and forget it when nobody came back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.core.papers import StoredPaper
from toiya.domain.members.models import Certificate, SignUpDraft

KEPT_FOR = timedelta(days=14)
MOST_PAPERS = 5


class DraftGone(Refusal):
    """Not begun, or forgotten by now."""

    code = "draft_gone"
    message = gettext_lazy("This sign-up is no longer kept. Begin it once more.")


class TooManyPapers(Refusal):
    """More files than a certificate has."""

    code = "too_many_papers"
    message = gettext_lazy("%(most)s files are here already. Remove one that is not needed, then add this one.")


@transaction.atomic
def begin_draft(*, answers: Mapping[str, Any], actor: Actor, at: datetime) -> SignUpDraft:
    """Keep the first answer; the draft's key goes into the session and nowhere else."""
    key = secrets.token_urlsafe(32)
    return SignUpDraft.objects.create(key=key, answers=dict(answers), began_at=at, expires_at=at + KEPT_FOR)


@transaction.atomic
def keep_answers(*, key: str, answers: Mapping[str, Any], actor: Actor, at: datetime) -> SignUpDraft:
    """
    Keep the answers of the steps named; the others stay. Every step renews the 14 days.

    :raises DraftGone: no such draft, or it is over
    """
    draft = _locked(key)
    draft.answers = {**draft.answers, **answers}
    draft.expires_at = at + KEPT_FOR
    draft.save(update_fields=["answers", "expires_at"])
    return draft


@transaction.atomic
def add_draft_paper(*, key: str, paper: StoredPaper, actor: Actor, at: datetime) -> None:
    """
    Note a stored paper; the caller throws it away again when this is refused.

    :raises DraftGone, TooManyPapers:
    """
    draft = _locked(key)
    if len(draft.papers) >= MOST_PAPERS:
        raise TooManyPapers(most=MOST_PAPERS)
    draft.papers = [*draft.papers, asdict(paper)]
    draft.save(update_fields=["papers"])


@transaction.atomic
def drop_draft_paper(*, key: str, place: int, actor: Actor, at: datetime) -> str:
    """Take a paper out; returns its storage key (or nothing), for the caller to throw away."""
    draft = _locked(key)
    if not 0 <= place < len(draft.papers):
        return ""
    dropped = draft.papers.pop(place)
    draft.save(update_fields=["papers"])
    return str(dropped["storage_key"])


def _locked(key: str) -> SignUpDraft:
    draft: SignUpDraft | None = SignUpDraft.objects.filter(key=key, seller=None).lock().first()
    if draft is None:
        raise DraftGone()
    return draft


@transaction.atomic
def forget_drafts(*, actor: Actor, at: datetime) -> list[str]:
    """Remove what nobody came back to; returns the storage keys of papers that then belong to nobody."""
    drafts = list(SignUpDraft.objects.filter(expires_at__lte=at).lock())
    keys = [str(paper["storage_key"]) for draft in drafts if draft.seller_id is None for paper in draft.papers]
    kept = set(Certificate.objects.filter(storage_key__in=keys).values_list("storage_key", flat=True))
    SignUpDraft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    return [key for key in keys if key not in kept]
