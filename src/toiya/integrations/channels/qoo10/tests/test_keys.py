"""The plug gets keys, from a password or from the console."""

from __future__ import annotations

import json

import pytest

from toiya.core.errors import Rejected
from toiya.integrations.channels.qoo10 import plug
from toiya.integrations.channels.qoo10.tests import samples
from toiya.integrations.channels.qoo10.tests.recorded_site import Answer, RecordedSite, refusal
from toiya.integrations.channels.qoo10.tests.samples import ACCESS, NOON, instant


def test_a_password_becomes_a_key_for_a_year(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("CreateCertificationKey", samples.body("key_issued.json"))
    issued = qoo10.issue_key("demoshop", "password:demo:pass", NOON)
    assert (issued.key, issued.expires_at) == (ACCESS.key, instant("2027-04-01 03:00:00"))
    (call,) = site.asked
    assert call.fields == {"returnType": "application/json", "user_id": "demoshop", "pwd": "demo:pass"}
    assert {name.lower(): value for name, value in call.headers.items()}["giosiscertificationkey"] == "our-api-key"
    assert ACCESS.key not in repr(issued)


def test_a_wrong_password_is_refused(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("CreateCertificationKey", refusal(-10001))
    with pytest.raises(Rejected) as caught:
        qoo10.issue_key("demoshop", "password:wrong", NOON)
    assert caught.value.code == "login_refused"


def test_the_consoles_code_becomes_the_key_of_that_shop_only(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    granted = {"login_id": "demoshop", "seller_key": "k", "expires_at": "2027-04-01T12:00:00+09:00"}
    site.will_answer("key", json.dumps(granted).encode())
    assert qoo10.issue_key("demoshop", "one-time", NOON).expires_at == instant("2027-04-01 03:00:00")
    with pytest.raises(Rejected) as caught:
        qoo10.issue_key("othershop", "one-time", NOON)
    assert caught.value.code == "other_shop"


def test_a_used_code_is_refused(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    site.will_answer("key", Answer(b'{"error":"used"}', status=400))
    with pytest.raises(Rejected) as caught:
        qoo10.issue_key("demoshop", "one-time", NOON)
    assert caught.value.code == "grant_refused"


def test_the_console_sends_the_seller_back_to_us(site: RecordedSite, qoo10: plug.Qoo10) -> None:
    address = qoo10.console_url("http://127.0.0.1:8000/back?state=a b")
    assert address.endswith("/console/?return_url=http%3A%2F%2F127.0.0.1%3A8000%2Fback%3Fstate%3Da+b")
    assert plug.Qoo10(site.base).console_url("http://127.0.0.1:8000/") == ""


def test_without_a_console_a_code_is_of_no_use(site: RecordedSite) -> None:
    with pytest.raises(Rejected) as caught:
        plug.Qoo10(site.base).issue_key("demoshop", "one-time", NOON)
    assert caught.value.code == "no_console"
