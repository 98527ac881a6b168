"""Mail over SMTP, by any server that speaks it."""

from __future__ import annotations

import smtplib

from toiya.domain.notifications.port import Mail
from toiya.integrations.mail.smtp.client import deliver, server_of
from toiya.integrations.mail.smtp.translate import address_of, message_of, trouble_of


class SmtpMailer:
    """Implements `domain.notifications.port.Mailer`."""

    def __init__(self, url: str, sender: str) -> None:
        """:param sender: who writes, such as `Toiya <letters@toiya.example>` :raises ValueError: not an SMTP address"""
        self._server = server_of(url)
        self._sender = sender
        self._envelope_sender = address_of(sender.rpartition("<")[2].rstrip("> ")).addr_spec

    def send(self, mail: Mail) -> None:
        """See the port."""
        recipient, message = message_of(mail, self._sender)
        try:
            deliver(self._server, self._envelope_sender, recipient, message)
        except (smtplib.SMTPException, OSError) as error:
            raise trouble_of(error) from error
