"""What the contracts with carriers give us: services to choose from, and ranges of tracking numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from toiya.core import events
from toiya.core.actor import Actor
from toiya.core.errors import Refusal
from toiya.domain.carriers.events import NumberRangeOpened, ServiceAdded
from toiya.domain.carriers.models import NumberRange, Service
from toiya.domain.carriers.port import Carrier


class ServiceExists(Refusal):
    """A service of that code is there already."""

    code = "service_exists"
    message = gettext_lazy("There is a service %(service)s already. Choose another code.")


class NumberRangeInUse(Refusal):
    """A carrier's range can be replaced only when it is used up, by one that lies behind it."""

    code = "number_range_in_use"
    message = gettext_lazy(
        "The numbers of %(carrier)s run up to %(last)s, the next one is %(next)s. Enter a new range "
        "when they are used up, beginning behind %(last)s."
    )


class NumberRangeBackwards(Refusal):
    """The range's last number lies before its first, or the numbers have not 11 digits."""

    code = "number_range_backwards"
    message = gettext_lazy(
        "%(first)s to %(last)s is no range. Enter two numbers of 11 digits, without the check digit, "
        "the smaller one first."
    )


class NoNumberRange(Refusal):
    """A carrier that needs our numbers has no range."""

    code = "no_number_range"
    message = gettext_lazy(
        "There is no range of tracking numbers for %(carrier)s. Enter the range of its contract in the office."
    )


class NumberRangeUsedUp(Refusal):
    """The last number of a carrier's range was drawn."""

    code = "number_range_used_up"
    message = gettext_lazy(
        "The tracking numbers of %(carrier)s are used up: %(last)s was the last one. "
        "Order a new range from the carrier and enter it in the office."
    )


class NumberRangeOfOtherKind(Refusal):
    """Test numbers for a real carrier, or real numbers for the test carrier."""

    code = "number_range_of_other_kind"
    message = gettext_lazy(
        "The range of tracking numbers of %(carrier)s is for tests and the carrier is not, "
        "or the other way round. Enter a range that is right for it in the office."
    )


@dataclass(frozen=True, slots=True)
class NewService:
    """A carrier's product: its name here and on the sales sites, its limit, and what we charge per parcel."""

    code: str
    carrier: str
    name: str
    site_name: str
    max_weight_g: int
    price_minor: int
    currency: str = "JPY"
    max_size_cm: int = 0


@dataclass(frozen=True, slots=True)
class NewNumberRange:
    """The first and last 11-digit body of a contract's range, both included."""

    carrier: str
    first_body: int
    last_body: int
    is_test: bool


@transaction.atomic
def add_service(*, service: NewService, actor: Actor, at: datetime) -> Service:
    """Let a carrier's product be chosen. :raises ServiceExists:"""
    row, is_new = Service.objects.get_or_create(
        code=service.code,
        defaults={
            "carrier": service.carrier,
            "name": service.name,
            "site_name": service.site_name,
            "max_weight_g": service.max_weight_g,
            "price_minor": service.price_minor,
            "currency": service.currency,
            "max_size_cm": service.max_size_cm,
        },
    )
    if not is_new:
        raise ServiceExists(service=service.code)

    event = ServiceAdded(
        seller_id=None,
        subject=service.code,
        carrier=service.carrier,
        price_minor=service.price_minor,
        currency=service.currency,
    )
    events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def open_number_range(*, numbers: NewNumberRange, actor: Actor, at: datetime) -> NumberRange:
    """
    Enter a carrier's first range, or the one that follows a range that is used up.

    :raises NumberRangeBackwards: the numbers are not 11 digits, or the last lies before the first
    :raises NumberRangeInUse: the present range still has numbers, or the new one does not lie behind it
    """
    start = {
        "first_body": numbers.first_body,
        "last_body": numbers.last_body,
        "next_body": numbers.first_body,
    }
    if not 10**10 <= numbers.first_body <= numbers.last_body < 10**11:
        raise NumberRangeBackwards(first=numbers.first_body, last=numbers.last_body)
    NumberRange.objects.bulk_create(
        [NumberRange(carrier=numbers.carrier, is_test=numbers.is_test, **start)], ignore_conflicts=True
    )
    row: NumberRange = NumberRange.objects.filter(carrier=numbers.carrier).lock().get()

    is_same = (row.first_body, row.next_body, row.last_body) == (*[numbers.first_body] * 2, numbers.last_body)
    is_used_up = row.next_body > row.last_body
    if not is_same and not (is_used_up and numbers.first_body > row.last_body):
        raise NumberRangeInUse(carrier=numbers.carrier, last=row.last_body, next=row.next_body)

    row.first_body, row.last_body, row.next_body = numbers.first_body, numbers.last_body, numbers.first_body
    row.is_test = numbers.is_test
    row.save()

    event = NumberRangeOpened(
        seller_id=None,
        subject=numbers.carrier,
        first_body=numbers.first_body,
        last_body=numbers.last_body,
        is_test=numbers.is_test,
    )
    events.record(event, actor=actor, at=at)
    return row


def draw_number(carrier: Carrier) -> str:
    """
    The next tracking number of a carrier's range, with its check digit; a step inside a higher action.

    The range's row stays locked until the caller commits: a number is never drawn twice, and the drawing
    vanishes with the caller's transaction.

    :raises NoNumberRange: :raises NumberRangeUsedUp: :raises NumberRangeOfOtherKind:
    """
    row: NumberRange | None = NumberRange.objects.filter(carrier=carrier.name).lock().first()
    if row is None:
        raise NoNumberRange(carrier=carrier.label)
    if row.is_test != carrier.is_test:
        raise NumberRangeOfOtherKind(carrier=carrier.label)
    if row.next_body > row.last_body:
        raise NumberRangeUsedUp(carrier=carrier.label, last=carrier.check_digit(row.last_body))
    number = carrier.check_digit(row.next_body)
    row.next_body += 1
    row.save(update_fields=["next_body"])
    return number
