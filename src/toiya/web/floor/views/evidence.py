"""Pictures of a parcel from the station's camera, and the slip that goes into it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from toiya.core import papers
from toiya.core.errors import Refusal
from toiya.domain.outbound.actions.evidence import keep_photo, print_slip
from toiya.domain.outbound.actions.papers import print_papers
from toiya.web.floor.screen import on_floor, worker
from toiya.web.shared import paper_files
from toiya.web.shared.paper_files import as_pdf
from toiya.web.shared.reader import Request


@on_floor
@require_POST
def photo(request: Request, code: str) -> HttpResponse:
    """Keep a picture of the open or closed box; without a picture nothing happens."""
    files: list[Any] = request.FILES.getlist("photo")[:1]
    for stored in paper_files.take(request, files):
        try:
            kept = keep_photo(
                parcel_code=code,
                moment=request.POST.get("moment", "")[:10],
                picture=stored,
                actor=worker(request),
                at=request.at,
            )
        except Refusal:
            papers.throw_away(stored.storage_key)
            raise
        if kept.storage_key != stored.storage_key:  # the same picture was kept before
            papers.throw_away(stored.storage_key)
    return redirect("floor:parcel", code=code)


@on_floor
@require_safe
def papers_abroad(request: Request, code: str) -> HttpResponse:
    """Invoice and customs declaration as PDF, the same bytes at every print."""
    return as_pdf(print_papers(parcel_code=code, actor=worker(request), at=request.at), f"{code}-papers")


@on_floor
@require_safe
def slip(request: Request, code: str) -> HttpResponse:
    """The packing slip as PDF, the same bytes at every print."""
    return as_pdf(print_slip(parcel_code=code, actor=worker(request), at=request.at), f"{code}-slip")
