"""Advice on the mailbox one signs up with (A044, A045): any kind is taken; some take mail from abroad better."""

from __future__ import annotations

import difflib

# Mailboxes that at times hold mail from abroad back. They work; the verdict is advice, never a refusal (A045).
_HOME_MARKET = frozenset(
    {"qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "aliyun.com"}
)
_SHORT_LIVED = frozenset(
    {"mailinator.com", "guerrillamail.com", "10minutemail.com", "yopmail.com", "temp-mail.org", "sharklasers.com"}
)
_KNOWN = ("gmail.com", "outlook.com", "hotmail.com", "icloud.com", "yahoo.com", "yahoo.co.jp", "naver.com", "daum.net")


def advice(email: str) -> str:
    """A code: professional, home_market, short_lived, misspelt, or nothing to say."""
    domain = email.rpartition("@")[2].strip().casefold()
    if domain in _SHORT_LIVED:
        return "short_lived"
    if domain in _HOME_MARKET:
        return "home_market"
    if domain in _KNOWN:
        return ""
    return "misspelt" if meant(email) else "professional"


def meant(email: str) -> str:
    """`mina@gmail.com` for `mina@gmial.com`; nothing when the domain resembles none that many have."""
    name, _, domain = email.strip().casefold().rpartition("@")
    if not name or domain in _KNOWN or domain in _HOME_MARKET:
        return ""
    near = difflib.get_close_matches(domain, _KNOWN, n=1, cutoff=0.85)
    return f"{name}@{near[0]}" if near else ""
