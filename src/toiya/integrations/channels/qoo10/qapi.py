"""One QAPI call: the client's bytes opened by the envelope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toiya.core.errors import Unreachable
from toiya.domain.channels.port import ShopAccess
from toiya.integrations.channels.qoo10 import envelope
from toiya.integrations.channels.qoo10.client import Client
from toiya.integrations.channels.qoo10.values import Row


class Qapi:
    """Asks methods of one host."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ask(self, access: ShopAccess, method: str, fields: Mapping[str, str], version: str = "1.0") -> Any:
        """The ResultObject, keys folded. :raises Unreachable, Rejected: see `client` and `envelope`"""
        return envelope.open_envelope(self._client.ask(method, access.key, fields, version), method)

    def rows(self, access: ShopAccess, method: str, fields: Mapping[str, str], version: str = "1.0") -> Sequence[Row]:
        """A ResultObject that is a list; null is an empty one. :raises Unreachable: `no_list`, or as `ask`"""
        answer = self.ask(access, method, fields, version)
        if answer is None or answer == "":
            return []
        if not isinstance(answer, list) or not all(isinstance(row, dict) for row in answer):
            raise Unreachable("no_list", method)
        return answer
