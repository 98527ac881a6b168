"""HTTP to Qoo10 and nothing else: one POST (or GET) in, the bytes of the answer out."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from toiya.core.errors import Rejected, Unreachable

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
# The read limit counts anew with each piece; a site that trickles must still come to an end.
WHOLE_ANSWER_SECONDS = 120.0
LARGEST_ANSWER_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Post:
    """One form to send. The headers hold the key, so they are never shown or logged."""

    url: str
    fields: Mapping[str, str] = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Client:
    """Keeps connections open between calls; safe to use from several threads."""

    def __init__(self, base: str, *, read_seconds: float = READ_SECONDS) -> None:
        """:param base: address of the QAPI service, such as `https://…/ebayjapan.qapi`"""
        self.base = base.rstrip("/")
        self._http = httpx.Client(
            timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS),
            follow_redirects=False,
            # A proxy of the environment leads outside; the pretend site on this machine is not behind it.
            trust_env=not _is_this_machine(self.base),
        )

    def ask(self, method: str, key: str, fields: Mapping[str, str], version: str = "1.0") -> bytes:
        """
        Call a QAPI method by POST (style A) with the key in the header only.

        :raises Unreachable: see `send`
        :raises Rejected: `key_refused` when the key cannot be written into a header
        """
        if not (key.isascii() and key.isprintable() and key.strip() == key and key):
            raise Rejected("key_refused", "the key is empty or holds characters that no key has")
        headers = {"GiosisCertificationKey": key, "QAPIVersion": version}
        return self.send(Post(f"{self.base}/{method}", {"returnType": "application/json", **fields}, headers))

    def send(self, post: Post) -> bytes:
        """
        Send a form and return the body of the answer.

        :raises Unreachable: `timeout`, `no_connection`, `http_<status>` or `answer_too_large`
        """
        return self._body("POST", post.url, data=dict(post.fields), headers=dict(post.headers))

    def get(self, url: str) -> bytes:
        """
        Read what is published at an address.

        :raises Unreachable: see `send`
        """
        return self._body("GET", url)

    def _body(self, verb: str, url: str, **sent: Any) -> bytes:
        ends_at = time.monotonic() + WHOLE_ANSWER_SECONDS
        try:
            with self._http.stream(verb, url, **sent) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise Unreachable(f"http_{answer.status_code}")
                return _whole_body(answer, ends_at)
        except httpx.TimeoutException as trouble:
            raise Unreachable("timeout", type(trouble).__name__) from trouble
        except (httpx.HTTPError, httpx.InvalidURL) as trouble:
            raise Unreachable("no_connection", type(trouble).__name__) from trouble


def _whole_body(answer: httpx.Response, ends_at: float) -> bytes:
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER_BYTES:
            raise Unreachable("answer_too_large", f"more than {LARGEST_ANSWER_BYTES} bytes")
        if time.monotonic() > ends_at:
            raise Unreachable("timeout", f"no end after {WHOLE_ANSWER_SECONDS:.0f} s")
    return bytes(body)


def _is_this_machine(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
