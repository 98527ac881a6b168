"""Who writes the invoices: the operator's name, address and registration number, checked by its country's rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events, texts
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.billing.events import IssuerSet
from toiya.domain.billing.models import Issuer
from toiya.domain.billing.rules import forms
from toiya.domain.members.rules import registration


class IssuerNumberOff(Refusal):
    """The registration number cannot be one."""

    code = "issuer_number_off"
    message = gettext_lazy(
        "%(number)s is no registration number of %(country)s. Compare it with the tax office's letter: in Japan T and "
        "13 digits, of a company with the right first digit."
    )


@dataclass(frozen=True, slots=True)
class Firm:
    """The operator as it stands on invoices; a sole trader's digits have no check digit (carriers.md 5.2)."""

    name: str
    address: str
    country: str = "JP"
    registration_number: str = ""
    is_sole_trader: bool = False


@transaction.atomic
def set_issuer(*, firm: Firm, actor: Actor, at: datetime) -> Issuer:
    """
    What invoices say from now on; those that were written stay as they are.

    :raises IssuerNumberOff: :raises NothingWritten: no name or address :raises TextTooLong:
    """
    name = texts.plain(firm.name, most=100, may_have_lines=False)
    address = texts.plain(firm.address, most=300, may_have_lines=False)
    country = firm.country.upper()[:2]

    number = _checked(firm, country)

    issuer = Issuer.objects.create(
        name=name,
        address=address,
        country=country,
        registration_number=number,
        is_sole_trader=firm.is_sole_trader,
        at=at,
        actor=actor.name,
    )

    events.record(IssuerSet(seller_id=None, subject=number or name[:20], name=name), actor=actor, at=at)
    return issuer


def _checked(firm: Firm, country: str) -> str:
    """The number as it is written, with what its country's form puts before it."""
    verdict = registration.judge(country, firm.registration_number, is_sole_trader=firm.is_sole_trader)
    prefix = forms.form_of(country).prefix
    if verdict.problem or not verdict.clean.startswith(prefix):
        raise IssuerNumberOff(number=firm.registration_number[:30] or "-", country=country)
    return verdict.clean
