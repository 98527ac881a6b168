"""The first steps with live state, and the plan made for the seller."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.applicants import Applicant, an_applicant, an_approver
from tests.world import NOON, a_member, a_seller, a_shop, a_sku, a_warehouse, money_in, stock_of
from toiya.core.models import EventRow
from toiya.domain.members.actions import approving
from toiya.domain.members.models import BusinessProfile, GuidanceDone, User
from toiya.domain.members.rules.guidance import GUIDANCE
from toiya.web.portal import checklist
from toiya.web.portal.guidance_words import GUIDANCE as WORDS
from toiya.web.shared.icons import icon

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def states(applicant: Applicant) -> dict[str, str]:
    return {row.step.code: str(row.step.state) for row in checklist.read(applicant.actor).rows}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.seed("L41", "L52")
def test_each_step_follows_the_real_tables() -> None:
    applicant = an_applicant()
    seller, user = applicant.seller, applicant.user
    assert states(applicant) == {
        "verify_email": "now", "verify_phone": "later", "firm": "done", "real_name": "later", "certificate": "later",
        "approval": "waits", "shop": "later", "sku": "later", "stock": "later", "wallet": "later",
        "first_parcel": "waits",
    }  # fmt: skip
    User.objects.filter(pk=user.pk).update(email_verified_at=NOON, verify_by=None, phone_verified_at=NOON)
    BusinessProfile.objects.filter(seller=seller).update(real_name="김민지")
    approving.approve_application(application_code=applicant.code, service="both", actor=an_approver(), at=NOON)
    a_shop(seller, shop_id="first")
    stock_of(a_sku(seller), a_warehouse(), 1)
    now = states(applicant)
    assert [code for code, state in now.items() if state == "done"] == [
        "verify_email", "verify_phone", "firm", "real_name", "approval", "shop", "sku", "stock",
    ]  # fmt: skip
    assert now["certificate"] == "now"
    assert now["label"] == now["hand_in"] == "later"
    money_in(seller, 1000)
    User.objects.filter(pk=user.pk).update(mail_bounced_at=NOON)
    now = states(applicant)
    assert (now["wallet"], now["verify_email"]) == ("done", "trouble")


@pytest.mark.seed("A047")
def test_the_name_for_payouts_counts_only_when_it_is_one() -> None:
    applicant = an_applicant()
    BusinessProfile.objects.filter(seller=applicant.seller).update(real_name="Shop 24")
    assert states(applicant)["real_name"] != "done"
    BusinessProfile.objects.filter(seller=applicant.seller).update(real_name="Kim Min-ji")
    assert states(applicant)["real_name"] == "done"


def test_a_finished_list_leaves_home(sign_in: SignIn) -> None:
    applicant = an_applicant()
    home = client_of(applicant.user).get("/").content.decode()
    assert "First steps" in home
    assert "Verify your e-mail" in home


@pytest.mark.seed("L52")
def test_the_page_names_per_site_what_is_needed_and_which_mailbox_is_used() -> None:
    applicant = an_applicant()
    page = client_of(applicant.user).get("/start/").content.decode()
    assert "Needed: your shop ID" in page
    assert applicant.user.email in page
    assert "Not verified" in page


@pytest.mark.seed("A048")
def test_the_plan_is_the_sellers_own_and_its_progress_is_kept() -> None:
    applicant = an_applicant()
    client = client_of(applicant.user)
    page = client.get("/start/")
    codes = [step["code"] for step in page.context["plan"]]
    assert "best_before" in codes
    assert "size_and_colour_options" not in codes
    assert client.post("/start/plan/best_before/").status_code == 302
    client.post("/start/plan/best_before/")
    assert [done.step for done in GuidanceDone.objects.all()] == ["best_before"]
    assert client.get("/start/").context["plan_done"] == 1
    client.post("/start/plan/best_before/", {"undo": "1"})
    client.post("/start/plan/best_before/", {"undo": "1"})
    assert GuidanceDone.objects.count() == 0
    names = EventRow.objects.filter(name__startswith="guidance").order_by("id").values_list("name", flat=True)
    assert list(names) == ["guidance.ticked", "guidance.unticked"]
    assert client.post("/start/plan/no_such_step/").status_code == 409


def test_a_tick_is_ones_own_sellers() -> None:
    one, other = an_applicant("One"), an_applicant("Other")
    client_of(one.user).post("/start/plan/best_before/", {"seller": str(other.seller.pk)})
    assert [done.seller_id for done in GuidanceDone.objects.all()] == [one.seller.pk]
    viewer = a_member(one.seller, "viewer")
    assert client_of(viewer).post("/start/plan/best_before/").status_code == 403


def test_every_step_has_its_words_and_a_page() -> None:
    assert {step.code for step in GUIDANCE} == set(WORDS)
    assert all(checklist.page(step.page).startswith("/") for step in GUIDANCE)
    assert all(checklist.page(where) for *_words, where in checklist.WORDS.values())
    for name in ("square", "square-check-big", "send", "lock", "clock-alert", "octagon-alert", "clipboard-check"):
        assert icon(name).startswith("<svg")


def test_the_pages_take_as_many_queries_for_many_rows_as_for_few(sign_in: SignIn) -> None:
    seller = a_seller()
    client = sign_in(seller)
    client.get("/start/")
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/start/")
        counts.append(len(asked))
        for number in range(3):
            a_shop(seller, shop_id=f"shop {turn} {number}")
        a_sku(seller, seller_code=f"T-{turn}")
    assert counts[0] == counts[1]
    assert counts[0] < 30
