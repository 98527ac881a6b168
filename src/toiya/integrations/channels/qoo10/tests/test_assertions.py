"""The console's word on who its seller is: taken when it is right in every respect, refused in all others (S30)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from toiya.core.errors import Rejected
from toiya.domain.channels.port import JoinPurpose
from toiya.integrations.channels.qoo10.client import Client
from toiya.integrations.channels.qoo10.joining import Console
from toiya.integrations.channels.qoo10.tests.samples import NOON

SITE_KEY = Ed25519PrivateKey.generate()
ISSUER = "https://qsm.example/console"
AUDIENCE = "https://toiya.example/join/qoo10/"


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def raw_public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def web_key(key: Ed25519PrivateKey = SITE_KEY) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "x": text(raw_public(key))}


def claims(**changed: Any) -> dict[str, Any]:
    at = int(NOON.timestamp())
    told = {
        "iss": ISSUER, "aud": AUDIENCE, "sub": "hanataba", "jti": "one", "iat": at, "exp": at + 300,
        "purpose": "join", "email": "minami@hanataba.example", "name": "田中 みなみ",
        "phone_number": "+81-90-0000-0000",
        "company_name": "花束株式会社", "shop_name": "Hanataba",
        "address": {"country": "JP", "postal_code": "273-0012", "formatted": "千葉県船橋市浜町2-1-1"},
    }  # fmt: skip
    return {name: value for name, value in {**told, **changed}.items() if value is not None}


def body_of(told: dict[str, Any], **head: Any) -> str:
    parts: tuple[dict[str, Any], ...] = ({"alg": "Ed25519", "typ": "JWT", **head}, told)
    return ".".join(text(json.dumps(part).encode()) for part in parts)


def signed(told: dict[str, Any], key: Ed25519PrivateKey = SITE_KEY, **head: Any) -> str:
    body = body_of(told, **head)
    return f"{body}.{text(key.sign(body.encode()))}"


@pytest.fixture
def console() -> Console:
    return Console(Client("https://api.example/qapi"), ISSUER, json.dumps(web_key()))


@pytest.mark.seed("A028")
def test_a_right_assertion_carries_over_what_the_site_knows(console: Console) -> None:
    found = console.verify_assertion(signed(claims()), AUDIENCE, NOON)
    assert (found.issuer, found.token_id, found.shop_id, found.purpose) == (ISSUER, "one", "hanataba", JoinPurpose.JOIN)
    assert (found.email, found.contact_name, found.phone) == (
        "minami@hanataba.example", "田中 みなみ", "+81-90-0000-0000",
    )  # fmt: skip
    assert (found.country, found.postal_code, found.address) == ("JP", "273-0012", "千葉県船橋市浜町2-1-1")
    assert found.expires_at == NOON + timedelta(minutes=5)
    assert console.origins == {"https://qsm.example"}


def forged_by_public_key() -> str:
    """HS256 with the public key as its secret: what confuses a reader that believes the head."""
    body = body_of(claims(), alg="HS256")
    return f"{body}.{text(hmac.new(raw_public(SITE_KEY), body.encode(), hashlib.sha256).digest())}"


def altered(**changed: Any) -> str:
    """The signature of the right one under other claims."""
    signature = signed(claims()).rpartition(".")[2]
    return f"{body_of(claims(**changed))}.{signature}"


AT = int(NOON.timestamp())
WRONG = {
    "forged": signed(claims(), Ed25519PrivateKey.generate()),
    "forged, with its own key in the head": signed(
        claims(), (other := Ed25519PrivateKey.generate()), jwk=web_key(other), jku="https://evil.example/keys"
    ),
    "unsigned": f"{body_of(claims(), alg='none')}.",
    "unsigned, in other letters": f"{body_of(claims(), alg='nOnE')}.",
    "other algorithm": forged_by_public_key(),
    "algorithm by another name": signed(claims(), alg="EdDSA"),
    "signature left out": signed(claims()).rpartition(".")[0] + ".",
    "altered e-mail": altered(email="thief@example.com"),
    "other shop's": altered(sub="othershop"),
    "other audience": signed(claims(aud="https://other.example/join/qoo10/")),
    "audience among others": signed(claims(aud=[AUDIENCE, "https://other.example/"])),
    "no audience": signed(claims(aud=None)),
    "other issuer": signed(claims(iss="https://evil.example/console")),
    "old": signed(claims(iat=AT - 361, exp=AT - 61)),
    "old, though it says it lives long": signed(claims(iat=AT - 361, exp=AT + 86_400)),
    "from tomorrow": signed(claims(iat=AT + 61, exp=AT + 361)),
    "ends before it begins": signed(claims(exp=AT - 1)),
    "no end": signed(claims(exp=None)),
    "time as a text": signed(claims(exp="tomorrow")),
    "no id": signed(claims(jti=None)),
    "no shop": signed(claims(sub="")),
    "shop as a number": signed(claims(sub=5)),
    "no e-mail": signed(claims(email=None)),
    "unknown purpose": signed(claims(purpose="delete")),
    "critical head": signed(claims(), crit=["b64"], b64=False),
    "address as a text": signed(claims(address="somewhere")),
    "empty": "",
    "two parts": "a.b",
    "not ascii": "é.é.é",
    "huge": signed(claims(name="x" * 9000)),
}  # fmt: skip


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_assertion_is_refused(console: Console, raw: str) -> None:
    with pytest.raises(Rejected) as caught:
        console.verify_assertion(raw, AUDIENCE, NOON)
    assert caught.value.code == "assertion_refused"


@pytest.mark.parametrize(("seconds", "is_taken"), [(-61, False), (-60, True), (360, True), (361, False)])
def test_clocks_may_differ_by_a_minute(console: Console, seconds: int, is_taken: bool) -> None:
    try:
        console.verify_assertion(signed(claims()), AUDIENCE, NOON + timedelta(seconds=seconds))
        taken = True
    except Rejected:
        taken = False
    assert taken is is_taken


@pytest.mark.parametrize(
    "told", [{"kty": "oct", "k": "c2VjcmV0"}, {"kty": "OKP", "crv": "X25519", "x": "AA"}, {**web_key(), "d": "AA"}, []]
)
def test_only_a_public_ed25519_key_can_be_pinned(told: Any) -> None:
    with pytest.raises(ValueError, match="not a public Ed25519 key"):
        Console(Client("https://api.example/qapi"), ISSUER, json.dumps(told))
