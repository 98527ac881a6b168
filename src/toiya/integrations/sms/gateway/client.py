"""HTTPS to an SMS gateway and nothing else: one JSON document out, a status in."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from toiya.core.errors import Unreachable

CONNECT_SECONDS, READ_SECONDS = 5.0, 20.0


class Client:
    """Keeps the connection open between calls; safe to use from several threads."""

    def __init__(self, url: str, token: str) -> None:
        """:raises ValueError: not https (http is enough on this machine)"""
        parts = urlsplit(url)
        is_near = _is_this_machine(parts.hostname or "")
        if not (parts.scheme == "https" or (parts.scheme == "http" and is_near)):
            raise ValueError("TOIYA_SMS_URL must begin with https://")
        self._url = url
        self._http = httpx.Client(
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"Authorization": f"Bearer {token}"} if token else {},
            follow_redirects=False,
            trust_env=not is_near,
        )

    def post(self, document: Mapping[str, str]) -> int:
        """Send a document; the status of the answer. :raises Unreachable: `timeout` or `no_connection`"""
        try:
            return self._http.post(self._url, json=dict(document)).status_code
        except httpx.TimeoutException as trouble:
            raise Unreachable("timeout", type(trouble).__name__) from trouble
        except (httpx.HTTPError, httpx.InvalidURL) as trouble:
            raise Unreachable("no_connection", type(trouble).__name__) from trouble


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
