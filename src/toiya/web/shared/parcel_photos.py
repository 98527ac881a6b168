"""Pictures of parcels, given to those who may see the order."""

from __future__ import annotations

from django.http import FileResponse
from django.utils.translation import gettext as _

from toiya.core import papers
from toiya.core.errors import NotFound
from toiya.domain.outbound.models import ParcelPhoto
from toiya.web.shared.reader import Request


def show(request: Request, code: str, photo_id: int) -> FileResponse:
    """
    One picture of a parcel of this order, which cannot act.

    :raises NotFound: none that this reader may see
    """
    photos = ParcelPhoto.objects.visible_to(request.actor).filter(pk=photo_id, parcel__order__code=code)
    found = photos.values_list("storage_key", "media_type").first()
    if found is None:
        raise NotFound(kind=_("photo"), code=str(photo_id))
    key, media_type = found
    response = FileResponse(papers.cupboard().open(key, "rb"), content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
