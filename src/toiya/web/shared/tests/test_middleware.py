"""Who reads, at what instant, and how a refusal looks to each kind of asker."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from toiya.core import clock
from toiya.core.errors import NotFound, Refusal
from toiya.web.shared.middleware import ReaderMiddleware, RefusalMiddleware
from toiya.web.shared.reader import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.urls("toiya.web.shared.tests.addresses")]


class BinIsFull(Refusal):
    code = "bin_is_full"
    message = "Bin %(bin)s is full. Scan %(expected)s."


REFUSAL = BinIsFull(bin="A03-02-1", expected="A03-02-2")


def asked(method: str = "get", **headers: str) -> HttpRequest:
    request = getattr(RequestFactory(), method)("/floor/putaway/", {"scan": "A03-02-1", "step": "t7"}, headers=headers)
    request.user = AnonymousUser()
    request.actor, request.at, request.reader, request.session = None, timezone.now(), Reader(), {}
    return request  # type: ignore[no-any-return]


def refused(request: HttpRequest, refusal: Exception = REFUSAL) -> HttpResponse:
    answer = RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, refusal)
    assert answer is not None
    return answer


def test_a_stranger_has_no_actor_and_the_instant_is_set_once() -> None:
    seen: list[HttpRequest] = []
    ReaderMiddleware(lambda request: seen.append(request) or HttpResponse())(asked())  # type: ignore[func-returns-value]
    assert seen[0].actor is None  # type: ignore[attr-defined]
    assert seen[0].at.tzinfo is not None  # type: ignore[attr-defined]


def test_pages_read_the_clock_of_the_house_as_jobs_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_RATE", 60)
    seen: list[HttpRequest] = []
    ReaderMiddleware(lambda request: seen.append(request) or HttpResponse())(asked())  # type: ignore[func-returns-value]
    assert seen[0].at > timezone.now() + timedelta(days=365)  # type: ignore[attr-defined]
    assert seen[0].at <= clock.now()  # type: ignore[attr-defined]


def test_an_address_with_a_nul_is_nowhere() -> None:
    request = asked()
    request.path = "/orders/\x00/"
    assert ReaderMiddleware(lambda _: HttpResponse())(request).status_code == 404


def test_the_reader_comes_from_cookies_and_nonsense_is_left_out() -> None:
    request = RequestFactory().get("/")
    request.COOKIES = {"toiya_theme": "dark", "toiya_density": "tiny", "toiya_gloves": "on"}
    assert Reader.of(request) == Reader(theme="dark", density="", gloves="on")


def test_a_page_gets_a_409_page_with_the_words() -> None:
    answer = refused(asked())
    assert answer.status_code == 409
    assert "Bin A03-02-1 is full. Scan A03-02-2." in answer.content.decode()
    assert 'data-refused="bin_is_full"' in answer.content.decode()


def test_htmx_gets_a_toast_that_stays_and_the_words_for_the_control() -> None:
    answer = refused(asked(**{"HX-Request": "true"}))
    assert answer.status_code == 409
    assert answer["HX-Reswap"] == "none"
    assert json.loads(answer["HX-Trigger"]) == {
        "refused": {"code": "bin_is_full", "message": "Bin A03-02-1 is full. Scan A03-02-2."}
    }
    text = answer.content.decode()
    assert 'id="toasts" hx-swap-oob="beforeend"' in text
    assert "data-stays" in text
    assert 'id="alarm" hx-swap-oob="innerHTML"' in text


def test_the_header_carries_any_language() -> None:
    with translation.override("ja"):
        answer = refused(asked(**{"HX-Request": "true"}), NotFound(kind="ビン", code="A03"))
    assert answer.status_code == 409
    assert json.loads(answer["HX-Trigger"])["refused"]["code"] == "not_found"
    assert answer["HX-Trigger"].isascii()


def test_the_floor_gets_a_stop_screen_for_the_same_step() -> None:
    with translation.override("en"):
        answer = refused(asked("post", **{"X-Toiya-Floor": "1"}))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert 'data-tone="stop"' in text
    assert 'name="step" value="t7"' in text
    assert 'action="/floor/putaway/"' in text
    assert '<p class="find">A03-02-2</p>' in text
    assert "Scanned: A03-02-1" in text


def test_what_is_not_there_is_404() -> None:
    assert refused(asked(), NotFound(kind="order", code="ORD-1")).status_code == 404


def test_other_exceptions_go_on() -> None:
    assert RefusalMiddleware(lambda _: HttpResponse()).process_exception(asked(), ValueError()) is None
