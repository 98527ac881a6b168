"""Keys: an API key issues seller keys, a seller key opens everything else (channels.md 1.2, 1.3)."""

import secrets
import string
from datetime import datetime

from toiya.sandbox.site import clock
from toiya.sandbox.site.models import SellerKey, Shop
from toiya.sandbox.site.qapi.calls import ArrivedCall
from toiya.sandbox.site.qapi.envelope import Answer
from toiya.sandbox.site.qapi.refusals import (
    CHECK_KEY,
    KEY_EXPIRED,
    LOGIN_ID_NEEDED,
    NO_SELLER,
    GatewayRefusal,
    QapiRefusal,
    missing_field,
)

KEY_LETTERS = string.ascii_letters + string.digits


def _letters(count: int) -> str:
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(count))


def new_api_key() -> str:
    """Return a fresh API key; its shape differs from a seller key's, as it does on the real site."""
    return _letters(44)


def issue_seller_key(shop: Shop, *, at: datetime) -> SellerKey:
    """
    Issue a seller key that expires one year later.

    Keys issued earlier stay good until they expire: what the real site does is not known.
    """
    return SellerKey.objects.create(
        shop=shop,
        key=f"S5{_letters(18)}_g_1_{_letters(12)}_g_3_",
        issued_at=at,
        expires_at=clock.one_year_after(at),
    )


def shop_with_password(login_id: str, password: str) -> Shop | None:
    """Return the shop whose log-in id and password these are, if any."""
    shop = Shop.objects.filter(login_id=login_id).first()
    if shop is None or not secrets.compare_digest(shop.password.encode(), password.encode()):
        return None
    return shop


def create_certification_key(call: ArrivedCall, at: datetime) -> Answer:
    """
    Answer CertificationAPI.CreateCertificationKey: API key, log-in id and password give a seller key.

    :raises QapiRefusal: -99 without id or password, -10000 for an unknown API key, -10001 when id and
        password do not belong to the API key's shop
    """
    for name, title in (("user_id", "Login ID"), ("pwd", "Password")):
        if not call.parameters.get(name, "").strip():
            raise missing_field(title)
    if not Shop.objects.filter(api_key=call.key).exists():
        raise QapiRefusal(*CHECK_KEY)
    shop = shop_with_password(call.parameters["user_id"].strip(), call.parameters["pwd"])
    if shop is None or shop.api_key != call.key or shop.is_suspended:
        raise QapiRefusal(*NO_SELLER)
    return Answer.of_text(issue_seller_key(shop, at=at).key)


def admit(call: ArrivedCall, at: datetime) -> Shop:
    """
    Return the shop a seller key opens.

    :raises GatewayRefusal: -90005 for an expired key, -90002 or -90003 for a method not granted
    :raises QapiRefusal: -10000 for a key that is not a seller key, -10001 for a suspended shop
    """
    key = SellerKey.objects.select_related("shop").filter(key=call.key).first()
    if key is None:
        is_api_key = Shop.objects.filter(api_key=call.key).exists()
        raise QapiRefusal(*(LOGIN_ID_NEEDED if is_api_key else CHECK_KEY))
    if key.expires_at <= at:
        raise GatewayRefusal(*KEY_EXPIRED)
    shop: Shop = key.shop
    if call.method in shop.not_granted:
        raise GatewayRefusal(int(shop.not_granted[call.method]), "このAPIを使用する権限がありません。")
    if shop.is_suspended:
        raise QapiRefusal(*NO_SELLER)
    return shop


def login_id_of(key: str) -> str:
    """Return the log-in id behind a seller or API key, expired or not; empty when nobody's."""
    found = SellerKey.objects.filter(key=key).values_list("shop__login_id", flat=True).first()
    if found is None:
        found = Shop.objects.filter(api_key=key).values_list("login_id", flat=True).first()
    return found or ""
