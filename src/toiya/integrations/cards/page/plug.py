"""Cards at a payment service's own page."""

from __future__ import annotations

from datetime import datetime

from toiya.domain.wallet.port import CardAnswer, CardPage, CardWish
from toiya.integrations.cards.page import translate
from toiya.integrations.cards.page.client import Client


class CardsByPage:
    """Implements `domain.wallet.port.CardGateway`."""

    def __init__(self, url: str, key: str) -> None:
        """:raises ValueError: not an https address"""
        self._client = Client(url, key)
        self._key = key

    def open_page(self, wish: CardWish) -> CardPage:
        """See the port."""
        return translate.page_of(self._client.make(translate.document_of(wish)))

    def pay_kept(self, wish: CardWish, card: str) -> CardAnswer:
        """See the port."""
        return translate.answer_of(self._client.make({**translate.document_of(wish), "card": card}))

    def ask(self, external_id: str) -> CardAnswer:
        """See the port."""
        return translate.answer_of(self._client.look(external_id))

    def read_callback(self, body: bytes, signature: str, at: datetime) -> CardAnswer:
        """See the port."""
        return translate.read_signed(self._key, body, signature, at)
