"""The payment service's documents and signatures; calls nobody."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.wallet.port import CardAnswer, CardOutcome, CardPage, CardWish

FRESH = timedelta(hours=1)


def document_of(wish: CardWish) -> dict[str, Any]:
    """What the service is asked."""
    return {
        "reference": wish.reference,
        "amount_minor": wish.amount_minor,
        "currency": wish.currency,
        "return_url": wish.return_url,
        "notify_url": wish.notify_url,
        "keeps_card": wish.keeps_card,
    }


def page_of(document: Mapping[str, Any]) -> CardPage:
    """Where the card is typed. :raises Unreachable: no number, or no web address"""
    number, url = document.get("id"), document.get("url")
    if not (isinstance(number, str) and 0 < len(number) <= 60 and isinstance(url, str) and len(url) <= 500):
        raise Unreachable("no_page")
    if urlsplit(url).scheme not in ("https", "http"):
        raise Unreachable("no_page")
    return CardPage(number, url)


def answer_of(document: Mapping[str, Any]) -> CardAnswer:
    """How a payment stands. :raises Unreachable: not a document of theirs"""
    number, amount, currency = document.get("id"), document.get("amount_minor"), document.get("currency")
    status = document.get("status")
    is_whole = isinstance(number, str) and isinstance(amount, int) and isinstance(currency, str)
    if not is_whole or status not in set(CardOutcome):
        raise Unreachable("no_answer")
    problem, card = str(document.get("problem") or "")[:60], str(document.get("card") or "")[:100]
    return CardAnswer(str(number), CardOutcome(str(status)), int(str(amount)), str(currency), problem, card)


def signed(key: str, body: bytes, seconds: int) -> str:
    """The header that proves a callback."""
    proof = hmac.new(key.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={proof}"


def read_signed(key: str, body: bytes, signature: str, at: datetime) -> CardAnswer:
    """What a callback says. :raises Rejected: `bad_signature`, or `no_answer` although it is signed"""
    stamp = signature.partition(",")[0].removeprefix("t=")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
        raise Rejected("bad_signature")
    is_fresh = abs(at.timestamp() - int(stamp)) <= FRESH.total_seconds()
    if not hmac.compare_digest(signed(key, body, int(stamp)), signature) or not is_fresh:
        raise Rejected("bad_signature")
    try:
        document = json.loads(body)
        return answer_of(document if isinstance(document, dict) else {})
    except (ValueError, Unreachable) as trouble:
        raise Rejected("no_answer") from trouble
