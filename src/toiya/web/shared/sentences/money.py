"""Wallets."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

MONEY: Mapping[str, Telling] = {
    "wallet.topped_up": Telling(_("%(amount_minor)s topped up"), "wallet", "done", "money"),
    "billing.statement_opened": Telling(_("Bill of %(month)s begun"), "file-text", "idle", "money"),
    "billing.statement_closed": Telling(_("Bill of %(month)s closed: %(amount_minor)s"), "file-text", "done", "money"),
    "billing.statement_paid": Telling(_("Bill of %(month)s paid"), "check", "done", "money"),
    "billing.storage_charged": Telling(_("Storage of %(month)s charged: %(amount_minor)s"), "boxes", "done", "money"),
    "billing.invoice_issued": Telling(_("Invoice %(number)s written: %(amount_minor)s"), "file-text", "done", "money"),
    "billing.credit_note_issued": Telling(
        _("Credit note %(number)s for %(refers_to)s: %(amount_minor)s given back"), "undo-2", "done", "money"
    ),
    "billing.issuer_set": Telling(_("Invoices are written by %(name)s"), "file-text", "done", "money"),
    "wallet.refunded": Telling(_("%(amount_minor)s refunded"), "undo-2", "done", "money"),
    "rate_card.drafted": Telling(_("Rate card %(name)s begun, for %(from_on)s"), "file-plus"),
    "rate_card.changed": Telling(_("Version %(version)s of the prices written, for %(from_on)s"), "pencil"),
    "rate_card.approved": Telling(_("Version %(version)s of the prices holds from %(from_on)s"), "check", "done"),
    "rate_card.assigned": Telling(_("Rate card %(card)s holds from %(from_on)s"), "tag"),
}
