"""
The page where a seller logs in and grants us a key ([Get Auth], A204), and the one-time code it gives back.

QSM offers no such page to everyone; the pretend site does, and so may a host that we have an agreement with.
"""

from __future__ import annotations

import json
from datetime import datetime
from urllib.parse import urlencode

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels.port import IssuedKey
from toiya.integrations.channels.qoo10.client import Client, Post


def login_url(base: str, return_url: str) -> str:
    """Where to send the seller; afterwards the page sends them to `return_url` with `code` added."""
    return f"{base}/?{urlencode({'return_url': return_url})}"


def exchange(client: Client, base: str, shop_id: str, code: str) -> IssuedKey:
    """
    Turn a one-time code into the key it stands for.

    :raises Rejected: `no_console`; `grant_refused` for a code that is unknown, used or old; `other_shop`
        when the seller logged in as another shop than `shop_id`
    :raises Unreachable: no answer, or one that is not the console's (`not_json`)
    """
    if not base:
        raise Rejected("no_console", "this host grants no keys by code")
    return ask_key(client, Post(f"{base}/key", {"code": code}), shop_id)


def ask_key(client: Client, post: Post, shop_id: str) -> IssuedKey:
    """
    The key the console gives for what is posted.

    :raises Rejected: `grant_refused`; `other_shop` when the key is not that shop's
    :raises Unreachable: no answer, or one that is not the console's (`not_json`)
    """
    try:
        body = client.send(post)
    except Unreachable as trouble:
        if trouble.code == "http_400":
            raise Rejected("grant_refused", "the code is unknown, used or too old") from trouble
        raise
    try:
        answer = json.loads(body.decode())
        login_id, key = str(answer["login_id"]), str(answer["seller_key"])
        expires_at = datetime.fromisoformat(answer["expires_at"])
    except (ValueError, TypeError, KeyError, RecursionError) as trouble:
        raise Unreachable("not_json") from trouble
    if expires_at.tzinfo is None:
        raise Unreachable("not_json", "the end of the key has no time zone")
    if login_id != shop_id:
        raise Rejected("other_shop", login_id)
    return IssuedKey(key, expires_at)
