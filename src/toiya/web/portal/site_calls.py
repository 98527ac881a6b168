"""Calls to a sales site that a person asked for, and what to say when the site declines or is silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from toiya.core.errors import Refusal, Rejected, Unreachable
from toiya.domain.channels.jobs.calling import door_of, outside
from toiya.domain.channels.models import Connection
from toiya.domain.channels.plugs import channel_of
from toiya.domain.channels.port import IssuedKey, ShopAccess

T = TypeVar("T")

TROUBLES: Mapping[str, Any] = {
    "key_expired": _("The key has ended. Renew it."),
    "key_refused": _("The site does not take the key. Renew it."),
    "no_such_shop": _("The site knows no shop %(shop)s. Check the shop ID."),
    "login_refused": _("Shop ID and password do not belong together. Check both."),
    "grant_refused": _("The one-time code was used or is too old. Press Get Auth once more."),
    "other_shop": _("You logged in as %(words)s, not as %(shop)s. Log in as %(shop)s, or change the shop ID."),
    "no_console": _("This site has no page that grants keys. Enter the password instead."),
    "not_permitted": _("The key does not allow reading orders. Ask the site to grant it, then try again."),
}
SILENT = _("%(site)s does not answer. Nothing was changed; try again in a few minutes.")
DECLINED = _("%(site)s declined: %(words)s. Check the shop ID and try again.")


class SiteSaysNo(Refusal):
    """The site declined, or did not answer; `details['words']` holds what to say."""

    code = "site_says_no"
    message = _("%(words)s")


def words_on(trouble: Unreachable | Rejected, *, channel: str, shop_id: str) -> str:
    """What went wrong and how to mend it."""
    site = channel_of(channel).abilities.label
    values = {"site": site, "shop": shop_id, "words": trouble.message or trouble.code}
    if trouble.code in TROUBLES:
        return str(TROUBLES[trouble.code]) % values
    return str(SILENT if isinstance(trouble, Unreachable) else DECLINED) % values


def tested(shop: Connection, at: datetime) -> Unreachable | Rejected | None:
    """Make the cheapest call that proves the shop's key; returns what went wrong, or None."""
    plug, access = door_of(shop)
    try:
        outside(lambda: plug.test(access, at))
    except (Unreachable, Rejected) as trouble:
        return trouble
    return None


def new_key(*, channel: str, shop_id: str, grant: str, at: datetime) -> IssuedKey:
    """
    Turn a grant into a key, and prove it with one call.

    :raises SiteSaysNo: with the words to show
    """
    plug = channel_of(channel)
    issued = _asked(lambda: plug.issue_key(shop_id, grant, at), channel, shop_id)
    _asked(lambda: plug.test(ShopAccess(shop_id, issued.key), at), channel, shop_id)
    return issued


def _asked(call: Callable[[], T], channel: str, shop_id: str) -> T:
    try:
        return outside(call)
    except (Unreachable, Rejected) as trouble:
        raise SiteSaysNo(words=words_on(trouble, channel=channel, shop_id=shop_id)) from trouble
