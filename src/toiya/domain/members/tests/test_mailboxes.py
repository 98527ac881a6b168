"""A soft word on a mailbox: late ones, phone companies' ones, slips of the finger; real ones are left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.members.rules.mailboxes import WELL_KNOWN, Concern, advice_on


@pytest.mark.seed("A045")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mika@gmial.com", "mika@gmail.com"),
        ("mika@gmail.co", "mika@gmail.com"),
        ("mika@gmal.com", "mika@gmail.com"),
        ("mika@gmaill.com", "mika@gmail.com"),
        ("mika@hotmial.com", "mika@hotmail.com"),
        ("mika@yahoo.co.jo", "mika@yahoo.co.jp"),
        ("mika@naverr.com", "mika@naver.com"),
        ("mika@outlok.com", "mika@outlook.com"),
        ("mika@gmail.co.jp", "mika@gmail.com"),
        ("MIKA@GMIAL.COM", "MIKA@gmail.com"),
    ],
)
def test_a_slip_of_the_finger_is_caught_and_the_name_is_kept(typed: str, meant: str) -> None:
    advice = advice_on(typed)
    assert advice is not None
    assert (advice.concern, advice.suggestion) == (Concern.MISTYPED, meant)


@pytest.mark.seed("A045")
@pytest.mark.parametrize("address", ["shop@qq.com", "shop@163.com", "shop@foxmail.com", "shop@QQ.COM"])
def test_mailboxes_that_delay_mail_from_abroad_get_a_word(address: str) -> None:
    advice = advice_on(address)
    assert advice is not None
    assert (advice.concern, advice.suggestion) == (Concern.SLOW, "")


def test_a_phone_companys_mailbox_must_allow_us_first() -> None:
    advice = advice_on("mika@docomo.ne.jp")
    assert advice is not None
    assert advice.concern is Concern.PHONE


@pytest.mark.parametrize(
    "address", ["mika@gmail.com", "a@mail.com", "a@ymail.com", "a@gmx.net", "me@hanataba.example", "", "@", "x", "x@"]
)
def test_real_and_unknown_mailboxes_are_left_in_peace(address: str) -> None:
    assert advice_on(address) is None


@given(st.sampled_from(sorted(WELL_KNOWN)))
def test_no_well_known_mailbox_is_taken_for_another(domain: str) -> None:
    advice = advice_on(f"a@{domain}")
    assert advice is None or advice.concern is not Concern.MISTYPED


@given(st.text(max_size=60))
def test_any_text_may_be_asked(text: str) -> None:
    advice = advice_on(text)
    assert advice is None or "@" in text
