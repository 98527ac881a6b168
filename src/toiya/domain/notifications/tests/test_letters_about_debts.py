"""Letters about debts: each step says what comes on which day, in the reader's language, once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.dues_world import asked, on, paid, signed, steps_until
from tests.world import WORLD, a_member, a_seller, a_warehouse, acting_for, an_allocated_order, money_in
from toiya.domain.contracts.actions.terms import announce_terms
from toiya.domain.contracts.models import TermsVersion
from toiya.domain.dues.actions.disputing import Decision, Objection, decide_dispute, dispute_line
from toiya.domain.dues.actions.returning import confirm_return
from toiya.domain.dues.models import DunningStep, ReturnPlan
from toiya.domain.members.models import Seller
from toiya.domain.notifications.actions.telling_dues import (
    tell_of_dispute,
    tell_of_reinstatement,
    tell_of_return,
    tell_of_step,
    tell_of_terms,
)
from toiya.domain.notifications.models import Message
from toiya.domain.notifications.rendering import written

pytestmark = pytest.mark.django_db
LATER = on(2027, 1, 22)


@pytest.fixture
def seller() -> Seller:
    seller = a_seller()
    for role in ("owner", "accountant", "clerk"):
        user = a_member(seller, role, f"{role}@example.com")
        user.language = "ja" if role == "owner" else "en"
        user.save()
    return seller


@pytest.mark.seed("A176", "L22")
def test_each_step_is_told_ahead_with_the_day_of_what_comes(seller: Seller) -> None:
    an_allocated_order(seller, a_warehouse())
    request = asked(seller)
    steps_until(request, date(2027, 1, 21))
    for _ in range(2):
        for step in DunningStep.objects.order_by("pk"):
            tell_of_step(step_id=step.pk, actor=WORLD, at=LATER)
    letters = list(Message.objects.filter(recipient="accountant@example.com").order_by("pk"))
    assert [letter.kind for letter in letters] == [
        "dues_notice",
        "dues_reminder",
        "dues_suspension",
        "dues_warning",
        "dues_stop",
        "dues_return",
    ]
    texts = [f"{made.subject}\n{made.text}" for made in (written(letter, "") for letter in letters)]
    assert "JPY 4,410" in texts[0]
    assert "due on 2026-11-20" in texts[0]
    assert "dispatch is suspended on that day" in texts[0]
    assert "2026-11-21" in texts[0]
    assert "dispatch is suspended on 2026-11-21" in texts[1]
    assert "go on by themselves" in texts[2]
    assert "The service is stopped on 2027-01-21" in texts[3]
    assert "Nothing is thrown away" in texts[3]
    assert all(f"/wallet/payments/{request.code}/" in text for text in texts)
    assert not Message.objects.filter(recipient="clerk@example.com").exists()
    assert {letter.language for letter in Message.objects.filter(recipient="owner@example.com")} == {"ja"}


@pytest.mark.seed("L22")
def test_a_confirmed_return_is_told_with_every_order_that_was_cancelled_for_it(seller: Seller) -> None:
    bought = an_allocated_order(seller, a_warehouse())
    steps_until(asked(seller), date(2027, 1, 21))
    plan = ReturnPlan.objects.get()
    tell_of_return(plan_id=plan.pk, actor=WORLD, at=LATER)
    assert not Message.objects.exists(), "it is not confirmed"
    confirm_return(code=plan.code, actor=WORLD, at=LATER)
    for _ in range(2):
        tell_of_return(plan_id=plan.pk, actor=WORLD, at=LATER)
    letter = Message.objects.get(recipient="accountant@example.com")
    text = written(letter, "").text
    assert (letter.kind, bought.code in text, "Cancel them on the sales site too" in text) == (
        "return_confirmed",
        True,
        True,
    )
    assert f"/wallet/payments/returns/{plan.code}/" in text
    assert "removals were cancelled" not in text


def test_who_has_paid_is_told_that_everything_goes_on(seller: Seller) -> None:
    an_allocated_order(seller, a_warehouse())
    request = asked(seller)
    steps_until(request, date(2026, 11, 21))
    tell_of_reinstatement(seller_id=seller.pk, actor=WORLD, at=LATER)
    assert not Message.objects.exists(), "it has not paid"
    money_in(seller, 9000)
    paid(request, at=on(2026, 11, 21))
    for _ in range(2):
        tell_of_reinstatement(seller_id=seller.pk, actor=WORLD, at=LATER)
    assert list(Message.objects.order_by("recipient").values_list("kind", "recipient")) == [
        ("reinstated", "accountant@example.com"),
        ("reinstated", "owner@example.com"),
    ]


@pytest.mark.seed("L21")
def test_what_was_decided_about_a_line_is_told_in_the_offices_words(seller: Seller) -> None:
    request = asked(seller, 3000)
    dispute = dispute_line(
        code=request.code, position=1, objection=Objection("Why?"), actor=acting_for(seller), at=on(2026, 11, 2)
    )
    tell_of_dispute(dispute_id=dispute.pk, actor=WORLD, at=LATER)
    assert not Message.objects.exists()
    decide_dispute(code=dispute.code, decision=Decision(1000, "A third of it."), actor=WORLD, at=on(2026, 11, 3))
    tell_of_dispute(dispute_id=dispute.pk, actor=WORLD, at=LATER)
    letter = written(Message.objects.get(recipient="accountant@example.com"), "")
    assert "JPY 1,000 is credited" in letter.text
    assert "A third of it." in letter.text
    assert "due on 2026-11-20" in letter.text


@pytest.mark.seed("A072")
def test_new_terms_are_told_to_who_signed(seller: Seller) -> None:
    signed(seller, a_warehouse())
    a_member(a_seller("Kaede"))
    announce_terms(country="JP", changes={}, holds_from=date(2027, 3, 1), actor=WORLD, at=LATER)
    tell_of_terms(version_id=TermsVersion.objects.get().pk, actor=WORLD, at=LATER)
    assert set(Message.objects.values_list("recipient", flat=True)) == {"owner@example.com", "accountant@example.com"}
    letter = written(Message.objects.filter(language="en").first(), "")  # type: ignore[arg-type]
    assert "from 2027-03-01" in letter.subject
