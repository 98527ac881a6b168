"""A soft word on an e-mail address before it is taken (A044, A045); never a reason to refuse it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toiya.domain.members.rules.mailboxes import Concern, advice_on

# The help of every field for an address one registers with.
MAILBOX_HELP: Any = gettext_lazy(
    "Any mailbox that you read every day. Orders, codes and questions go there, so it must take mail from abroad at "
    "once: one at your own domain, or Gmail, does."
)


def words_on(address: str) -> str:
    """One sentence on this address, or nothing."""
    advice = advice_on(address)
    if advice is None:
        return ""
    if advice.concern is Concern.MISTYPED:
        return _("Did you mean %(suggestion)s?") % {"suggestion": advice.suggestion}
    if advice.concern is Concern.SLOW:
        return _(
            "Mail from abroad often reaches %(domain)s late, or lands in its spam folder. It works, but Gmail or a "
            "mailbox of your own domain is the safer choice."
        ) % {"domain": advice.domain}
    if advice.concern is Concern.SHORT_LIVED:
        return _("This mailbox does not last: order notices would be lost. A lasting one is better.")
    return _(
        "%(domain)s takes mail from computers only if you allow it. Allow our domain in its settings first, or use "
        "another mailbox."
    ) % {"domain": advice.domain}
