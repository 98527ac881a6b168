"""Codes of authenticator apps: the standard's own examples, drift, and that no code works twice."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.members.rules import totp

SEED = base64.b32encode(b"12345678901234567890").decode()
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_examples_of_rfc_6238(seconds: int, code: str) -> None:
    assert totp.code_at(SEED, seconds // totp.STEP_SECONDS) == code


@given(st.integers(-3, 3))
def test_one_step_of_drift_and_no_more(drift: int) -> None:
    code = totp.code_at(SEED, totp.step_of(AT) + drift)
    fits = totp.step_that_fits(SEED, code, at=AT, after=0)
    assert (fits is not None) == (abs(drift) <= 1)


def test_a_used_step_and_those_before_it_are_over() -> None:
    now = totp.step_of(AT)
    for step in (now - 1, now):
        assert totp.step_that_fits(SEED, totp.code_at(SEED, step), at=AT, after=now) is None
    assert totp.step_that_fits(SEED, totp.code_at(SEED, now + 1), at=AT, after=now) == now + 1


def test_a_seed_goes_the_way_through_the_app() -> None:
    seed = totp.seed_from(bytes(range(20)))
    assert "=" not in seed
    assert totp.address_for_app(seed, account="a@b.example", issuer="Toiya") == (
        f"otpauth://totp/Toiya:a%40b.example?secret={seed}&issuer=Toiya&digits=6&period=30"
    )
    assert len(totp.code_at(seed, totp.step_of(AT + timedelta(days=1)))) == 6
