"""Many guesses at one code in the same moment are worth no more than five; a link pressed twice works once."""

from __future__ import annotations

import pytest

from tests.races.together import Ends, together
from tests.world import NOON, WORLD
from toiya.core.rows import LockableRows
from toiya.domain.members import proving
from toiya.domain.members.actions.asking import ask_for_proof
from toiya.domain.members.actions.verifying import (
    CodeDead,
    ProofUsed,
    WrongCode,
    verify_email_by_code,
    verify_email_by_link,
)
from toiya.domain.members.models import Challenge, User
from toiya.domain.members.proving import Purpose

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 12


@pytest.fixture
def mika(transactional_db: None) -> User:
    return User.objects.create_user(email="mika@example.com", name="Mika")


def guesses(user: User) -> Ends:
    made = ask_for_proof(user_id=user.pk, purpose=Purpose.EMAIL_CODE, actor=WORLD, at=NOON)
    right = int(proving.unseal(made))

    def guess(number: int) -> object:
        code = f"{(right + number) % 1_000_000:06d}"
        return verify_email_by_code(user_id=user.pk, code=code, actor=WORLD, at=NOON)

    return together([lambda number=number: guess(number) for number in range(1, THREADS + 1)])  # type: ignore[misc]


@pytest.mark.seed("A049")
def test_twelve_guesses_at_once_are_five(mika: User) -> None:
    ends = guesses(mika)
    assert (ends.answers, ends.troubles) == ([], [])
    kinds = [type(refusal) for refusal in ends.refusals]
    assert (kinds.count(WrongCode), kinds.count(CodeDead)) == (4, 8)
    assert Challenge.objects.get().wrong_tries == 5


def test_without_the_locks_more_guesses_would_count(mika: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what keeps the count right is that one person's guesses come one after the other."""
    monkeypatch.setattr(LockableRows, "lock", lambda rows: rows.order_by("pk"))
    monkeypatch.setattr("django.db.models.QuerySet.select_for_update", lambda rows, **_: rows)
    for _ in range(5):
        kinds = [type(refusal) for refusal in guesses(mika).refusals]
        if kinds.count(WrongCode) > 4:
            return
    pytest.fail("the threads never met, so the test above proves nothing")


def test_a_link_pressed_in_two_windows_works_once(mika: User) -> None:
    token = proving.unseal(ask_for_proof(user_id=mika.pk, purpose=Purpose.EMAIL_LINK, actor=WORLD, at=NOON))
    press = [lambda: verify_email_by_link(token=token, actor=WORLD, at=NOON)] * 4
    ends = together(press)
    assert (len(ends.answers), ends.troubles) == (1, [])
    assert {type(refusal) for refusal in ends.refusals} == {ProofUsed}
