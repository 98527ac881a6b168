"""SMS by a gateway that takes plain JSON over HTTPS."""

from __future__ import annotations

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.notifications.port import NO_SUCH_RECIPIENT, Sms
from toiya.integrations.sms.gateway.client import Client

_REFUSALS = {400: NO_SUCH_RECIPIENT, 404: NO_SUCH_RECIPIENT, 422: NO_SUCH_RECIPIENT, 413: "refused"}


class HttpsGateway:
    """Implements `domain.notifications.port.SmsGateway`."""

    def __init__(self, url: str, token: str) -> None:
        """:raises ValueError: not an https address"""
        self._client = Client(url, token)

    def send_sms(self, sms: Sms) -> None:
        """See the port."""
        status = self._client.post({"to": sms.recipient, "text": sms.text, "reference": sms.reference})
        if 200 <= status < 300:
            return
        if status in _REFUSALS:
            raise Rejected(_REFUSALS[status], f"http_{status}")
        raise Unreachable(f"http_{status}")
