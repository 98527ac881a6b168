"""Where the card gateway tells how a payment ended. Its signature is the proof; nobody is signed in."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from toiya.core.actor import system_actor
from toiya.core.errors import NotFound, Refusal, Rejected
from toiya.domain.wallet import plugs
from toiya.domain.wallet.actions.reversals import take_gateway_word
from toiya.web.shared.access import open_to_all
from toiya.web.shared.reader import Request

CARDS = system_actor("cards")
MOST_BYTES = 10_000


@csrf_exempt  # another program posts here, which has no page of ours; the signature takes the token's place
@open_to_all("the payment service, which signs what it says")
@require_POST
def card_callback(request: Request) -> HttpResponse:
    """204 when it was understood, new or not; 400 when it is not signed; 409 when the amounts differ."""
    body = request.body
    if not plugs.has_gateway() or len(body) > MOST_BYTES:
        return HttpResponse(status=400)
    try:
        answer = plugs.gateway().read_callback(body, request.headers.get("X-Signature", ""), request.at)
    except Rejected:
        return HttpResponse(status=400)
    try:
        take_gateway_word(answer=answer, actor=CARDS, at=request.at)
    except NotFound:
        return HttpResponse(status=404)
    except Refusal:
        return HttpResponse(status=409)
    return HttpResponse(status=204)
