"""HTTPS to a payment service and nothing else: JSON out, JSON in."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from toiya.core.errors import Rejected, Unreachable

CONNECT_SECONDS, READ_SECONDS = 5.0, 20.0
_REFUSALS = {400, 402, 404, 409, 422}


class Client:
    """Keeps the connection open between calls; safe to use from several threads."""

    def __init__(self, url: str, key: str) -> None:
        """:raises ValueError: not https (http is enough on this machine)"""
        parts = urlsplit(url)
        is_near = _is_this_machine(parts.hostname or "")
        if not (parts.scheme == "https" or (parts.scheme == "http" and is_near)):
            raise ValueError("TOIYA_CARDS_URL must begin with https://")
        self._url = url.rstrip("/")
        self._http = httpx.Client(
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"Authorization": f"Bearer {key}"},
            follow_redirects=False,
            trust_env=not is_near,
        )

    def make(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Make a payment. :raises Unreachable: :raises Rejected:"""
        return self._call("POST", "/payments", dict(document))

    def look(self, external_id: str) -> dict[str, Any]:
        """How a payment stands. :raises Unreachable: :raises Rejected:"""
        return self._call("GET", f"/payments/{quote(external_id, safe='')}", None)

    def _call(self, method: str, path: str, document: dict[str, Any] | None) -> dict[str, Any]:
        try:
            answer = self._http.request(method, self._url + path, json=document)
        except httpx.TimeoutException as trouble:
            raise Unreachable("timeout", type(trouble).__name__) from trouble
        except (httpx.HTTPError, httpx.InvalidURL) as trouble:
            raise Unreachable("no_connection", type(trouble).__name__) from trouble
        if answer.status_code in _REFUSALS:
            raise Rejected(f"http_{answer.status_code}")
        if not 200 <= answer.status_code < 300:
            raise Unreachable(f"http_{answer.status_code}")
        try:
            found = answer.json()
        except ValueError as trouble:
            raise Unreachable("no_json") from trouble
        if not isinstance(found, dict):
            raise Unreachable("no_json")
        return found


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
