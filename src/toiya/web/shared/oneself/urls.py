"""The addresses of the pages about oneself; a face includes them under a beginning of its own."""

from __future__ import annotations

from django.urls import URLPattern, path

from toiya.web.shared.oneself import factors, privacy, security


def security_paths(start: str) -> list[URLPattern]:
    """Password, factors, recovery codes, sessions."""
    return [
        path(start, security.security, name="security"),
        path(f"{start}password/", security.password, name="password"),
        path(f"{start}app/", factors.app, name="factor-app"),
        path(f"{start}passkeys/", factors.passkey, name="factor-passkey"),
        path(f"{start}passkeys/options/", factors.passkey_options, name="factor-passkey-options"),
        path(f"{start}factors/<int:factor_id>/removal/", factors.removal, name="factor-removal"),
        path(f"{start}codes/", factors.codes, name="recovery-codes"),
        path(f"{start}sessions/ending/", security.end_others, name="sessions-ending"),
        path(f"{start}sessions/<int:session_id>/ending/", security.end_one, name="session-ending"),
    ]


def privacy_paths(start: str) -> list[URLPattern]:
    """What we hold about oneself, and going."""
    return [
        path(start, privacy.privacy, name="privacy"),
        path(f"{start}copy/", privacy.copy, name="privacy-copy"),
        path(f"{start}erasure/", privacy.erasure, name="privacy-erasure"),
    ]
