"""Who needs approval, which desk is told, what is typical; the plan and the road, for every combination."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toiya.domain.members.rules import approval
from toiya.domain.members.rules.countries import Desk, desk_of
from toiya.domain.members.rules.guidance import GUIDANCE, Standing, plan_for
from toiya.domain.members.rules.industries import BUSINESS_MODELS, INDUSTRIES, ONLINE_EXPERIENCE
from toiya.domain.members.rules.starting import Facts, State, Who, is_real_name, steps_of

SERVICES = [(True, False), (False, True), (True, True)]


@pytest.mark.seed("A024")
def test_korea_asks_for_approval_and_a_setting_may_change_that() -> None:
    assert [country for country in ("KR", "JP", "SG", "CN", "US") if approval.is_approved_first(country)] == ["KR"]
    chosen = approval.countries_from(" sg, jp ")
    assert [c for c in ("KR", "JP", "SG", "US") if approval.is_approved_first(c, chosen)] == ["JP", "SG"]
    assert approval.is_approved_first("US", approval.countries_from("*"))
    assert not approval.is_approved_first("KR", approval.countries_from("-"))
    assert approval.countries_from("") is None


@pytest.mark.seed("A026")
def test_each_country_has_the_desk_of_the_original() -> None:
    desks = approval.desks_from("")
    told = {country: desk_of(country, desks).email for country in ("KR", "SG", "JP", "CN", "DE")}
    assert told == {
        "KR": "contact@qxpress.net",
        "SG": "sales@qxpress.sg",
        "JP": "sales@qxpress.jp",
        "CN": "info@qxpress.cn",
        "DE": "info@qxpress.asia",
    }
    assert desk_of("KR", desks).phone == "02-2620-1168"


def test_a_setting_replaces_a_desk_and_leaves_the_others() -> None:
    desks = approval.desks_from("KR=kr@example.com|02-1, *=all@example.com,XX=")
    assert desk_of("KR", desks) == Desk("kr@example.com", "02-1")
    assert desk_of("DE", desks) == Desk("all@example.com")
    assert desk_of("JP", desks) == Desk("sales@qxpress.jp")
    assert desk_of("XX", desks) == Desk("all@example.com")
    assert [approval.language_of_desk(c) for c in ("KR", "JP", "CN", "SG")] == ["ko", "ja", "zh-hans", "en"]


def test_a_typical_time_is_told_from_three_decisions_on() -> None:
    hours = [timedelta(hours=n) for n in (1, 30, 5)]
    assert approval.typical(hours[:2]) is None
    assert approval.typical(hours) == timedelta(hours=5)


@pytest.mark.seed("A048")
def test_every_combination_has_a_plan_without_duplicates_in_one_order() -> None:
    order = [step.code for step in GUIDANCE]
    assert len(order) == len(set(order)) >= 15
    plans = set()
    for industry, model, experience, services in product(
        (*INDUSTRIES, "", "unheard"), (*BUSINESS_MODELS, "", "unheard"), (*ONLINE_EXPERIENCE, "", "unheard"), SERVICES
    ):
        plan = [step.code for step in plan_for(Standing(industry, model, experience, *services))]
        assert 5 <= len(plan) <= 20
        assert plan == sorted(set(plan), key=order.index)
        plans.add(tuple(plan))
    assert len(plans) > 60


@pytest.mark.seed("A048")
def test_plans_differ_by_each_answer_and_fit_it() -> None:
    def codes(*told: str, services: tuple[bool, bool] = (True, False)) -> set[str]:
        return {step.code for step in plan_for(Standing(*told, *services))}

    tea, coats = codes("food", "own_brand", "none"), codes("fashion", "own_brand", "none")
    assert "best_before" in tea - coats
    assert "size_and_colour_options" in coats - tea
    assert "barcodes_on_goods" in tea
    assert "use_makers_barcodes" in codes("food", "resale", "none") - tea
    assert "first_order_by_file" in tea
    assert "move_codes_over" in codes("food", "own_brand", "over_3_years") - tea
    assert "printer_and_paper" in codes("food", "own_brand", "none", services=(False, True))
    assert "best_before" not in codes("food", "own_brand", "none", services=(False, True))


def test_every_step_of_the_plan_is_somebodys() -> None:
    reached = set()
    for told in product(INDUSTRIES, BUSINESS_MODELS, ONLINE_EXPERIENCE):
        reached |= {step.code for step in plan_for(Standing(*told, True, True))}
    assert reached == {step.code for step in GUIDANCE}


FLAGS = [field.name for field in fields(Facts) if not field.name.endswith("_status")]
FACTS = st.builds(
    Facts,
    **{name: st.booleans() for name in FLAGS},
    seller_status=st.sampled_from(["pending", "active", "rejected"]),
    application_status=st.sampled_from(["", "waiting", "asked", "approved", "rejected"]),
)


@pytest.mark.seed("L41", "L52")
@given(FACTS)
def test_the_road_has_at_most_one_next_step_and_never_a_done_one_that_is_not(facts: Facts) -> None:
    steps = steps_of(facts)
    codes = [step.code for step in steps]
    assert len(codes) == len(set(codes)) >= 6
    assert sum(step.state is State.NOW for step in steps) <= 1
    asked = [step for step in steps if step.state in {State.NOW, State.LATER}]
    assert all(step.who is Who.SELLER for step in asked)
    if asked and not any(step.state is State.TROUBLE for step in steps):
        assert asked[0].state is State.NOW
    done = {step.code for step in steps if step.state is State.DONE}
    assert ("sku" in done) == facts.has_sku
    assert ("wallet" in done) == facts.topped_up
    assert ("approval" in done) == (facts.seller_status == "active")
    assert ("stock" in codes) == facts.uses_fulfilment
    assert ("hand_in" in codes) == facts.uses_smart_delivery
    assert ("certificate" in codes) == facts.is_business


def test_the_next_step_follows_what_is_done() -> None:
    def next_of(**facts: object) -> str:
        known: dict[str, bool] = dict.fromkeys(("email_verified", "phone_verified", "firm_complete", "real_name"), True)
        steps = steps_of(Facts(**{**known, "certificate": True, **facts}))  # type: ignore[arg-type]
        return next((step.code for step in steps if step.state is State.NOW), "")

    assert next_of(email_verified=False) == "verify_email"
    assert next_of(application_status="waiting") == "shop"
    assert next_of(seller_status="active", has_shop=True) == "sku"
    assert next_of(seller_status="active", has_order=True, has_sku=True) == "stock"
    both = {"has_shop": True, "has_sku": True, "stock_received": True, "topped_up": True, "seller_status": "active"}
    assert next_of(**both) == ""
    assert next_of(**both, uses_smart_delivery=True) == "label"


@pytest.mark.seed("A047")
@pytest.mark.parametrize(
    ("name", "is_real"),
    [
        ("田中 みなみ", True), ("Kim Min-ji", True), ("李伟", True), ("J. O’Neill", True), ("マリア・ロペス", True),
        ("x", False), ("", False), ("12345", False), ("Shop No. 1", False), ("<b>Li</b>", False), ("A" * 101, False),
    ],
)  # fmt: skip
def test_a_name_for_payouts_is_letters(name: str, is_real: bool) -> None:
    assert is_real_name(name) is is_real
