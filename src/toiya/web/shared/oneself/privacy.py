"""What we hold about a person, as a copy; and going for good."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.errors import Refusal
from toiya.domain.members.actions.erasing import erase_person, record_export
from toiya.domain.members.copying import copy_of
from toiya.web.shared.access import freshly_proved
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.oneself.face import about_oneself, person, show
from toiya.web.shared.oneself.forms import ErasureForm
from toiya.web.shared.reader import Request


@about_oneself
@require_safe
def privacy(request: Request) -> HttpResponse:
    """What we hold, a copy of it, and the way out."""
    user = person(request)
    return _page(request, ErasureForm(user=user))


def _page(request: Request, form: ErasureForm) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "person": form.user, "tab": "privacy"}
    return show(request, "toiya/people/privacy.html", context, 422 if form.errors else 200)


@about_oneself
@freshly_proved
@require_POST
def copy(request: Request) -> HttpResponse:
    """All we hold about the reader, for programs and people."""
    user = person(request)
    record_export(user_id=user.pk, actor=request.actor, at=request.at)
    response = JsonResponse(copy_of(user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="toiya-{user.pk}.json"'
    return response


@about_oneself
@freshly_proved
@require_POST
def erasure(request: Request) -> HttpResponse:
    """Make the reader nameless, and sign them out for good."""
    user = person(request)
    form = ErasureForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, form)
    try:
        erase_person(user_id=user.pk, actor=request.actor, at=request.at)
    except Refusal as refusal:
        put_refusal(form, refusal)
        return _page(request, form)
    logout(request)
    messages.success(request, _("You are forgotten. What happened keeps only a number."))
    return HttpResponseRedirect("/sign-in/")
