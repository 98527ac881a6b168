"""Calls to a site's console while a seller joins, and what to say when it is silent."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from toiya.core.errors import Refusal, Rejected, Unreachable
from toiya.domain.channels.actions.joining import JoinNotTrusted, assertion_of
from toiya.domain.channels.jobs.calling import outside
from toiya.domain.channels.models import PendingJoin
from toiya.domain.channels.plugs import all_channels
from toiya.domain.channels.port import Assertion, IssuedKey, SellerConsole


class ConsoleSilent(Refusal):
    """The site's console does not answer; everything is as before."""

    code = "console_silent"
    message = _("%(site)s does not answer. Nothing was changed; press Done once more in a few minutes.")


class ConsoleDeclined(Refusal):
    """The site does not give the shop's key for this join any more."""

    code = "console_declined"
    message = _("%(site)s gave no key for the shop. Go back to the seller console and press the button once more.")


def console_of(channel: str) -> SellerConsole | None:
    """The console of a kind of site; None when its sellers cannot join from there."""
    found = all_channels().get(channel)
    return None if found is None else found.joins


def label_of(channel: str) -> str:
    """What people call the kind of site."""
    return all_channels()[channel].abilities.label


def verified(channel: str, raw: str, audience: str, at: datetime) -> Assertion:
    """:raises JoinNotTrusted: for whatever is wrong with it; :raises ConsoleSilent: its key is not there to check"""
    console = console_of(channel)
    if console is None:
        raise JoinNotTrusted()
    try:
        return outside(lambda: console.verify_assertion(raw, audience, at))
    except Rejected as trouble:
        raise JoinNotTrusted() from trouble
    except Unreachable as trouble:
        raise ConsoleSilent(site=label_of(channel)) from trouble


def key_for(pending: PendingJoin, at: datetime) -> IssuedKey:
    """The shop's key, from the site itself. :raises ConsoleSilent, ConsoleDeclined:"""
    console = console_of(pending.channel)
    if console is None:
        raise ConsoleDeclined(site=pending.channel)
    raw = assertion_of(pending)
    try:
        return outside(lambda: console.issue_key_for(raw, pending.shop_id, at))
    except Rejected as trouble:
        raise ConsoleDeclined(site=label_of(pending.channel)) from trouble
    except Unreachable as trouble:
        raise ConsoleSilent(site=label_of(pending.channel)) from trouble
