"""Photos taken at the returns desk and door, given to those who may see them."""

from __future__ import annotations

from django.http import FileResponse
from django.utils.translation import gettext as _

from toiya.core import papers
from toiya.core.errors import NotFound
from toiya.domain.returns.models import DoorParcel, Grading
from toiya.web.shared.reader import Request


def of_grading(request: Request, code: str, grading_id: int) -> FileResponse:
    """The photo of judged pieces of one return, which cannot act. :raises NotFound: none that this reader may see"""
    rows = Grading.objects.visible_to(request.actor).filter(pk=grading_id, parent__code=code)
    return _shown(rows.exclude(photo_key="").values_list("photo_key", flat=True).first(), str(grading_id))


def of_door_parcel(request: Request, code: str) -> FileResponse:
    """The photo of a parcel at the door, which cannot act. :raises NotFound: none that this reader may see"""
    rows = DoorParcel.objects.visible_to(request.actor).filter(code=code[:20])
    return _shown(rows.exclude(photo_key="").values_list("photo_key", flat=True).first(), code)


def _shown(key: str | None, name: str) -> FileResponse:
    if key is None:
        raise NotFound(kind=_("photo"), code=name[:20])
    with papers.cupboard().open(key, "rb") as stored:
        media_type = papers.kind_of(stored.read(16))
    response = FileResponse(papers.cupboard().open(key, "rb"), content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
