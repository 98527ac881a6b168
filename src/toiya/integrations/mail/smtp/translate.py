"""A letter as RFC 5322 wants it, and a server's no as one of our two words. Pure."""

from __future__ import annotations

import re
import smtplib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.notifications.port import NO_SUCH_RECIPIENT, Mail
from toiya.domain.notifications.rules import is_mailbox_at_fault

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


def address_of(text: str, name: str = "") -> Address:
    """
    A mailbox for a header; a domain in other letters becomes ASCII.

    :raises Rejected: no mail program can write to it
    """
    local, _, domain = text.strip().rpartition("@")
    try:
        plain = domain.encode("idna").decode()
        return Address(display_name=" ".join(name.split()), addr_spec=f"{local.encode('ascii').decode()}@{plain}")
    except (ValueError, IndexError, MessageError) as flaw:  # of the parser and of the encodings
        raise Rejected(NO_SUCH_RECIPIENT, "5.1.3 the address cannot be written") from flaw


def message_of(mail: Mail, sender: str) -> tuple[str, bytes]:
    """
    The bare recipient and the whole message.

    A header that holds a line break is an error of ours, and the library raises ValueError.
    """
    to = address_of(mail.recipient, mail.name)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    if reply_to := _reply_to(mail):
        message["Reply-To"] = reply_to
    message["Subject"] = mail.subject
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers
    message["Content-Language"] = mail.language
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return to.addr_spec, message.as_bytes()


def _reply_to(mail: Mail) -> Address | None:
    """Whom the reader's answer reaches; a mailbox that no program can write to is better left out."""
    try:
        return address_of(mail.reply_to) if mail.reply_to else None
    except Rejected:
        return None


def trouble_of(error: smtplib.SMTPException | OSError) -> Rejected | Unreachable:
    """
    What the server's no means: later, never, or never for this mailbox.

    Trouble with our log-in, our sender or our reputation is the operator's to mend, so those letters wait.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return _refused(code, words, is_about_mailbox=True)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Unreachable("login_refused", str(error.smtp_code))
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return Unreachable("server_refuses_us", f"{error.smtp_code} {_text(error.smtp_error)}")
    if isinstance(error, smtplib.SMTPDataError):
        return _refused(error.smtp_code, error.smtp_error, is_about_mailbox=False)
    return Unreachable("no_connection", type(error).__name__)


def _refused(code: int, words: bytes | str, *, is_about_mailbox: bool) -> Rejected | Unreachable:
    text = _text(words)
    if not 500 <= code <= 599:
        return Unreachable("later", f"{code} {text}")
    found = _STATUS.search(text)
    status = found[1] if found else str(code)
    if is_mailbox_at_fault(status) and (is_about_mailbox or found):
        return Rejected(NO_SUCH_RECIPIENT, f"{status} {text}")
    return Rejected("refused", f"{status} {text}")


def _text(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:200]
