"""A sales site's seller console in memory: hands sellers over, gives keys, and counts how often it was asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from toiya.core.errors import Rejected, Unreachable
from toiya.domain.channels.port import Assertion, IssuedKey, JoinPurpose

ORIGIN = "https://site.example"
AUDIENCE = "http://testserver/join/qoo10/"
LIFE = timedelta(minutes=5)


@dataclass
class PretendConsole:
    """Implements SellerConsole: what it signed it knows again; everything else is refused."""

    clock: datetime
    key: str = "a-key"
    origins: frozenset[str] = frozenset({ORIGIN})
    signed: dict[str, tuple[Assertion, str]] = field(default_factory=dict)
    keys_given: list[str] = field(default_factory=list)
    smart_inventory: set[str] = field(default_factory=set)
    is_silent: bool = False
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def hand_over(
        self,
        shop_id: str = "hanataba",
        *,
        purpose: JoinPurpose = JoinPurpose.JOIN,
        email: str = "minami@hanataba.example",
        audience: str = AUDIENCE,
        country: str = "JP",
    ) -> str:
        """The assertion as the browser carries it."""
        number = next(self._numbers)
        assertion = Assertion(
            issuer=ORIGIN,
            token_id=f"token-{number}",
            shop_id=shop_id,
            purpose=purpose,
            expires_at=self.clock + LIFE,
            email=email,
            shop_name="Hanataba on Qoo10",
            contact_name="田中 みなみ",
            phone="+81-90-0000-0000",
            country=country,
            postal_code="273-0012",
            address="千葉県船橋市浜町2-1-1",
            company_name="花束株式会社",
        )
        raw = f"signed.{number}.{shop_id}"
        self.signed[raw] = assertion, audience
        return raw

    def alter(self, raw: str, **changed: str) -> str:
        """The same with other claims: no longer what was signed."""
        assertion, _ = self.signed[raw]
        return f"{raw}.{replace(assertion, **changed)}"  # type: ignore[arg-type]

    def begin_url(self) -> str:
        return f"{ORIGIN}/smart-inventory/"

    def verify_assertion(self, raw: str, audience: str, at: datetime) -> Assertion:
        if self.is_silent:
            raise Unreachable("timeout")
        assertion, meant_for = self.signed.get(raw, (None, ""))
        if assertion is None or meant_for != audience or at > assertion.expires_at:
            raise Rejected("assertion_refused")
        return assertion

    def issue_key_for(self, raw: str, shop_id: str, at: datetime) -> IssuedKey:
        if self.is_silent:
            raise Unreachable("timeout")
        assertion, _ = self.signed[raw]
        if assertion.shop_id != shop_id:
            raise Rejected("other_shop")
        self.keys_given.append(shop_id)
        self.smart_inventory.add(shop_id)
        return IssuedKey(self.key, at + timedelta(days=365))
