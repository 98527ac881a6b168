"""The operator's people: roles, badges, PINs, switched off and on, invitations."""

from __future__ import annotations

import secrets as random
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from toiya.core.actor import Permission
from toiya.core.documents.stickers import CARD_A6, Sticker, sticker_sheet
from toiya.core.errors import Refusal
from toiya.domain.members.actions.inviting import Guest, invite, resend_invitation, revoke_invitation
from toiya.domain.members.actions.joining import MOST_WRONG_PINS
from toiya.domain.members.actions.staff import change_staff_role, set_pin, switch_staff
from toiya.domain.members.actions.team import own_permissions
from toiya.domain.members.models import Invitation, Staff
from toiya.domain.members.rules import OPERATOR_ROLES
from toiya.domain.members.rules.people import may_give
from toiya.domain.warehouses.models import Warehouse
from toiya.web.office.access import desk
from toiya.web.office.staff_forms import InviteStaffForm, PlaceForm
from toiya.web.shared.access import freshly_proved, to_prove_again
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request
from toiya.web.shared.role_words import role_word, table_of

PIN_DIGITS = 6
MANAGES = desk(Permission.EDIT_STAFF)


@MANAGES
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: Request) -> HttpResponse:
    """Everybody with a role at the operator. A POST invites somebody."""
    form = InviteStaffForm(request.POST if request.method == "POST" else None, roles=_roles(request))
    if form.is_bound and (away := to_prove_again(request)):
        return away
    if form.is_bound and form.is_valid():
        guest = Guest(
            form.cleaned_data["email"],
            form.cleaned_data["role"],
            language=get_language() or "en",
            warehouse_id=form.warehouse_id(),
        )
        try:
            invite(seller_id=None, guest=guest, actor=request.actor, at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {"already_in_the_team": "email", "role_above_own": "role"})
        else:
            messages.success(request, _("%(email)s is invited. The link works for 7 days.") % {"email": guest.email})
            return HttpResponseRedirect(reverse("office:staff"))
    return render(request, "office/staff.html", _context(request, form), status=422 if form.errors else 200)


def _context(request: Request, form: InviteStaffForm) -> dict[str, Any]:
    houses = dict(Warehouse.objects.values_list("pk", "name"))
    rows = Staff.objects.select_related("user").order_by("-user__is_active", "user__name", "pk")
    waiting = Invitation.objects.filter(seller=None, accepted_at=None, revoked_at=None).order_by("-pk")
    return {
        "people": [
            {
                "row": row,
                "role": role_word(row.role),
                "house": houses.get(row.warehouse_id or 0, ""),
                "is_locked": row.wrong_pins >= MOST_WRONG_PINS,
            }
            for row in rows
        ],
        "invitations": [
            {"row": row, "role": role_word(row.role), "is_over": row.expires_at <= request.at} for row in waiting
        ],
        "form": form,
    }


def _roles(request: Request) -> list[tuple[str, Any]]:
    own = own_permissions(request.actor, None)
    return [(role, role_word(role)) for role in reversed(list(OPERATOR_ROLES)) if may_give(own, role, None)]


@MANAGES
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Request, person: int) -> HttpResponse:
    """One of them. A POST gives another role or building."""
    row = _staff(person)
    initial = {"role": row.role, "warehouse": row.warehouse_id}
    form = PlaceForm(request.POST if request.method == "POST" else None, roles=_roles(request), initial=initial)
    if form.is_bound and (away := to_prove_again(request)):
        return away
    if form.is_bound and form.is_valid():
        try:
            change_staff_role(
                user_id=person,
                role=form.cleaned_data["role"],
                warehouse_id=form.warehouse_id(),
                actor=request.actor,
                at=request.at,
            )
        except Refusal as refusal:
            put_refusal(form, refusal, {refusal.code: "role"})
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("office:person", args=[person]))
    return _person_page(request, row, form)


def _person_page(request: Request, row: Staff, form: PlaceForm, pin: str = "") -> HttpResponse:
    context = {
        "row": row,
        "role": role_word(row.role),
        "form": form,
        "pin": pin,
        "is_locked": row.wrong_pins >= MOST_WRONG_PINS,
        "is_self": request.user.pk == row.user_id,
    }
    return render(request, "office/person.html", context, status=422 if form.errors else 200)


@MANAGES
@never_cache
@freshly_proved
@require_POST
def pin(request: Request, person: int) -> HttpResponse:
    """A new PIN, shown once; a badge that five wrong ones had locked is open again."""
    row = _staff(person)
    new = _new_pin()
    set_pin(user_id=person, pin=new, actor=request.actor, at=request.at)
    initial = {"role": row.role, "warehouse": row.warehouse_id}
    return _person_page(request, _staff(person), PlaceForm(roles=_roles(request), initial=initial), new)


def _new_pin() -> str:
    while True:
        new = f"{random.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
        if len(set(new)) > 1:
            return new


@MANAGES
@freshly_proved
@require_POST
def switching(request: Request, person: int) -> HttpResponse:
    """Off, which ends every session at once; or on again."""
    row = _staff(person)
    is_on = request.POST.get("state") == "on"
    switch_staff(user_id=person, is_on=is_on, actor=request.actor, at=request.at)
    words = _("%(name)s may sign in again.") if is_on else _("%(name)s is out, on every device.")
    messages.success(request, words % {"name": row.user.name})
    return HttpResponseRedirect(reverse("office:person", args=[person]))


@MANAGES
@require_safe
def badge(request: Request, person: int) -> HttpResponse:  # noqa: ARG001
    """The badge as a card to print: barcode and name."""
    row = _staff(person)
    sheet = sticker_sheet([Sticker(row.badge, row.user.name, str(role_word(row.role)))], CARD_A6)
    headers = {"Content-Disposition": f'inline; filename="{row.badge}.pdf"'}
    return HttpResponse(sheet.pdf, content_type="application/pdf", headers=headers)


def _staff(person: int) -> Staff:
    found: Staff | None = Staff.objects.select_related("user").filter(user_id=person).first()
    if found is None:
        raise Http404
    return found


@MANAGES
@freshly_proved
@require_POST
def resending(request: Request, code: str) -> HttpResponse:
    """Send an invitation once more, with a new link."""
    resend_invitation(seller_id=None, code=code, actor=request.actor, at=request.at)
    messages.success(request, _("Sent once more. The old link works no longer."))
    return HttpResponseRedirect(reverse("office:staff"))


@MANAGES
@require_POST
def revocation(request: Request, code: str) -> HttpResponse:
    """Take an invitation back."""
    revoke_invitation(seller_id=None, code=code, actor=request.actor, at=request.at)
    messages.success(request, _("The invitation works no longer."))
    return HttpResponseRedirect(reverse("office:staff"))


@MANAGES
@require_safe
def roles(request: Request) -> HttpResponse:
    """Role by permission, in words."""
    context = {
        "roles": [role_word(role) for role in OPERATOR_ROLES],
        "rows": table_of(OPERATOR_ROLES),
        "back": reverse("office:staff"),
    }
    return render(request, "toiya/people/roles.html", context)
