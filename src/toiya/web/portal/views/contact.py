"""How we reach the person: mailbox, phone, and whether they are written about new orders (A046)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from toiya.core.actor import Permission
from toiya.domain.members import proving
from toiya.domain.members.actions.contact import set_order_mails
from toiya.domain.members.models import User
from toiya.web.portal.access import for_sellers
from toiya.web.portal.settings_tabs import tabs
from toiya.web.shared.access import needs
from toiya.web.shared.mailbox_words import words_on
from toiya.web.shared.reader import Request


@needs(Permission.SEE_COMPANY)
@for_sellers
@require_safe
def contact(request: Request) -> HttpResponse:
    """Mailbox and phone with their state."""
    user = _person(request)
    mailbox = proving.mailbox_to_prove(user)
    context = {
        "user": user,
        "new_mailbox": mailbox if mailbox != user.email else "",
        "advice": words_on(user.email),
        "tabs": tabs(request.actor, "portal:contact"),
    }
    return render(request, "portal/contact.html", context)


@needs(Permission.SEE_COMPANY)
@for_sellers
@require_POST
def order_mails(request: Request) -> HttpResponse:
    """Whether the person is written about new orders; only their own."""
    wants = request.POST.get("wants") == "on"
    set_order_mails(user_id=_person(request).pk, wants=wants, actor=request.actor, at=request.at)
    words = _("New orders are mailed to you.") if wants else _("New orders are not mailed to you any more.")
    messages.success(request, words)
    return HttpResponseRedirect(reverse("portal:contact"))


def _person(request: Request) -> User:
    user: Any = request.user
    assert isinstance(user, User), "needs lets only people in"
    return user
