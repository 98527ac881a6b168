"""The one stylesheet of the pages, served by the site itself."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

SHEET = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


@require_safe
def style_sheet(request: HttpRequest) -> HttpResponse:
    """Return the stylesheet."""
    del request
    return HttpResponse(SHEET, content_type="text/css; charset=utf-8")
