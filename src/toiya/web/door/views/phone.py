"""Verifying a phone by a code in an SMS (A046)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from toiya.core.errors import Refusal
from toiya.domain.members import proving
from toiya.domain.members.actions.asking import ask_for_proof
from toiya.domain.members.actions.verifying import verify_phone
from toiya.domain.members.models import Membership, User
from toiya.domain.members.proving import Purpose
from toiya.domain.members.rules.proofs import Verdict
from toiya.web.door import brakes
from toiya.web.door.proof_forms import CodeForm, PhoneForm
from toiya.web.door.signed_in import acting, person_of, signed_in
from toiya.web.door.views.verification import is_own
from toiya.web.shared.access import open_to_all
from toiya.web.shared.fields import put_refusal
from toiya.web.shared.reader import Request


@open_to_all("of every role, also while a seller waits; strangers are sent to sign in")
@never_cache
@sensitive_post_parameters("password")
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: Request) -> HttpResponse:
    """The number, then the code; the number takes its place only when the code was right."""
    user = person_of(request)
    is_asked = user.phone_verified_at is not None and user.has_usable_password()
    form = PhoneForm(
        request.POST if request.method == "POST" else None,
        is_asked=is_asked,
        country=_country_of(user),
        initial={"phone": "" if user.phone_verified_at else user.phone},
    )
    if form.is_bound and form.is_valid() and is_own(request, user, form):
        number = form.cleaned_data["phone"]
        try:
            brakes.before_sms(user.pk, number, form.country_code, request.at)
            ask_for_proof(
                user_id=user.pk, purpose=Purpose.PHONE_CODE, target=number, actor=acting(request), at=request.at
            )
        except Refusal as refusal:
            put_refusal(form, refusal, {"nothing_to_prove": "phone"})
        else:
            messages.success(request, _("An SMS is on its way to %(number)s.") % {"number": number})
            return HttpResponseRedirect(reverse("door:verify-phone"))
    return _page(request, form, CodeForm(), 422 if form.errors else 200)


@open_to_all("of every role, also while a seller waits; strangers are sent to sign in")
@never_cache
@signed_in
@require_POST
def code(request: Request) -> HttpResponse:
    """The six digits from the SMS."""
    user = person_of(request)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            brakes.before_code(user.pk, request.at)
            proven = verify_phone(user_id=user.pk, code=form.cleaned_data["code"], actor=acting(request), at=request.at)
        except Refusal as refusal:
            put_refusal(form, refusal, {refusal.code: "code"})
        else:
            messages.success(request, _("%(number)s is verified.") % {"number": proven.target})
            return HttpResponseRedirect(reverse("portal:contact"))
    return _page(request, PhoneForm(is_asked=user.phone_verified_at is not None), form, 422)


def _page(request: Request, form: PhoneForm, code_form: CodeForm, status: int) -> HttpResponse:
    user = person_of(request)
    under_way = proving.open_proof(user, Purpose.PHONE_CODE)
    waits = under_way is not None and proving.verdict_on(under_way, request.at) is Verdict.GOOD
    context = {
        "user": user,
        "form": form,
        "code_form": code_form,
        "number": under_way.target if under_way is not None and waits else "",
    }
    return render(request, "door/phone.html", context, status=status)


def _country_of(user: User) -> str:
    """The country of the person's first shop, for a number written without one."""
    first = Membership.objects.filter(user=user).order_by("pk").values_list("seller__country", flat=True).first()
    return first or ""
