"""One conversation with a mail server over SMTP: connect, encrypt, log in, hand the letter over."""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 30.0
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server is and how we speak to it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls_first: bool = False
    is_starttls: bool = True


def server_of(url: str) -> Server:
    """
    Read `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465` (TLS from the first byte).

    Only a server on this machine is spoken to in the clear, or one whose address ends in `?tls=off`.

    :raises ValueError: it is neither
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("TOIYA_SMTP_URL must look like smtp://user:password@host:587 or smtps://…:465")
    is_off = parse_qs(parts.query).get("tls") == ["off"]
    return Server(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls_first=parts.scheme == "smtps",
        is_starttls=parts.scheme == "smtp" and not is_off and not _is_this_machine(parts.hostname),
    )


def deliver(server: Server, sender: str, recipient: str, message: bytes) -> None:
    """
    Hand one letter over; when this returns, the server has taken it.

    :raises smtplib.SMTPException: what the server said
    :raises OSError: it does not answer
    """
    context = ssl.create_default_context()
    if server.is_tls_first:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        connection.ehlo()
        if server.is_starttls:
            connection.starttls(context=context)
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
        connection.sendmail(sender, [recipient], message)
    finally:
        _leave(connection)


def _leave(connection: smtplib.SMTP) -> None:
    """A server that hangs up instead of saying goodbye has taken the letter all the same."""
    try:
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
