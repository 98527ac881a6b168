"""Sellers' certificates, for whoever approves them."""

from __future__ import annotations

from django.http import FileResponse
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.web.office.access import desk
from toiya.web.shared import paper_files
from toiya.web.shared.reader import Request


@desk(Permission.APPROVE_SELLERS)
@require_safe
def certificate(request: Request, code: str) -> FileResponse:
    """One certificate, as a file to keep; the look is on record."""
    return paper_files.show(request, code)
