"""Wallets."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

MONEY: Mapping[str, Telling] = {
    "wallet.topped_up": Telling(_("%(amount_minor)s topped up"), "wallet", "done", "money"),
    "wallet.refunded": Telling(_("%(amount_minor)s refunded"), "undo-2", "done", "money"),
}
