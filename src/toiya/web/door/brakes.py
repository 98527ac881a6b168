"""How often the doors may be used: by one person, one host, one number, one country and all together (S12)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from toiya.core import limits
from toiya.core.limits import Limit

_DAY = timedelta(days=1)
AGAIN = Limit("proof.again", 1, timedelta(minutes=1))  # the cool-down between two letters or SMS
MAILS_A_DAY = Limit("proof.mails", 12, _DAY)
MAILBOX_A_DAY = Limit("proof.mailbox", 6, _DAY)
CODES = Limit("proof.codes", 12, timedelta(minutes=10))
LINKS = Limit("proof.links", 40, timedelta(minutes=10))
PASSWORDS = Limit("proof.passwords", 8, timedelta(minutes=10))
RESETS_OF_HOST = Limit("reset.host", 12, timedelta(minutes=15))
RESETS_OF_NAME = Limit("reset.name", 4, timedelta(hours=1))
SMS_OF_PERSON = Limit("sms.person", 6, _DAY)
SMS_TO_NUMBER = Limit("sms.number", 4, _DAY)


def before_mail(user_id: int, mailbox: str, at: datetime) -> None:
    """A letter somebody asks for. :raises TooManyTries:"""
    limits.take(AGAIN, f"mail {user_id}", at=at)
    limits.take(MAILBOX_A_DAY, mailbox, at=at)
    limits.take(MAILS_A_DAY, str(user_id), at=at)


def before_sms(user_id: int, number: str, country_code: int, at: datetime) -> None:
    """
    An SMS somebody asks for. The narrow brakes come first, so that one person cannot use up what is for all.

    :raises TooManyTries:
    """
    limits.take(AGAIN, f"sms {user_id}", at=at)
    limits.take(SMS_OF_PERSON, str(user_id), at=at)
    limits.take(SMS_TO_NUMBER, number, at=at)
    limits.take(Limit("sms.country", settings.SMS_A_DAY_PER_COUNTRY, _DAY), str(country_code), at=at)
    limits.take(Limit("sms.all", settings.SMS_A_DAY, _DAY), "all", at=at)


def before_code(user_id: int, at: datetime) -> None:
    """A code that is typed, besides its own five tries. :raises TooManyTries:"""
    limits.take(CODES, str(user_id), at=at)


def before_password(user_id: int, at: datetime) -> None:
    """The own password, asked for before something grave. :raises TooManyTries:"""
    limits.take(PASSWORDS, str(user_id), at=at)


def before_link(request: HttpRequest, at: datetime) -> None:
    """A link that is pressed, known or not. :raises TooManyTries:"""
    limits.take(LINKS, host_of(request), at=at)


def before_reset(request: HttpRequest, asked: str, at: datetime) -> None:
    """A new password that is asked for, of whatever name. :raises TooManyTries:"""
    limits.take(RESETS_OF_HOST, host_of(request), at=at)
    limits.take(RESETS_OF_NAME, asked, at=at)


def host_of(request: HttpRequest) -> str:
    """Who asks, as far as a stranger has a name."""
    return str(request.META.get("REMOTE_ADDR", ""))
