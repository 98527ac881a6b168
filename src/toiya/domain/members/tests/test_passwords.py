"""The password rule: its parts, what is guessed first, and that reset and change ask the same."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from toiya.domain.members import passwords as here
from toiya.domain.members.models import User
from toiya.domain.members.rules.passwords import LONGEST, Policy, core_of, faults

GOOD = "Blaue-Kiste 7 im Hof"


@pytest.fixture(autouse=True)
def fresh_policy() -> None:
    here.policy.cache_clear()


@pytest.mark.seed("A004")
@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Aa1-xyzz", []),
        (GOOD, []),
        ("Aa1-xyz", ["length"]),
        ("aa1-xyzz", ["upper"]),
        ("AA1-XYZZ", ["lower"]),
        ("Aab-xyzz", ["digit"]),
        ("Aa1xxyzz", ["special"]),
        ("ＡＡａａ１１－－", ["upper", "lower", "digit"]),  # English letters and digits, as the rule says
        ("あいうえおかきく", ["upper", "lower", "digit", "special"]),
        ("", ["length", "upper", "lower", "digit", "special"]),
    ],
)
def test_every_part_of_the_rule_is_told_by_itself(password: str, missing: list[str]) -> None:
    assert faults(password, Policy()) == missing


def test_no_more_than_256_characters() -> None:
    assert faults("Aa1-" * 64, Policy()) == []
    assert faults("Aa1-" * 64 + "x", Policy()) == ["too_long"]
    assert len("Aa1-" * 64) == LONGEST


@pytest.mark.parametrize(
    "password", ["P@ssw0rd", "Password123!", "Qwerty123!", "!Iloveyou1", "Superm4n!1", "1Football-1", "Dr4gon!!!"]
)
def test_common_ones_are_refused_in_every_disguise(password: str) -> None:
    assert "common" in here.faults(password)


def test_decoration_is_taken_off() -> None:
    assert core_of("P@ssw0rd123!") == "password"
    assert core_of("12345678") == "12345678"


@pytest.mark.parametrize("password", ["Mina-no 7 hako", "Hanataba-7 hako", "Toiya-no 7 hako", "QXPRESS-no 7 hako"])
def test_words_of_ones_own_are_refused(password: str) -> None:
    assert here.faults(password, ["mina@hanataba.example"]) == ["own_words"]


def test_an_installation_may_ask_for_more_and_never_for_less(settings: object) -> None:
    settings.PASSWORD_LENGTH = 14  # type: ignore[attr-defined]
    here.policy.cache_clear()
    assert here.faults("Aa1-xyzz-xyzz") == ["length"]
    assert here.words_of("length") == "At least 14 characters"
    settings.PASSWORD_LENGTH = 4  # type: ignore[attr-defined]
    settings.PASSWORD_WORDS = ["funabashi"]  # type: ignore[attr-defined]
    here.policy.cache_clear()
    assert here.faults("Aa1-xyz") == ["length"]
    assert here.faults("Funabashi-7 hako") == ["own_words"]
    here.policy.cache_clear()


@pytest.mark.django_db
def test_reset_and_change_ask_the_same() -> None:
    user = User(email="mina@hanataba.example", name="Mina")
    validate_password(GOOD, user)
    with pytest.raises(ValidationError) as found:
        validate_password("mina-kiste", user)
    assert [error.code for error in found.value.error_list] == ["parts", "own_words"]
    assert found.value.messages[0] == "The password still lacks: A capital letter, A to Z, A digit."
