"""Control of handing sellers over: which partner there is, and an assertion without a browser."""

from django.db import transaction
from django.http import HttpRequest

from toiya.sandbox.control.bodies import Body
from toiya.sandbox.control.doors import door, find_shop
from toiya.sandbox.pages.seller import issuer_of
from toiya.sandbox.site import clock
from toiya.sandbox.site.handover import public_key, sign_assertion
from toiya.sandbox.site.models import Partner


@door("GET", "POST")
@transaction.atomic
def partner(request: HttpRequest) -> dict[str, object]:
    """GET tells which partner there is; POST names another (``name``, ``join_url``)."""
    if request.method == "POST":
        body = Body.of(request)
        name, join_url = body.text("name", "Toiya"), body.text("join_url")
        body.end()
        Partner.objects.all().delete()
        Partner.objects.create(name=name, join_url=join_url)
    known = Partner.objects.first()
    return {
        "name": "" if known is None else known.name,
        "join_url": "" if known is None else known.join_url,
        "issuer": issuer_of(request),
        "key": public_key(),
    }


@door("POST")
def assertions(request: HttpRequest, login_id: str) -> dict[str, object]:
    """Sign an assertion as the console does (``purpose``, ``audience``), without the pages."""
    shop = find_shop(login_id)
    body = Body.of(request)
    known = Partner.objects.first()
    purpose, audience = body.text("purpose", "join"), body.text("audience", "" if known is None else known.join_url)
    body.end()
    issuer = issuer_of(request)
    return {"assertion": sign_assertion(shop, purpose=purpose, issuer=issuer, audience=audience, at=clock.now())}
