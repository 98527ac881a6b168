"""What we know of mailboxes (A044, A045): those that often delay mail from overseas, and how names are mistyped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Mail from abroad often waits there for hours, or lands in the spam folder.
SLOW_FROM_OVERSEAS: frozenset[str] = frozenset(
    {
        "qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com", "yeah.net", "sina.com", "sina.cn",
        "sohu.com", "aliyun.com", "139.com", "189.cn", "21cn.com", "tom.com",
    }
)  # fmt: skip
# Telephone companies' mailboxes take no mail from computers unless their owner allowed it.
PHONE_MAILBOXES: frozenset[str] = frozenset(
    {"docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "ymobile.ne.jp"}
)
WELL_KNOWN: frozenset[str] = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.jp", "yahoo.co.kr", "outlook.com", "outlook.jp",
        "hotmail.com", "hotmail.co.jp", "live.com", "live.jp", "msn.com", "icloud.com", "me.com", "mac.com",
        "naver.com", "daum.net", "hanmail.net", "kakao.com", "nate.com", "proton.me", "protonmail.com", "mail.com",
        "ymail.com", "gmx.com", "gmx.net", "gmx.de", "zoho.com", "aol.com", "nifty.com", "biglobe.ne.jp",
        "rakuten.co.jp", "qoo10.jp", "gmo.jp", "web.de", "mail.ru",
    }
) | SLOW_FROM_OVERSEAS | PHONE_MAILBOXES  # fmt: skip
# Mistyped so that no single letter explains it.
MISTYPED: dict[str, str] = {
    "gmail.co.jp": "gmail.com",
    "gmail.jp": "gmail.com",
    "gmail.co.kr": "gmail.com",
    "gmali.con": "gmail.com",
    "googlemail.co": "gmail.com",
    "icloud.co.jp": "icloud.com",
    "naver.co.kr": "naver.com",
    "outlook.co.jp": "outlook.jp",
    "qq.com.cn": "qq.com",
    "163.com.cn": "163.com",
}
# These live for minutes; what we send later is lost.
SHORT_LIVED: frozenset[str] = frozenset(
    {"mailinator.com", "guerrillamail.com", "10minutemail.com", "yopmail.com", "temp-mail.org", "sharklasers.com"}
)
_SHORTEST_GUESSED = 7  # shorter names are one letter away from too many real ones


class Concern(StrEnum):
    """What is worth a word before the address is taken."""

    MISTYPED = "mistyped"
    SLOW = "slow"
    PHONE = "phone"
    SHORT_LIVED = "short_lived"


@dataclass(frozen=True, slots=True)
class Advice:
    """A word on an address: what concerns us, its domain, and for a slip the address that may be meant."""

    concern: Concern
    domain: str
    suggestion: str = ""


def advice_on(address: str) -> Advice | None:
    """
    The one thing worth saying about an address, or None.

    Never a reason to refuse it: there is no limit on the kind of mailbox.
    """
    name, at, domain = address.strip().rpartition("@")
    domain = domain.lower()
    if not (name and at and domain):
        return None
    if domain in SLOW_FROM_OVERSEAS:
        return Advice(Concern.SLOW, domain)
    if domain in PHONE_MAILBOXES:
        return Advice(Concern.PHONE, domain)
    if domain in SHORT_LIVED:
        return Advice(Concern.SHORT_LIVED, domain)
    meant = _meant(domain)
    return Advice(Concern.MISTYPED, domain, f"{name}@{meant}") if meant else None


def _meant(domain: str) -> str:
    if domain in WELL_KNOWN:
        return ""
    if domain in MISTYPED:
        return MISTYPED[domain]
    near = [known for known in sorted(WELL_KNOWN) if len(known) >= _SHORTEST_GUESSED and _is_one_slip(domain, known)]
    return near[0] if len(near) == 1 else "gmail.com" if "gmail.com" in near else ""


def _is_one_slip(typed: str, meant: str) -> bool:
    """One letter more, less, another, or two neighbours swapped."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None:
        return len(typed) != len(meant)
    rest, wanted = typed[start:], meant[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )
