"""What a service takes from a day on, and what was agreed with a carrier."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import NotFound, Refusal
from toiya.domain.carriers.actions.contracts import NewService, add_service
from toiya.domain.carriers.catalogue import HEAVIEST_G, OFFERS
from toiya.domain.carriers.events import ContractSet, TermsSet
from toiya.domain.carriers.models import Contract, Service, ServiceTerms, Way
from toiya.domain.carriers.plugs import carriers
from toiya.domain.carriers.port import FileCarrier
from toiya.domain.carriers.service_rules import Terms


class TermsStand(Refusal):
    """Terms that have begun are kept as they were."""

    code = "terms_stand"
    message = gettext_lazy("%(service)s has other terms from %(day)s on. Let the new ones start on another day.")


class NoFilesThere(Refusal):
    """The carrier's program takes no files of that layout."""

    code = "no_files_there"
    message = gettext_lazy("%(carrier)s takes no files of layout %(layout)s. Choose one of its layouts.")


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """What was agreed: see `models.Contract`."""

    carrier: str
    way: str = Way.ASK
    layout: str = ""
    customer_code: str = ""
    billing_class: str = ""
    fare_code: str = "01"
    lost_after_days: int = 0


@transaction.atomic
def set_terms(*, service_code: str, terms: Terms, actor: Actor, at: datetime) -> ServiceTerms:
    """
    Let these terms hold from their day on. The same once more changes nothing.

    :raises NotFound: no such service
    :raises TermsStand: other terms start on that day
    """
    service = Service.objects.filter(code=service_code).select_for_update(no_key=True).first()
    if service is None:
        raise NotFound(kind=str(gettext_lazy("service")), code=service_code)

    least_long, least_wide = terms.least_mm
    wanted = {
        "tiers": [[tier.most_sum_mm, tier.most_weight_g] for tier in terms.tiers],
        "longest_mm": terms.longest_mm,
        "thickest_mm": terms.thickest_mm,
        "least_long_mm": least_long,
        "least_wide_mm": least_wide,
        "within_mm": list(terms.within_mm or ()),
        "most_weight_g": terms.most_weight_g,
        "takes_date": terms.takes_date,
        "slots": sorted(map(str, terms.slots)),
        "latest_days": terms.latest_days,
        "is_mailbox": terms.is_mailbox,
        "compensation_minor": terms.compensation_minor,
        "is_offered": terms.is_offered,
    }
    row, is_new = ServiceTerms.objects.get_or_create(service=service, starts_on=terms.starts_on, defaults=wanted)
    if not is_new:
        if any(getattr(row, name) != value for name, value in wanted.items()):
            raise TermsStand(service=service.name, day=terms.starts_on.isoformat())
        return row

    event = TermsSet(seller_id=None, subject=service.code, starts_on=terms.starts_on.isoformat())
    events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def set_contract(*, contract: ContractDraft, actor: Actor, at: datetime) -> Contract:
    """
    Note what was agreed with a carrier. Labels that are wanted already keep their way.

    :raises NotFound: no such carrier
    :raises NoFilesThere: by file, and the carrier takes none of that layout
    """
    plug = carriers().get(contract.carrier)
    if plug is None:
        raise NotFound(kind=str(gettext_lazy("carrier")), code=contract.carrier[:20])
    layouts = plug.layouts if isinstance(plug, FileCarrier) else {}
    if contract.way == Way.FILE and contract.layout not in layouts:
        raise NoFilesThere(carrier=plug.label, layout=contract.layout or "–")
    Contract.objects.bulk_create([Contract(carrier=contract.carrier)], ignore_conflicts=True)
    row: Contract = Contract.objects.filter(carrier=contract.carrier).lock().get()

    for name, value in asdict(contract).items():
        setattr(row, name, value)
    row.save()

    event = ContractSet(seller_id=None, subject=row.carrier, way=row.way, layout=row.layout)
    events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def offer_service(*, service_code: str, price_minor: int, actor: Actor, at: datetime) -> Service:
    """
    Let a service of the catalogue be chosen, with its public terms through time and our price per parcel.

    :raises NotFound: the catalogue has none of that code; one abroad is offered with its countries (`offer_abroad`)
    :raises ServiceExists: it is offered already
    """
    known = next((offer for offer in OFFERS if offer.code == service_code), None)
    if known is None:
        raise NotFound(kind=str(gettext_lazy("service")), code=service_code[:30])
    newest = known.terms[-1]
    heaviest = newest.most_weight_g or max((tier.most_weight_g for tier in newest.tiers), default=0)
    largest = max((tier.most_sum_mm for tier in newest.tiers), default=sum(newest.within_mm or (0,)))
    new = NewService(
        known.code,
        known.carrier,
        known.name,
        known.name,
        max_weight_g=heaviest or HEAVIEST_G,
        price_minor=price_minor,
        max_size_cm=largest // 10,
    )
    service = add_service(service=new, actor=actor, at=at)
    for terms in known.terms:
        set_terms(service_code=known.code, terms=terms, actor=actor, at=at)
    return service
