"""The one door of QAPI: reads a call, checks the key, runs the method, sends and records the answer."""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from toiya.sandbox.site import clock
from toiya.sandbox.site.models import Call, Fault
from toiya.sandbox.site.qapi import authentication, calls, faults
from toiya.sandbox.site.qapi.envelope import Answer, render
from toiya.sandbox.site.qapi.methods import CERTIFICATION, METHODS
from toiya.sandbox.site.qapi.refusals import NO_AUTHORISATION, UNKNOWN_API, GatewayRefusal, QapiRefusal


@csrf_exempt
@require_http_methods(["GET", "POST"])
def answer_call(request: HttpRequest, path_method: str | None = None) -> HttpResponseBase:
    """Answer one QAPI call. Business and key errors come with HTTP status 200, as on the real site."""
    call = calls.read(request, path_method)
    login_id = authentication.login_id_of(call.key)
    switched = faults.take(call.method, login_id)
    spoiled = faults.before_work(switched)
    if spoiled is not None:
        _record(call, login_id, None, switched)
        return spoiled
    answer = _work(call, login_id, switched)
    body, media_type = render(faults.twist(answer, switched), call.return_type)
    return faults.send(body, media_type, switched)


@transaction.atomic
def _work(call: calls.ArrivedCall, login_id: str, switched: list[Fault]) -> Answer:
    """Do what the call asks and record it, both or neither."""
    at = clock.now()
    try:
        answer = _answer(call, switched, at)
    except QapiRefusal as refusal:
        answer = Answer.of_refusal(refusal)
    _record(call, login_id, answer.code, switched)
    return answer


def _answer(call: calls.ArrivedCall, switched: list[Fault], at: datetime) -> Answer:
    if not call.key:
        raise GatewayRefusal(*NO_AUTHORISATION)
    method = METHODS.get(call.method)
    is_certification = call.method == CERTIFICATION
    versions = {"1.0"} if method is None else method.versions
    if (method is None and not is_certification) or call.version not in versions:
        raise GatewayRefusal(*UNKNOWN_API)
    faults.refuse_if_switched(switched)
    if method is None:
        return authentication.create_certification_key(call, at)
    shop = authentication.admit(call, at)
    row_faults = faults.row_faults(switched)
    return method.run(calls.ShopCall(shop, call.method, call.parameters, at, row_faults))


def _record(call: calls.ArrivedCall, login_id: str, code: int | None, switched: list[Fault]) -> None:
    Call.objects.create(
        at=clock.now(),
        method=call.method,
        style=call.style,
        http_method=call.http_method,
        login_id=login_id,
        parameters=call.harmless_parameters,
        code=code,
        faults=[fault.kind for fault in switched],
    )
