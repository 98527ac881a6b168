"""What the operator agrees: within how many days carriers want claims, and what late orders are worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.plugs import carriers
from toiya.domain.claims.events import CreditRuleSet, FilingTermsSet
from toiya.domain.claims.models import CreditRule, FilingTerms
from toiya.domain.members.models import Seller
from toiya.domain.pricing.actions.cards import CURRENCIES

MOST_DAYS = 400
MOST_SOURCE = 200


class ClaimTermsStand(Refusal):
    """Terms that start on that day are there already, and are kept as they were."""

    code = "claim_terms_stand"
    message = gettext_lazy("Other terms start on %(day)s already. Let the new ones start on another day.")


class ClaimTermsWrong(Refusal):
    """Numbers that no terms may have."""

    code = "claim_terms_wrong"
    message = gettext_lazy(
        "These terms cannot hold. Enter the day they start, days from 1 to 400, percent from 0 to 100, amounts from 0."
    )


class CreditCurrencyOff(Refusal):
    """A currency that nobody's wallet has, or not this seller's."""

    code = "credit_currency_off"
    message = gettext_lazy("%(currency)s is not the currency of these fees. Choose %(known)s.")


@dataclass(frozen=True, slots=True)
class Deadline:
    """Within how many days a claim must be told; `source`: where that is written, such as a clause of the contract."""

    within_days: int
    source: str
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CreditDraft:
    """A credit rule to set, in minor units of its currency; `seller_code` empty: for every seller that pays in it."""

    starts_on: date
    currency: str = "JPY"
    amount_minor: int = 0
    percent: int = 0
    month_cap_minor: int = 0
    seller_code: str = ""


@transaction.atomic
def set_filing_terms(*, carrier: str, starts_on: date, deadline: Deadline, actor: Actor, at: datetime) -> FilingTerms:
    """
    Let claims be due within so many days from a day on; carrier "" is our own house. The same twice changes nothing.

    :raises NotFound: no such carrier :raises ClaimTermsWrong: :raises ClaimTermsStand:
    :raises core.texts refusals: nobody says where it is written
    """
    if carrier and carrier not in carriers():
        raise NotFound(kind=gettext_lazy("carrier"), code=carrier[:20])
    if not 0 < deadline.within_days <= MOST_DAYS:
        raise ClaimTermsWrong()
    source = texts.plain(deadline.source, most=MOST_SOURCE, may_have_lines=False)
    wanted = {"within_days": deadline.within_days, "source": source, "is_confirmed": deadline.is_confirmed}
    row, is_new = FilingTerms.objects.get_or_create(carrier=carrier, starts_on=starts_on, defaults=wanted)
    if not is_new:
        if any(getattr(row, name) != value for name, value in wanted.items()):
            raise ClaimTermsStand(day=starts_on.isoformat())
        return row

    told = FilingTermsSet(
        seller_id=None,
        subject=carrier or "house",
        starts_on=starts_on.isoformat(),
        within_days=deadline.within_days,
        source=source,
    )
    events.record(told, actor=actor, at=at)
    return row


@transaction.atomic
def set_credit_rule(*, rule: CreditDraft, actor: Actor, at: datetime) -> CreditRule:
    """
    Let late orders be credited so from a day on, for one seller or for all. The same twice changes nothing.

    :raises NotFound: no such seller :raises CreditCurrencyOff: :raises ClaimTermsWrong: :raises ClaimTermsStand:
    """
    seller = Seller.objects.filter(code=rule.seller_code).lock().first() if rule.seller_code else None
    if rule.seller_code and seller is None:
        raise NotFound(kind=gettext_lazy("seller"), code=rule.seller_code[:20])
    known = (seller.currency,) if seller else CURRENCIES
    if rule.currency not in known:
        raise CreditCurrencyOff(currency=rule.currency[:3], known=", ".join(known))
    if min(rule.amount_minor, rule.month_cap_minor, rule.percent) < 0 or rule.percent > 100:
        raise ClaimTermsWrong()
    wanted = {
        "amount_minor": rule.amount_minor,
        "percent": rule.percent,
        "month_cap_minor": rule.month_cap_minor,
    }
    row, is_new = CreditRule.objects.get_or_create(
        seller=seller, currency=rule.currency, starts_on=rule.starts_on, defaults=wanted
    )
    if not is_new:
        if any(getattr(row, name) != value for name, value in wanted.items()):
            raise ClaimTermsStand(day=rule.starts_on.isoformat())
        return row

    told = CreditRuleSet(
        seller_id=seller.pk if seller else None,
        subject=seller.code if seller else "all",
        starts_on=rule.starts_on.isoformat(),
        currency=rule.currency,
        **wanted,
    )
    events.record(told, actor=actor, at=at)
    return row
