"""A seller applies for centres: it reads the agreement, ticks its consent, signs (A062-A072)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.codes import code_for
from toiya.core.copying import next_ids
from toiya.core.errors import NotFound, Refusal
from toiya.domain.contracts import queries, rules, text
from toiya.domain.contracts.events import AgreementSigned, CentresChosen
from toiya.domain.contracts.models import Agreement
from toiya.domain.contracts.queries import Centre
from toiya.domain.members.actions.choosing import choose_services
from toiya.domain.members.models import Seller
from toiya.domain.warehouses.actions.centres import use_centres


class ConsentMissing(Refusal):
    """The agreement, or the automatic payment of fees, was not ticked."""

    code = "consent_missing"
    message = gettext_lazy("You have not agreed yet. Read the agreement, tick both boxes, then press Apply.")


class NoCentreChosen(Refusal):
    """An application for nothing."""

    code = "no_centre_chosen"
    message = gettext_lazy("No centre is chosen. Tick at least one, then press Apply.")


class TextChanged(Refusal):
    """The terms changed between reading and signing."""

    code = "agreement_text_changed"
    message = gettext_lazy("The agreement changed while you read it. Read the new text below, then sign it.")


@dataclass(frozen=True, slots=True)
class Application:
    """
    The form: centres by code, the language it was read in, both ticks, and the hash of each text that was shown, so
    that nobody signs what they did not see.
    """

    centres: Sequence[str]
    language: str
    agrees: bool
    pays_automatically: bool
    read: Sequence[str]


@transaction.atomic
def apply_for_centres(*, seller_id: int, application: Application, actor: Actor, at: datetime) -> list[Agreement]:
    """
    Use these centres from now on, and sign the agreement of each country they lie in where it is not signed yet.

    Centres that are no longer ticked are used no more; what lies there stays. The same form twice signs once.

    :raises ConsentMissing: :raises NoCentreChosen: :raises NotFound: no such centre
    :raises TextChanged: another text than the one that was read
    """
    seller: Seller = Seller.objects.filter(pk=seller_id).lock().get()
    chosen = _chosen(seller_id, application.centres)
    if not (application.agrees and application.pays_automatically):
        raise ConsentMissing()
    countries = sorted({centre.country for centre in chosen})

    to_sign = [country for country in countries if queries.is_to_sign(seller_id, country, at)]
    signed = [_signed(seller, country, application, actor, at) for country in to_sign]
    use_centres(seller_id=seller_id, warehouse_ids=[each.warehouse.pk for each in chosen], at=at)
    choose_services(seller_id=seller_id, fulfilment=True, smart_delivery=seller.uses_smart_delivery, actor=actor, at=at)

    codes = [centre.warehouse.code for centre in chosen]
    told = [
        AgreementSigned(
            seller_id=seller_id, subject=each.code, country=each.country, version=each.version, centres=codes
        )
        for each in signed
    ]
    chose = CentresChosen(seller_id=seller_id, subject=seller.code, centres=codes)
    events.record_all([chose, *told], actor=actor, at=at)
    return signed


def _chosen(seller_id: int, codes: Sequence[str]) -> list[Centre]:
    known = {centre.warehouse.code: centre for centre in queries.centres(seller_id)}
    if not codes:
        raise NoCentreChosen()
    if unknown := sorted(set(codes) - set(known)):
        raise NotFound(kind=gettext_lazy("warehouse"), code=unknown[0][:20])
    return [known[code] for code in sorted(set(codes))]


def _signed(seller: Seller, country: str, application: Application, actor: Actor, at: datetime) -> Agreement:
    terms = queries.terms_offered(seller.pk, country, queries.local_day(country, at))
    words = text.whole(terms, application.language)
    if text.hash_of(words) not in application.read:
        raise TextChanged()
    (number,) = next_ids("contracts_agreement_id_seq", 1)
    return Agreement.objects.create(
        pk=number,
        code=code_for("AGR", number),
        seller=seller,
        country=country,
        version=terms.version,
        figures=rules.figures_of(terms),
        language=application.language,
        text=words,
        text_sha256=text.hash_of(words),
        pays_fees_automatically=True,
        signed_by_id=int(actor.id) if actor.id.isdigit() else None,
        signed_by=actor.name,
        signed_at=at,
    )
