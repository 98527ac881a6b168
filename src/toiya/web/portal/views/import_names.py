"""Keeping the columns of a file under a name, for the next file of that platform."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from toiya.domain.imports.actions.saving_columns import save_columns
from toiya.web.portal.access import for_sellers
from toiya.web.portal.views.imports import MAY, session_of
from toiya.web.shared.access import needs
from toiya.web.shared.reader import Request


@needs(*MAY)
@for_sellers
@require_POST
def columns_name(request: Request, code: str) -> HttpResponse:
    """The name is offered when the next file of this kind is handed in."""
    session_of(request.actor, code)
    name = request.POST.get("name", "")[:200].replace("\x00", "")
    save_columns(session_code=code, name=name, actor=request.actor, at=request.at)
    messages.success(request, _("Its columns are kept. Choose %(name)s with your next file.") % {"name": name.strip()})
    return HttpResponseRedirect(reverse("portal:import", args=[code]))
