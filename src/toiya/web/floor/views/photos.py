"""Photos of SKUs beside their names, for the people of the floor."""

from __future__ import annotations

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from toiya.core.errors import NotFound
from toiya.domain.catalog.models import Photo
from toiya.web.floor.screen import on_floor
from toiya.web.shared.pictures import picture
from toiya.web.shared.reader import Request


@on_floor
@require_safe
def photo(request: Request, code: str) -> FileResponse:
    """A photo as a picture in a screen. :raises NotFound:"""
    found: Photo | None = Photo.objects.visible_to(request.actor).filter(code=code).first()
    if found is None:
        raise NotFound(kind=_("photo"), code=code[:20])
    return picture(found)
