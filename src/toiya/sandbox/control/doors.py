"""What every control view does first and last: the method, the body, JSON answers, one shape of refusal."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from toiya.sandbox.control.bodies import ControlRefused
from toiya.sandbox.site.models import Line, Shop
from toiya.sandbox.site.ordering.refusals import OrderingRefused
from toiya.sandbox.site.qapi.refusals import QapiRefusal

View = Callable[..., dict[str, object]]


def door(*methods: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view of a function that returns a JSON object; refusals become ``{"error": text}``."""

    def make(view: View) -> Callable[..., HttpResponseBase]:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, **names: object) -> HttpResponseBase:
            if request.method not in methods:
                return _refusal(f"{request.path} knows only {', '.join(methods)}. Use one of them.", 405)
            try:
                return JsonResponse(view(request, **names), json_dumps_params={"ensure_ascii": False})
            except ControlRefused as refused:
                return _refusal(refused.message, refused.status)
            except OrderingRefused as refused:
                return _refusal(str(refused), 409)
            except QapiRefusal as refused:
                return _refusal(f"{refused.code}: {refused.message}", 409)

        return answer

    return make


def find_shop(login_id: str) -> Shop:
    """
    Return a shop by its log-in id.

    :raises ControlRefused: there is none
    """
    shop = Shop.objects.filter(login_id=login_id).first()
    if shop is None:
        raise ControlRefused(f"There is no shop {login_id}. Open it with POST /_control/shops.", 404)
    return shop


def find_line(order_no: int) -> Line:
    """
    Return an order line by its number.

    :raises ControlRefused: there is none
    """
    found = Line.objects.select_related("cart", "shop", "listing", "option").filter(order_no=order_no)
    line = found.first()
    if line is None:
        raise ControlRefused(f"There is no order {order_no}. Look it up in its shop's orders.", 404)
    return line


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": message}, status=status, json_dumps_params={"ensure_ascii": False})
