"""What happened at the operator and its sellers, by whom."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.web.office.access import desk
from toiya.web.shared.audit import audit_of
from toiya.web.shared.reader import Request


@desk(Permission.EDIT_STAFF)
@require_safe
def audit(request: Request) -> HttpResponse:
    """Every change, newest first."""
    context = audit_of(request)
    return render(request, "toiya/people/audit.html#list" if request.htmx else "toiya/people/audit.html", context)
