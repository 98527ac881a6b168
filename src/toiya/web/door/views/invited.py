"""Accepting an invitation: who has an account signs in and accepts, who is new sets name and password."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from toiya.core import limits
from toiya.core.actor import Actor, ActorKind
from toiya.core.errors import Refusal
from toiya.core.limits import Limit
from toiya.domain.members.actions.inviting import NewPerson, accept_as_new, accept_invitation
from toiya.domain.members.models import Invitation, User
from toiya.domain.members.queries import open_invitation
from toiya.web.door.sign_in_forms import NewPersonForm
from toiya.web.shared import devices
from toiya.web.shared.access import open_to_all
from toiya.web.shared.middleware import SELLER_KEY
from toiya.web.shared.reader import Request
from toiya.web.shared.role_words import role_word
from toiya.web.shared.signing_in import begin_sign_in

LOOKS = Limit("looking at an invitation", 60, timedelta(minutes=10))


@open_to_all("the link is the proof")
@never_cache
@sensitive_post_parameters("password")
def invitation(request: Request, token: str) -> HttpResponse:
    """What the link leads to, by who reads it."""
    limits.take(LOOKS, devices.address_of(request), at=request.at)
    found = open_invitation(token, request.at)
    if found is None:
        return render(request, "door/invitation_gone.html", status=404)
    if request.user.is_authenticated and request.user.email != found.email:
        return _page(request, found, "other", status=409 if request.method == "POST" else 200)
    if request.user.is_authenticated:
        return _for_known(request, found, token)
    if User.objects.filter(email=found.email, erased_at=None).exists():
        address = f"{reverse('door:sign-in')}?{urlencode({'next': request.path})}"
        return _page(request, found, "sign_in", address=address)
    return _for_new(request, found, token)


def _for_known(request: Request, found: Invitation, token: str) -> HttpResponse:
    words = ""
    if request.method == "POST":
        try:
            accept_invitation(token=token, user_id=request.user.pk or 0, actor=_acting(request.user), at=request.at)
        except Refusal as refusal:
            words = str(refusal)
        else:
            return _welcome(request, found)
    return _page(request, found, "accept", words=words, status=409 if words else 200)


def _for_new(request: Request, found: Invitation, token: str) -> HttpResponse:
    form = NewPersonForm(
        request.POST if request.method == "POST" else None, email=found.email, initial={"name": found.name}
    )
    if form.is_bound and form.is_valid():
        person = NewPerson(form.cleaned_data["name"], form.cleaned_data["password"], get_language() or "en")
        actor = Actor(kind=ActorKind.PERSON, id="0", name=person.name)
        user = accept_as_new(token=token, person=person, actor=actor, at=request.at)
        begin_sign_in(request, user, way="link")
        return _welcome(request, found)
    return _page(request, found, "new", form=form, status=422 if form.errors else 200)


def _welcome(request: Request, found: Invitation) -> HttpResponse:
    messages.success(request, _("Welcome. You are part of %(team)s now.") % {"team": team_name(found)})
    if found.seller is not None:
        request.session[SELLER_KEY] = found.seller.code
        return HttpResponseRedirect("/")
    return HttpResponseRedirect("/office/")


def _page(request: Request, found: Invitation, step: str, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"invitation": found, "team": team_name(found), "role": role_word(found.role), "step": step, **more}
    return render(request, "door/invitation.html", context, status=status)


def team_name(found: Invitation) -> str:
    """Who invites: the shop, or the operator."""
    return found.seller.name if found.seller is not None else _("the operator's team")


def _acting(user: Any) -> Actor:
    return Actor(kind=ActorKind.PERSON, id=str(user.pk), name=user.name)
