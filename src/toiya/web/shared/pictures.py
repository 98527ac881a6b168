"""Pictures of goods as parts of a page: only as pictures, and in nobody's shared cache."""

from __future__ import annotations

from django.http import FileResponse

from toiya.core import papers
from toiya.domain.catalog.models import Photo


def picture(photo: Photo) -> FileResponse:
    """The photo's file, shown in place; the caller has found out that the reader may see it."""
    response = FileResponse(papers.cupboard().open(photo.storage_key, "rb"), content_type=photo.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
