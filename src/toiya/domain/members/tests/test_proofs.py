"""Asking for a proof and giving it: links and codes live as long as they should, once, and for one person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world import NOON, WORLD
from toiya.core.models import EventRow
from toiya.domain.members import proving
from toiya.domain.members.actions import asking, verifying
from toiya.domain.members.models import Challenge, ResetWish, User
from toiya.domain.members.proving import Purpose
from toiya.domain.members.queries import is_kept_out
from toiya.domain.members.rules import proofs
from toiya.domain.members.rules.proofs import State, Verdict

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


@pytest.fixture
def mika(db: None) -> User:
    return User.objects.create_user(
        email="mika@example.com", name="Mika", password="a long enough password", verify_by=NOON + 14 * DAYS
    )


def asked(user: User, purpose: str = Purpose.EMAIL_LINK, target: str = "", at: object = NOON) -> tuple[Challenge, str]:
    """The proof and its secret, as the letter will hold it."""
    made = asking.ask_for_proof(user_id=user.pk, purpose=purpose, target=target, actor=WORLD, at=at)
    return made, proving.unseal(made)


def press(token: str, at: object = NOON) -> verifying.Proven:
    return verifying.verify_email_by_link(token=token, actor=WORLD, at=at)


def type_code(user: User, code: str, at: object = NOON) -> verifying.Proven:
    return verifying.verify_email_by_code(user_id=user.pk, code=code, actor=WORLD, at=at)


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@given(st.datetimes(), st.integers(0, 20), st.booleans(), st.booleans())
def test_no_proof_is_good_after_its_end_or_when_it_was_used(
    expires_at: object, tries: int, is_used: bool, is_replaced: bool
) -> None:
    state = State(expires_at, is_used, is_replaced, tries)  # type: ignore[arg-type]
    verdict = proofs.verdict_on(state, expires_at)  # type: ignore[arg-type]
    assert verdict is not Verdict.GOOD


def test_days_left_count_the_one_that_has_begun() -> None:
    assert proofs.days_left(NOON + 14 * DAYS, NOON) == 14
    assert proofs.days_left(NOON + timedelta(hours=1), NOON) == 1
    assert proofs.days_left(NOON, NOON) == 0
    assert proofs.days_left(NOON - DAYS, NOON) == 0


@pytest.mark.seed("A019", "A003")
def test_pressing_the_link_verifies_the_mailbox(mika: User) -> None:
    _, token = asked(mika)
    proven = press(token)
    mika.refresh_from_db()
    assert (proven.user, proven.target, proven.was_changed) == (mika, "mika@example.com", False)
    assert (mika.email_verified_at, mika.verify_by) == (NOON, None)
    names = list(EventRow.objects.filter(subject=str(mika.pk)).order_by("pk").values_list("name", flat=True))
    assert names == ["member.proof_asked", "member.email_verified"]


@pytest.mark.seed("A020")
def test_a_link_works_for_14_days_and_not_a_second_longer(mika: User) -> None:
    _, token = asked(mika)
    with pytest.raises(verifying.ProofExpired):
        press(token, NOON + 14 * DAYS)
    mika.refresh_from_db()
    assert mika.email_verified_at is None
    press(token, NOON + 14 * DAYS - timedelta(seconds=1))


@pytest.mark.seed("A022", "L35")
def test_past_the_14_days_a_new_link_opens_everything_at_once(mika: User) -> None:
    asked(mika)
    late = NOON + 20 * DAYS
    assert is_kept_out(mika, late)
    _, token = asked(mika, at=late)
    mika.refresh_from_db()
    assert is_kept_out(mika, late), "asking alone opens nothing"
    press(token, late + 13 * DAYS)
    mika.refresh_from_db()
    assert not is_kept_out(mika, late + 13 * DAYS)


def test_a_link_works_once_and_an_altered_one_never(mika: User) -> None:
    _, token = asked(mika)
    for altered in (token[:-1], token + "A", token.swapcase(), "", token[::-1]):
        with pytest.raises(verifying.ProofUnknown):
            press(altered)
    press(token)
    with pytest.raises(verifying.ProofUsed):
        press(token)


@pytest.mark.seed("A023", "L35")
def test_asking_again_replaces_the_older_link(mika: User) -> None:
    _, first = asked(mika)
    _, second = asked(mika)
    with pytest.raises(verifying.ProofReplaced):
        press(first)
    press(second)


def test_only_keyed_hashes_are_stored(mika: User) -> None:
    _, token = asked(mika)
    code_proof, code = asked(mika, Purpose.EMAIL_CODE)
    assert len(token) >= 43
    assert (code.isdigit(), len(code)) == (True, 6)
    stored = [str(value) for row in Challenge.objects.values() for value in row.values()]
    assert token not in stored
    assert code not in stored
    twin = proving.hash_of(Purpose.EMAIL_CODE, code, code_proof.pk + 1)
    assert twin != code_proof.secret_hash, "equal codes look different"


@pytest.mark.seed("A049")
def test_a_code_verifies_the_mailbox_for_ten_minutes(mika: User) -> None:
    _, code = asked(mika, Purpose.EMAIL_CODE)
    with pytest.raises(verifying.ProofExpired):
        type_code(mika, code, NOON + timedelta(minutes=10))
    type_code(mika, code, NOON + timedelta(minutes=9))
    mika.refresh_from_db()
    assert mika.email_verified_at == NOON + timedelta(minutes=9)
    with pytest.raises(verifying.ProofUsed):
        type_code(mika, code)


def test_the_fifth_wrong_code_ends_it_even_for_the_right_one(mika: User) -> None:
    _, code = asked(mika, Purpose.EMAIL_CODE)
    for left in (4, 3, 2, 1):
        with pytest.raises(verifying.WrongCode) as caught:
            type_code(mika, other_than(code))
        assert caught.value.details == {"left": left}
    for guess in (other_than(code), code):
        with pytest.raises(verifying.CodeDead):
            type_code(mika, guess)
    mika.refresh_from_db()
    assert mika.email_verified_at is None
    assert Challenge.objects.get().wrong_tries == 5


def test_a_code_is_bound_to_its_person_and_purpose(mika: User) -> None:
    kei = User.objects.create_user(email="kei@example.com", name="Kei")
    _, code = asked(mika, Purpose.EMAIL_CODE)
    with pytest.raises(verifying.ProofUnknown):
        type_code(kei, code)
    with pytest.raises(verifying.ProofUnknown):
        verifying.verify_phone(user_id=mika.pk, code=code, actor=WORLD, at=NOON)
    _, token = asked(kei)
    with pytest.raises(verifying.ProofUnknown):
        verifying.set_password_by_link(token=token, password="another password", actor=WORLD, at=NOON)


@pytest.mark.seed("L35")
def test_another_mailbox_takes_the_place_only_when_it_was_proven(mika: User) -> None:
    _, old = asked(mika)
    _, token = asked(mika, target="Mika@New.example")
    mika.refresh_from_db()
    assert (mika.email, mika.login) == ("mika@example.com", "mika@example.com")
    with pytest.raises(verifying.ProofReplaced):
        press(old)
    proven = press(token)
    mika.refresh_from_db()
    assert proven.was_changed
    assert (mika.email, mika.login, mika.verify_by) == ("mika@new.example", "mika@new.example", None)


def test_an_old_accounts_log_in_id_stays_when_its_mailbox_changes(mika: User) -> None:
    old = User.objects.create_user(login="hanataba1", email="old@example.com", name="Old")
    _, token = asked(old, target="new@example.com")
    press(token)
    old.refresh_from_db()
    assert (old.login, old.email) == ("hanataba1", "new@example.com")


def test_a_mailbox_that_is_anothers_log_in_is_refused_to_its_owner_and_nothing_changes(mika: User) -> None:
    kei = User.objects.create_user(email="kei@example.com", name="Kei")
    _, token = asked(kei, target="mika@example.com")
    with pytest.raises(verifying.MailboxTaken):
        press(token)
    kei.refresh_from_db()
    assert (kei.email, kei.email_verified_at) == ("kei@example.com", None)
    assert Challenge.objects.get(user=kei).used_at is None


def test_what_was_sent_to_the_mailbox_of_before_opens_nothing_after_the_change(mika: User) -> None:
    asking.ask_for_reset(asked="mika@example.com", language="en", actor=WORLD, at=NOON)
    asking.answer_reset_wish(wish_id=ResetWish.objects.get().pk, actor=WORLD, at=NOON)
    reset = proving.unseal(Challenge.objects.get(purpose=Purpose.PASSWORD_RESET))
    _, token = asked(mika, target="new@example.com")
    press(token)
    with pytest.raises(verifying.ProofReplaced):
        verifying.set_password_by_link(token=reset, password="another password", actor=WORLD, at=NOON)


def test_whoever_takes_an_account_back_stops_the_change_to_anothers_mailbox(mika: User) -> None:
    _, thief = asked(mika, target="thief@example.com")
    asking.ask_for_reset(asked="mika@example.com", language="en", actor=WORLD, at=NOON)
    asking.answer_reset_wish(wish_id=ResetWish.objects.get().pk, actor=WORLD, at=NOON)
    reset = proving.unseal(Challenge.objects.get(purpose=Purpose.PASSWORD_RESET))
    verifying.set_password_by_link(token=reset, password="another password", actor=WORLD, at=NOON)
    with pytest.raises(verifying.ProofReplaced):
        press(thief)


def test_what_is_proven_is_not_asked_for_again(mika: User) -> None:
    press(asked(mika)[1])
    with pytest.raises(asking.NothingToProve):
        asked(mika, target="mika@example.com")
    begun = asking.begin_email_proof(user_id=mika.pk, purpose=Purpose.EMAIL_LINK, actor=WORLD, at=NOON)
    assert begun is None
    assert Challenge.objects.count() == 1


def test_the_first_link_is_begun_once_and_the_days_are_counted() -> None:
    new = User.objects.create_user(email="new@example.com", name="New")
    for _ in range(2):
        asking.begin_email_proof(user_id=new.pk, purpose=Purpose.EMAIL_LINK, actor=WORLD, at=NOON)
    new.refresh_from_db()
    assert new.verify_by == NOON + 14 * DAYS
    assert Challenge.objects.filter(user=new).count() == 1


@pytest.mark.seed("A046")
def test_a_phone_is_verified_by_a_code(mika: User) -> None:
    _, code = asked(mika, Purpose.PHONE_CODE, "+819012345678")
    mika.refresh_from_db()
    assert (mika.phone, mika.phone_verified_at) == ("", None)
    verifying.verify_phone(user_id=mika.pk, code=code, actor=WORLD, at=NOON)
    mika.refresh_from_db()
    assert (mika.phone, mika.phone_verified_at) == ("+819012345678", NOON)


def wish(name: str) -> int:
    asking.ask_for_reset(asked=name, language="en", actor=WORLD, at=NOON)
    return asking.answer_reset_wish(wish_id=ResetWish.objects.latest("pk").pk, actor=WORLD, at=NOON)


@pytest.mark.seed("A040")
def test_each_account_of_one_mailbox_gets_a_link_and_nobody_else(mika: User) -> None:
    shared = [
        User.objects.create_user(login=f"hanataba{number}", email="mika@example.com", name="Mika") for number in (1, 2)
    ]
    User.objects.create_user(email="gone@example.com", name="Gone", is_active=False)
    assert wish("MIKA@example.com ") == 3
    assert wish("hanataba2") == 1
    assert wish("nobody@example.com") == 0
    assert wish("gone@example.com") == 0
    live = Challenge.objects.filter(replaced_at=None).values_list("user__login", flat=True)
    assert sorted(live) == ["hanataba1", "hanataba2", "mika@example.com"]
    assert {challenge.target for challenge in Challenge.objects.all()} == {"mika@example.com"}
    assert not ResetWish.objects.exists(), "what was asked is forgotten"
    assert shared[0].login == "hanataba1"


@pytest.mark.seed("A042")
def test_an_account_without_a_password_gets_one_by_the_link(mika: User) -> None:
    linked = User.objects.create_user(email="linked@example.com", name="Linked")
    assert not linked.has_usable_password()
    wish("linked@example.com")
    token = proving.unseal(Challenge.objects.get())
    with pytest.raises(verifying.ProofExpired):
        verifying.set_password_by_link(
            token=token, password="warm kettle 7", actor=WORLD, at=NOON + timedelta(minutes=30)
        )
    verifying.set_password_by_link(token=token, password="warm kettle 7", actor=WORLD, at=NOON)
    linked.refresh_from_db()
    assert linked.check_password("warm kettle 7")
    with pytest.raises(verifying.ProofUsed):
        verifying.set_password_by_link(token=token, password="thief", actor=WORLD, at=NOON)


def test_events_and_wake_ups_hold_no_secret_and_no_address(mika: User) -> None:
    _, token = asked(mika)
    _, code = asked(mika, Purpose.EMAIL_CODE)
    press(token)
    told = " ".join(str(row) for row in EventRow.objects.values("subject", "data"))
    assert token not in told
    assert code not in told
    assert "@" not in told
