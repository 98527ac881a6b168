"""One form sent twice at once, and one address from two forms: one account each."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import make_password

from tests.books import findings
from tests.races.together import together
from tests.world import NOON, WORLD
from toiya.domain.members.actions.drafts import begin_draft
from toiya.domain.members.actions.signing_up import EmailTaken, SignUp, sign_up
from toiya.domain.members.models import Consent, Seller, User
from toiya.domain.members.rules.documents import VERSIONS
from toiya.domain.members.rules.signing_up import Account

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6
FORM = SignUp(
    Account("mina@hanataba.jp", make_password("Blaue-Kiste 7"), "Mina", "+819012345678", "ja"), "JP", VERSIONS
)


def a_draft() -> str:
    return begin_draft(answers={"kind": "basic"}, actor=WORLD, at=NOON).key


def made(key: str) -> int:
    return int(sign_up(draft_key=key, form=FORM, actor=WORLD, at=NOON).pk)


def test_one_form_sent_six_times_at_once_makes_one_account(transactional_db: None) -> None:
    key = a_draft()
    ends = together([lambda: made(key)] * THREADS)
    assert (ends.troubles, ends.refusals) == ([], [])
    assert set(ends.answers) == {User.objects.get().pk}
    assert (Seller.objects.count(), Consent.objects.count()) == (1, len(VERSIONS))
    assert findings() == []


def test_one_address_from_six_forms_makes_one_account_and_tells_the_others(transactional_db: None) -> None:
    keys = [a_draft() for _ in range(THREADS)]
    ends = together([lambda key=key: made(key) for key in keys])  # type: ignore[misc]
    assert ends.troubles == []
    assert [type(refusal) for refusal in ends.refusals] == [EmailTaken] * (THREADS - 1)
    assert (User.objects.count(), Seller.objects.count()) == (1, 1)
    assert findings() == []
