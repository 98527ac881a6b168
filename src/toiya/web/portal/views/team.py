"""The shop's people: who has which role, inviting, changing, removing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.errors import Refusal
from toiya.domain.members.actions.inviting import Guest, invite, resend_invitation, revoke_invitation
from toiya.domain.members.actions.team import change_role, own_permissions, remove_member
from toiya.domain.members.models import Invitation, Membership
from toiya.domain.members.rules import SELLER_ROLES
from toiya.domain.members.rules.people import may_give
from toiya.web.portal.access import for_sellers, shop_of
from toiya.web.portal.settings_tabs import tabs
from toiya.web.portal.team_forms import InviteForm, RoleForm
from toiya.web.shared.access import needs, to_prove_again
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.role_words import role_word, table_of


@needs(Permission.SEE_TEAM)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: Request) -> HttpResponse:
    """Members and open invitations. A POST invites somebody."""
    seller = shop_of(request)
    may_edit = request.actor.may(Permission.EDIT_TEAM)
    form = InviteForm(request.POST if request.method == "POST" and may_edit else None, roles=_roles(request))
    if request.method == "POST" and may_edit and (away := to_prove_again(request)):
        return away
    if form.is_bound and form.is_valid():
        guest = Guest(form.cleaned_data["email"], form.cleaned_data["role"], language=get_language() or "en")
        try:
            invite(seller_id=seller.pk, guest=guest, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"already_in_the_team": "email", "role_above_own": "role"})
        else:
            messages.success(request, _("%(email)s is invited. The link works for 7 days.") % {"email": guest.email})
            return HttpResponseRedirect(reverse("portal:team"))
    members = Membership.objects.filter(seller=seller).select_related("user").order_by("user__name", "pk")
    waiting = Invitation.objects.visible_to(request.actor).filter(accepted_at=None, revoked_at=None).order_by("-pk")
    context: dict[str, Any] = {
        "members": [{"row": row, "role": role_word(row.role)} for row in members],
        "invitations": [
            {"row": row, "role": role_word(row.role), "is_over": row.expires_at <= request.at} for row in waiting
        ],
        "form": form,
        "may_edit": may_edit,
        "tabs": tabs(request.actor, "portal:team"),
    }
    return render(request, "portal/team.html", context, status=422 if form.errors else 200)


def _roles(request: Request) -> list[tuple[str, Any]]:
    """The roles this reader may give, the smallest first, so that nothing grand is chosen by mistake."""
    seller_id = request.actor.seller_id
    own = own_permissions(request.actor, seller_id)
    return [(role, role_word(role)) for role in reversed(list(SELLER_ROLES)) if may_give(own, role, seller_id)]


@needs(Permission.EDIT_TEAM)
@for_sellers
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: Request, person: int) -> HttpResponse:
    """One member. A POST gives another role."""
    row = _member(request, person)
    form = RoleForm(
        request.POST if request.method == "POST" else None, roles=_roles(request), initial={"role": row.role}
    )
    if form.is_bound:
        if away := to_prove_again(request):
            return away
        if form.is_valid():
            try:
                change_role(
                    seller_id=row.seller_id,
                    user_id=person,
                    role=form.cleaned_data["role"],
                    actor=request.actor,
                    at=request.at,
                )
            except Refusal as refusal:
                put_refusal(form, refusal, {refusal.code: "role"})
            else:
                messages.success(request, _("The role of %(name)s is changed.") % {"name": row.user.name})
                return HttpResponseRedirect(reverse("portal:team"))
    context = {"row": row, "role": role_word(row.role), "form": form, "is_self": request.user.pk == person}
    return render(request, "portal/member.html", context, status=422 if form.errors else 200)


@needs(Permission.EDIT_TEAM)
@for_sellers
@require_POST
def removal(request: Request, person: int) -> HttpResponse:
    """Take a member's role away; they are out at once."""
    row = _member(request, person)
    if away := to_prove_again(request):
        return away
    remove_member(seller_id=row.seller_id, user_id=person, actor=request.actor, at=request.at)
    messages.success(request, _("%(name)s is out, on every device.") % {"name": row.user.name})
    return HttpResponseRedirect(reverse("portal:team"))


def _member(request: Request, person: int) -> Membership:
    rows = Membership.objects.filter(seller=shop_of(request), user_id=person)
    found: Membership | None = rows.select_related("user").first()
    if found is None:
        raise Http404
    return found


@needs(Permission.EDIT_TEAM)
@for_sellers
@require_POST
def resending(request: Request, code: str) -> HttpResponse:
    """Send an invitation once more, with a new link."""
    _invitation(request, code)
    if away := to_prove_again(request):
        return away
    resend_invitation(seller_id=request.actor.seller_id, code=code, actor=request.actor, at=request.at)
    messages.success(request, _("Sent once more. The old link works no longer."))
    return HttpResponseRedirect(reverse("portal:team"))


@needs(Permission.EDIT_TEAM)
@for_sellers
@require_POST
def revocation(request: Request, code: str) -> HttpResponse:
    """Take an invitation back."""
    _invitation(request, code)
    revoke_invitation(seller_id=request.actor.seller_id, code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The invitation works no longer."))
    return HttpResponseRedirect(reverse("portal:team"))


def _invitation(request: Request, code: str) -> None:
    if not Invitation.objects.visible_to(request.actor).filter(code=code).exists():
        raise Http404


@needs(Permission.SEE_TEAM)
@for_sellers
@require_safe
def roles(request: Request) -> HttpResponse:
    """Role by permission, in words."""
    context = {
        "roles": [role_word(role) for role in SELLER_ROLES],
        "rows": table_of(SELLER_ROLES),
        "back": reverse("portal:team"),
    }
    return render(request, "toiya/people/roles.html", context)
