"""Changing between one's own shops."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from toiya.domain.members.queries import shops_of
from toiya.web.shared.access import signed_in
from toiya.web.shared.middleware import SELLER_KEY
from toiya.web.shared.reader import Request
from toiya.web.shared.signing_in import own_address


@signed_in("everybody may change to a shop of their own")
@require_POST
def switch(request: Request) -> HttpResponse:
    """The chosen shop holds for this session; another's is not there."""
    chosen = request.POST.get("seller", "")
    user = request.user
    assert user.is_authenticated
    if request.actor.is_operator or chosen not in {membership.seller.code for membership in shops_of(user)}:
        raise Http404
    request.session[SELLER_KEY] = chosen
    return HttpResponseRedirect(own_address(request, request.POST.get("next", "")) or reverse("portal:home"))
