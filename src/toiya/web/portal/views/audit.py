"""What happened in one's own shop, by whom."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from toiya.core.actor import Permission
from toiya.web.portal.access import for_sellers
from toiya.web.portal.settings_tabs import tabs
from toiya.web.shared.access import needs
from toiya.web.shared.audit import audit_of
from toiya.web.shared.reader import Request


@needs(Permission.EDIT_COMPANY)
@for_sellers
@require_safe
def audit(request: Request) -> HttpResponse:
    """Every change, newest first."""
    context = {**audit_of(request), "tabs": tabs(request.actor, "portal:audit")}
    return render(request, "toiya/people/audit.html#list" if request.htmx else "toiya/people/audit.html", context)
