"""The plan made for one seller from its industry, business model and online experience (A048): data, and its rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_NEW = frozenset({"none", "under_1_year"})
_OLD = frozenset({"1_to_3_years", "over_3_years"})
_DATED = frozenset({"food", "beauty", "health", "pets"})
_WORN = frozenset({"fashion", "accessories", "sports", "kids"})
_FRAGILE = frozenset({"home", "hobby", "electronics", "automotive"})
_RESELLERS = frozenset({"resale", "dropshipping", "mixed"})
_MAKERS = frozenset({"own_brand", "made_to_order"})
EVERYBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the plan is made from; codes of lists, empty where nothing was told."""

    industry: str = ""
    business_model: str = ""
    online_experience: str = ""
    uses_fulfilment: bool = True
    uses_smart_delivery: bool = False


@dataclass(frozen=True, slots=True)
class Guidance:
    """One step: for whom (an empty set is everybody), the page that helps, and the minutes it takes."""

    code: str
    page: str
    minutes: int
    industries: frozenset[str] = EVERYBODY
    models: frozenset[str] = EVERYBODY
    experience: frozenset[str] = EVERYBODY
    needs_fulfilment: bool = False
    needs_smart_delivery: bool = False


# In the order in which they are best done. The words stand at the edge (web/portal/guidance_words.py).
GUIDANCE: Sequence[Guidance] = (
    Guidance("read_the_road", "start", 5, experience=_NEW),
    Guidance("own_mailbox", "contact", 10, experience=_NEW),
    Guidance("second_person", "team", 5),
    Guidance("two_step_sign_in", "security", 3),
    Guidance("one_seller_code", "skus", 15),
    Guidance("move_codes_over", "imports", 20, experience=_OLD),
    Guidance("first_order_by_file", "imports", 10, experience=_NEW),
    Guidance("connect_second_site", "connections", 10, experience=frozenset({"over_3_years"})),
    Guidance("barcodes_on_goods", "skus", 30, models=_MAKERS, needs_fulfilment=True),
    Guidance("use_makers_barcodes", "skus", 20, models=_RESELLERS, needs_fulfilment=True),
    Guidance("size_and_colour_options", "skus", 20, industries=_WORN),
    Guidance("photo_on_sku", "skus", 20, industries=_WORN | _FRAGILE, needs_fulfilment=True),
    Guidance("best_before", "skus", 15, industries=_DATED, needs_fulfilment=True),
    Guidance("what_may_not_fly", "skus", 10, industries=frozenset({"beauty", "electronics", "health"})),
    Guidance("pack_fragile", "skus", 15, industries=_FRAGILE),
    Guidance("weigh_one_of_each", "skus", 20),
    Guidance("thin_letters", "skus", 10, industries=frozenset({"books", "fashion", "beauty"})),
    Guidance("customs_papers", "skus", 20, models=_RESELLERS),
    Guidance("carton_labels", "skus", 10, models=frozenset({"resale", "mixed"}), needs_fulfilment=True),
    Guidance("small_first_delivery", "skus", 10, experience=_NEW, needs_fulfilment=True),
    Guidance("stock_for_30_days", "skus", 15, experience=_OLD, needs_fulfilment=True),
    Guidance("printer_and_paper", "orders", 10, needs_smart_delivery=True),
    Guidance("hand_in_times", "orders", 5, needs_smart_delivery=True),
    Guidance("wallet_for_two_weeks", "wallet", 5),
    Guidance("watch_what_needs_you", "home", 5),
    Guidance("programs_of_your_own", "keys", 30, experience=frozenset({"over_3_years"})),
)  # fmt: skip


def plan_for(standing: Standing) -> list[Guidance]:
    """The steps for this seller, in the order in which they are best done."""
    return [step for step in GUIDANCE if _fits(step, standing)]


def _fits(step: Guidance, standing: Standing) -> bool:
    told = (
        (step.industries, standing.industry),
        (step.models, standing.business_model),
        (step.experience, standing.online_experience),
    )
    if any(wanted and value not in wanted for wanted, value in told):
        return False
    if step.needs_fulfilment and not standing.uses_fulfilment:
        return False
    return standing.uses_smart_delivery or not step.needs_smart_delivery
