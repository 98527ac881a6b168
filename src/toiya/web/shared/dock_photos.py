"""Photos taken at the dock, given to those who may see the delivery."""

from __future__ import annotations

from django.http import FileResponse
from django.utils.translation import gettext as _

from toiya.core import papers
from toiya.core.errors import NotFound
from toiya.domain.inbound.models import Receipt
from toiya.web.shared.reader import Request


def show(request: Request, code: str, receipt_id: int) -> FileResponse:
    """
    The photo of one count, which cannot act.

    :raises NotFound: none that this reader may see
    """
    counts = Receipt.objects.visible_to(request.actor).filter(pk=receipt_id, bundle__code=code)
    key = counts.exclude(photo_key="").values_list("photo_key", flat=True).first()
    if key is None:
        raise NotFound(kind=_("photo"), code=str(receipt_id))
    with papers.cupboard().open(key, "rb") as stored:
        media_type = papers.kind_of(stored.read(16))
    response = FileResponse(papers.cupboard().open(key, "rb"), content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
