"""Handing a seller over to the partner: a signed assertion, and the seller key that the partner gets for it."""

import base64
import hashlib
import json
import secrets
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import transaction

from toiya.sandbox.site.models import Handover, SellerKey, Shop, SigningKey
from toiya.sandbox.site.ordering.refusals import OrderingRefused
from toiya.sandbox.site.qapi.authentication import issue_seller_key

ASSERTION_LIFETIME = timedelta(minutes=5)
# The seller may take a while to fill the partner's form in.
KEY_WITHIN = timedelta(hours=24)
PURPOSES = ("join", "enter")


def public_key() -> dict[str, object]:
    """Return the public half of the site's key, as a JSON web key."""
    key = _signing_key()
    raw = _private(key).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "alg": "Ed25519", "use": "sig", "kid": key.key_id, "x": _text(raw)}


@transaction.atomic
def sign_assertion(shop: Shop, *, purpose: str, issuer: str, audience: str, at: datetime) -> str:
    """
    Say who the seller is, to one partner, once, for five minutes.

    :raises OrderingRefused: there is no such purpose, or the shop is suspended
    """
    if purpose not in PURPOSES:
        raise OrderingRefused(f"There is no purpose {purpose}. Use one of: {', '.join(PURPOSES)}.")
    if shop.is_suspended:
        raise OrderingRefused(f"Shop {shop} is suspended. Lift that first.")
    handover = Handover.objects.create(token_id=secrets.token_urlsafe(24), shop=shop, purpose=purpose, issued_at=at)
    claims = {
        "iss": issuer,
        "aud": audience,
        "sub": shop.login_id,
        "jti": handover.token_id,
        "iat": int(at.timestamp()),
        "exp": int((at + ASSERTION_LIFETIME).timestamp()),
        "purpose": purpose,
        "shop_name": shop.name,
        "email": shop.email,
        "name": shop.contact_name,
        "phone_number": shop.phone,
        "company_name": shop.company_name,
        "address": {"country": shop.country, "postal_code": shop.postal_code, "formatted": shop.address},
    }
    return _signed(claims)


@transaction.atomic
def key_for(assertion: str, *, at: datetime) -> SellerKey | None:
    """
    Give the seller key for an assertion of ours and switch QX Smart Inventory on; the same again gives the same.

    None when we did not sign it, or it is older than a day.
    """
    token_id = _token_id_of(assertion)
    handover = Handover.objects.select_related("shop", "seller_key").filter(token_id=token_id).first()
    if handover is None or handover.issued_at + KEY_WITHIN <= at or handover.shop.is_suspended:
        return None
    if handover.seller_key is None:
        handover.seller_key = issue_seller_key(handover.shop, at=at)
        handover.save()
        handover.shop.uses_smart_inventory = True
        handover.shop.save()
    key: SellerKey = handover.seller_key
    return key


def is_linked(shop: Shop) -> bool:
    """Tell whether the partner ever took a key for this shop."""
    return Handover.objects.filter(shop=shop).exclude(seller_key=None).exists()


def _signing_key() -> SigningKey:
    key = SigningKey.objects.order_by("pk").first()
    if key is None:
        made = Ed25519PrivateKey.generate()
        raw = made.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        name = hashlib.sha256(made.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).digest()
        key = SigningKey.objects.create(private_key=raw, key_id=_text(name))
    return key


def _private(key: SigningKey) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(key.private_key))


def _signed(claims: dict[str, object]) -> str:
    key = _signing_key()
    head = {"alg": "Ed25519", "typ": "JWT", "kid": key.key_id}
    body = ".".join(_text(json.dumps(part, ensure_ascii=False).encode()) for part in (head, claims))
    return f"{body}.{_text(_private(key).sign(body.encode()))}"


def _token_id_of(assertion: str) -> str:
    """Return the id of an assertion that we signed, else nothing."""
    body, _, signature = assertion.rpartition(".")
    try:
        _private(_signing_key()).public_key().verify(_bytes(signature), body.encode())
        claims = json.loads(_bytes(body.partition(".")[2]))
    except (InvalidSignature, ValueError):
        return ""
    return str(claims.get("jti", "")) if isinstance(claims, dict) else ""


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
