"""The mail server and the SMS gateway of this installation; filled once from `config/plugs.py`."""

from __future__ import annotations

from toiya.domain.notifications.port import Mailer, SmsGateway

_doors: dict[str, Mailer | SmsGateway] = {}


def install(mailer: Mailer, sms_gateway: SmsGateway) -> None:
    """Put both in force."""
    _doors.update(mail=mailer, sms=sms_gateway)


def mailer() -> Mailer:
    """The mail server's plug."""
    return _doors["mail"]  # type: ignore[return-value]


def sms_gateway() -> SmsGateway:
    """The SMS gateway's plug."""
    return _doors["sms"]  # type: ignore[return-value]
