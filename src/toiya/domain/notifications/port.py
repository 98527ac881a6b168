"""What a mail server and an SMS gateway can do for us, whichever they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

# The code of a `Rejected` that says the mailbox or number itself is wrong; `message` begins with the server's status.
NO_SUCH_RECIPIENT = "no_such_recipient"


@dataclass(frozen=True, slots=True)
class Mail:
    """
    A letter as it goes out. `message_id` stays the same however often it is tried.

    `reply_to`: the mailbox that an answer goes to; '' is the sender's.
    """

    message_id: str
    recipient: str
    name: str
    language: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Sms:
    """A short message as it goes out. `reference` stays the same however often it is tried."""

    reference: str
    recipient: str  # E.164
    text: str = field(repr=False)


class Mailer(Protocol):
    """Takes letters."""

    def send(self, mail: Mail) -> None:
        """
        Hand the letter over for good.

        :raises Unreachable: no answer, an answer that says later, or trouble that only the operator can mend
        :raises Rejected: declined for good; `no_such_recipient` when the mailbox is at fault
        """


class SmsGateway(Protocol):
    """Takes short messages."""

    def send_sms(self, sms: Sms) -> None:
        """
        Hand the message over for good.

        :raises Unreachable: no answer, an answer that says later, or trouble that only the operator can mend
        :raises Rejected: declined for good; `no_such_recipient` when the number is at fault
        """
