"""Photos of goods at the edge: taken in from a camera, and given back to whoever may see them."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404

from toiya.core import papers
from toiya.domain.stock.actions.reasons import Why
from toiya.domain.stock.models import StockNote
from toiya.web.shared import paper_files
from toiya.web.shared.reader import Request


def why_of(request: Request) -> Why:
    """
    The reason, words and photo of a form.

    :raises core.papers refusals: the photo is no JPG or PNG, or too large
    """
    reason, words = request.POST.get("reason", "")[:12], request.POST.get("note", "")[:300]
    files: list[Any] = request.FILES.getlist("photo")[:1]
    for stored in paper_files.take(request, files):
        if stored.media_type == papers.PDF:
            papers.throw_away(stored.storage_key)
            raise papers.PaperOfOtherKind(name=stored.file_name)
        return Why(reason, words, stored.storage_key, stored.media_type)
    return Why(reason, words)


def show(note: StockNote | None) -> FileResponse:
    """The photo of a note, as a picture that cannot act. :raises Http404: there is none"""
    if note is None or not note.photo_key:
        raise Http404
    answer = FileResponse(
        papers.cupboard().open(note.photo_key, "rb"),
        filename=f"{note.code}{papers.ENDINGS[note.photo_type]}",
        content_type=note.photo_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
