"""A view says what it needs; strangers sign in, others are told no."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver

from toiya.core.actor import Actor, ActorKind, Permission
from toiya.web.shared.access import Access, declared, needs, open_to_all, views_of

pytestmark = pytest.mark.urls("toiya.web.shared.tests.addresses")


@needs(Permission.SEE_ORDERS)
def orders(request: HttpRequest) -> HttpResponse:
    return HttpResponse("orders")


def asked_by(actor: Actor | None, **headers: str) -> HttpRequest:
    request = RequestFactory().get("/orders/?view=today", headers=headers)
    request.actor = actor  # type: ignore[attr-defined]
    return request


def somebody(*permissions: Permission) -> Actor:
    return Actor(kind=ActorKind.PERSON, id="1", name="Mika", seller_id=1, permissions=frozenset(permissions))


def test_who_may_is_let_in() -> None:
    assert orders(asked_by(somebody(Permission.SEE_ORDERS))).content == b"orders"


def test_who_may_not_is_told_no() -> None:
    with pytest.raises(PermissionDenied):
        orders(asked_by(somebody(Permission.SEE_WALLET)))


def test_a_stranger_signs_in_and_comes_back() -> None:
    answer = orders(asked_by(None))
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/orders/%3Fview%3Dtoday"


def test_a_stranger_in_a_fragment_is_led_to_the_whole_page() -> None:
    answer = orders(asked_by(None, **{"HX-Request": "true"}))
    assert answer["HX-Redirect"] == "/sign-in/"


def test_the_declaration_can_be_read() -> None:
    assert declared(orders) == Access(permissions=frozenset({Permission.SEE_ORDERS}))
    assert declared(open_to_all("the door")(lambda _: HttpResponse())) == Access(open_because="the door")
    assert declared(lambda _: HttpResponse()) is None


def test_every_shared_address_declares_its_access() -> None:
    shared = [
        (path, view)
        for path, view in views_of(get_resolver())
        if getattr(view, "__module__", "").endswith("shared.views")
    ]
    assert len(shared) == 6
    assert [path for path, view in shared if declared(view) is None] == []
