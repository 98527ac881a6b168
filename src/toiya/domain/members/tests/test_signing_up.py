"""The actions of signing up: all or nothing, once per draft; upgrading; certificates; the firm; the first person."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command

from tests.books import findings
from tests.world import NOON, WORLD, a_member, a_seller, acting_for
from toiya.core import papers
from toiya.core.actor import Actor, ActorKind
from toiya.core.errors import NotFound
from toiya.core.models import EventRow
from toiya.core.papers import StoredPaper
from toiya.domain.members.actions.applying import Answers
from toiya.domain.members.actions.certificates import (
    MOST_CERTIFICATES,
    LastCertificate,
    TooManyCertificates,
    add_certificate,
    see_certificate,
    withdraw_certificate,
)
from toiya.domain.members.actions.drafts import (
    KEPT_FOR,
    DraftGone,
    add_draft_paper,
    begin_draft,
    forget_drafts,
    keep_answers,
)
from toiya.domain.members.actions.firms import NoCompany, edit_company
from toiya.domain.members.actions.signing_up import (
    Business,
    BusinessIncomplete,
    EmailTaken,
    NotBasic,
    SignUp,
    become_business,
    sign_up,
)
from toiya.domain.members.jobs import sweep_drafts
from toiya.domain.members.models import (
    Application,
    BusinessProfile,
    Certificate,
    Consent,
    Seller,
    SignUpDraft,
    Staff,
    User,
)
from toiya.domain.members.queries import actor_of
from toiya.domain.members.rules.documents import VERSIONS
from toiya.domain.members.rules.signing_up import Account, Firm

pytestmark = pytest.mark.django_db
FIRM = Firm(
    "花束株式会社", "Hanataba Inc.", "千葉県船橋市", "Funabashi", "+81474312121", "fashion", "online_shop", False,
    "7000012050002",
)  # fmt: skip
ANSWERS = Answers(["qoo10"], "bags", 300, "fulfilment")


def a_paper(name: str = "certificate.pdf") -> StoredPaper:
    return papers.keep(papers.Paper(name, papers.PDF, b"%PDF-1.4"), at=NOON)


def a_draft(has_paper: bool = True) -> str:
    draft = begin_draft(answers={"kind": "business"}, actor=WORLD, at=NOON)
    if has_paper:
        add_draft_paper(key=draft.key, paper=a_paper(), actor=WORLD, at=NOON)
    return draft.key


def a_form(country: str = "JP", email: str = "mina@hanataba.jp", **more: Any) -> SignUp:
    account = Account(email, make_password("Blaue-Kiste 7"), "Mina", "+819012345678", "ja", more.pop("proof", "link"))
    return SignUp(account, country, VERSIONS, more.pop("business", Business(FIRM, ANSWERS)))


def everything() -> tuple[int, ...]:
    kinds = (User, Seller, BusinessProfile, Certificate, Application, Consent, EventRow)
    return tuple(kind.objects.count() for kind in kinds)


def test_everything_is_made_at_once_and_the_books_are_whole() -> None:
    key = a_draft()
    user = sign_up(draft_key=key, form=a_form(proof="code"), actor=WORLD, at=NOON)
    seller = Seller.objects.get()
    assert everything() == (1, 1, 1, 1, 1, 3, 5)
    assert (user.verify_by, user.language, seller.mark_character) == (NOON + timedelta(days=14), "ja", "花")
    assert EventRow.objects.get(name="member.email_to_verify").data == {"user_id": user.pk, "way": "code"}
    actor = actor_of(user, at=NOON)
    assert actor is not None
    assert actor.seller_id == seller.pk
    assert sign_up(draft_key=key, form=a_form(), actor=WORLD, at=NOON).pk == user.pk
    assert everything() == (1, 1, 1, 1, 1, 3, 5)
    assert findings() == []


def test_a_refused_form_leaves_nothing() -> None:
    a_member(a_seller(), email="known@hanataba.jp")
    before = everything()
    with pytest.raises(EmailTaken):
        sign_up(draft_key=a_draft(), form=a_form(email="known@hanataba.jp"), actor=WORLD, at=NOON)
    with pytest.raises(BusinessIncomplete):
        sign_up(draft_key=a_draft(has_paper=False), form=a_form(), actor=WORLD, at=NOON)
    with pytest.raises(DraftGone):
        sign_up(draft_key="another", form=a_form(), actor=WORLD, at=NOON)
    assert everything() == before


def test_an_account_of_old_with_a_log_in_id_holds_its_address_too() -> None:
    User.objects.create_user(login="mina1998", email="mina@hanataba.jp", name="Mina")
    with pytest.raises(EmailTaken):
        sign_up(draft_key=a_draft(), form=a_form(), actor=WORLD, at=NOON)


@pytest.mark.seed("A009")
@pytest.mark.parametrize(
    ("country", "currency"), [("KR", "KRW"), ("SG", "SGD"), ("JP", "JPY"), ("CN", "CNY"), ("DE", "USD"), ("TW", "USD")]
)
def test_the_country_decides_the_currency(country: str, currency: str) -> None:
    sign_up(draft_key=a_draft(), form=a_form(country), actor=WORLD, at=NOON)
    seller = Seller.objects.get()
    assert (seller.country, seller.currency) == (country, currency)


def a_basic(country: str = "JP") -> tuple[Seller, Actor]:
    key = a_draft(has_paper=False)
    user = sign_up(draft_key=key, form=a_form(country, business=None), actor=WORLD, at=NOON)
    actor = actor_of(user, at=NOON)
    assert actor is not None
    return Seller.objects.get(), actor


@pytest.mark.seed("A001")
def test_a_basic_member_becomes_a_business_once() -> None:
    seller, actor = a_basic()
    assert (seller.kind, seller.name) == ("basic", "Mina")
    arguments: dict[str, Any] = {
        "seller_id": seller.pk, "business": Business(FIRM, ANSWERS), "agreed": VERSIONS, "actor": actor, "at": NOON,
    }  # fmt: skip
    with pytest.raises(BusinessIncomplete):
        become_business(draft_key=a_draft(has_paper=False), **arguments)
    key = a_draft()
    for _ in range(2):
        become_business(draft_key=key, **arguments)
    with pytest.raises(NotBasic):
        become_business(draft_key=a_draft(), **arguments)
    seller.refresh_from_db()
    assert (seller.kind, seller.status, seller.uses_fulfilment) == ("business", "active", True)
    assert (Certificate.objects.count(), Application.objects.count(), Consent.objects.count()) == (1, 1, 3)
    assert User.objects.get().verify_by == NOON + timedelta(days=14)


@pytest.mark.seed("A024")
def test_signing_up_as_basic_first_is_no_way_around_approval() -> None:
    seller, actor = a_basic("KR")
    become_business(
        draft_key=a_draft(),
        seller_id=seller.pk,
        business=Business(FIRM, ANSWERS),
        agreed=VERSIONS,
        actor=actor,
        at=NOON,
    )
    seller.refresh_from_db()
    assert seller.status == "pending"


def test_drafts_nobody_came_back_to_are_forgotten_with_their_papers_and_finished_ones_keep_theirs() -> None:
    kept, left = a_draft(), a_draft()
    sign_up(draft_key=kept, form=a_form(), actor=WORLD, at=NOON)
    paper = SignUpDraft.objects.get(key=left).papers[0]["storage_key"]
    assert forget_drafts(actor=WORLD, at=NOON + KEPT_FOR - timedelta(seconds=1)) == []
    assert forget_drafts(actor=WORLD, at=NOON + KEPT_FOR) == [paper]
    assert not SignUpDraft.objects.exists()
    assert papers.cupboard().exists(Certificate.objects.get().storage_key)
    with pytest.raises(DraftGone):
        keep_answers(key=left, answers={}, actor=WORLD, at=NOON)


def test_the_hourly_sweep_throws_the_papers_of_forgotten_drafts_away() -> None:
    long_ago = NOON - timedelta(days=30)
    draft = begin_draft(answers={}, actor=WORLD, at=long_ago)
    paper = a_paper()
    add_draft_paper(key=draft.key, paper=paper, actor=WORLD, at=long_ago)
    for _ in range(2):
        sweep_drafts(timestamp=0)
    assert not SignUpDraft.objects.exists()
    assert not papers.cupboard().exists(paper.storage_key)


def test_certificates_are_added_seen_and_withdrawn_on_record() -> None:
    seller, other = a_seller(), a_seller("Kumo")
    actor, stranger = acting_for(seller), acting_for(other)
    operator = Actor(kind=ActorKind.PERSON, id="7", name="Mika")
    first = add_certificate(seller_id=seller.pk, paper=a_paper(), actor=actor, at=NOON)
    with pytest.raises(LastCertificate):
        withdraw_certificate(code=first.code, actor=actor, at=NOON)
    second = add_certificate(seller_id=seller.pk, paper=a_paper("new.pdf"), actor=actor, at=NOON)
    for _ in range(2):
        withdraw_certificate(code=first.code, actor=actor, at=NOON)
    assert see_certificate(code=second.code, actor=operator, at=NOON) == second
    for forbidden in (see_certificate, withdraw_certificate):
        with pytest.raises(NotFound):
            forbidden(code=second.code, actor=stranger, at=NOON)
    told = list(EventRow.objects.filter(name__startswith="certificate.").values_list("name", "subject", "actor_name"))
    assert told == [
        ("certificate.added", first.code, actor.name), ("certificate.added", second.code, actor.name),
        ("certificate.withdrawn", first.code, actor.name), ("certificate.seen", second.code, "Mika"),
    ]  # fmt: skip
    for _ in range(MOST_CERTIFICATES - 1):
        add_certificate(seller_id=seller.pk, paper=a_paper(), actor=actor, at=NOON)
    with pytest.raises(TooManyCertificates):
        add_certificate(seller_id=seller.pk, paper=a_paper(), actor=actor, at=NOON)


def test_a_changed_firm_is_recorded_with_old_and_new() -> None:
    user = sign_up(draft_key=a_draft(), form=a_form(), actor=WORLD, at=NOON)
    seller, actor = Seller.objects.get(), actor_of(user, at=NOON)
    assert actor is not None
    arguments: dict[str, Any] = {"seller_id": seller.pk, "actor": actor, "at": NOON}
    assert edit_company(firm=FIRM, **arguments) == []
    moved = Firm(**{**{name: getattr(FIRM, name) for name in FIRM.__dataclass_fields__}, "address_en": "Chiba"})
    assert edit_company(firm=moved, **arguments) == ["address_en"]
    row = EventRow.objects.get(name="company.edited")
    assert row.data == {"fields": ["address_en"], "changes": {"address_en": ["Funabashi", "Chiba"]}}
    with pytest.raises(NoCompany):
        edit_company(firm=moved, seller_id=seller.pk, actor=acting_for(a_seller("Kumo")), at=NOON)


def test_the_first_administrator_is_made_once_with_a_password_by_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(password: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        call_command("first_user", "boss@depot.example", "--name", "Boss", "--password-stdin", stdout=io.StringIO())

    with pytest.raises(CommandError, match="still lacks"):
        run("short")
    assert not User.objects.exists()
    run("Graue-Halle 9 am Meer")
    staff = Staff.objects.get()
    assert (staff.role, staff.user.email) == ("administrator", "boss@depot.example")
    assert staff.user.check_password("Graue-Halle 9 am Meer")
    with pytest.raises(CommandError, match="has an administrator already"):
        run("Graue-Halle 9 am Meer")
