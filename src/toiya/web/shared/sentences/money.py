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
        _("Credit note %(number)s for %(refers_to)s: %(amount_minor)s credited"), "undo-2", "done", "money"
    ),
    "billing.issuer_set": Telling(_("Invoices are written by %(name)s"), "file-text", "done", "money"),
    "wallet.refunded": Telling(_("%(amount_minor)s refunded"), "undo-2", "done", "money"),
    "rate_card.drafted": Telling(_("Rate card %(name)s begun, for %(from_on)s"), "file-plus"),
    "rate_card.changed": Telling(_("Version %(version)s of the prices written, for %(from_on)s"), "pencil"),
    "rate_card.approved": Telling(_("Version %(version)s of the prices holds from %(from_on)s"), "check", "done"),
    "rate_card.assigned": Telling(_("Rate card %(card)s holds from %(from_on)s"), "tag"),
    "wallet.transfer_announced": Telling(
        _("Bank transfer %(reference)s of %(amount_minor)s announced"), "wallet", "move", "money"
    ),
    "wallet.transfer_withdrawn": Telling(_("Bank transfer %(reference)s withdrawn"), "ban", "idle", "money"),
    "wallet.bank_file_taken": Telling(
        _("Bank file taken: %(lines)s lines, %(new_lines)s of them new"), "file-up", "done", "money"
    ),
    "wallet.bank_file_booked": Telling(_("Bank file booked: %(deposits)s deposits matched"), "check", "done", "money"),
    "wallet.bank_file_thrown_away": Telling(
        _("Bank file thrown away, nothing of it was booked (%(lines)s lines)"), "ban", "idle", "money"
    ),
    "wallet.bank_file_undo_wanted": Telling(_("Undoing a bank file was begun: %(note)s"), "undo-2", "wait", "money"),
    "wallet.bank_file_undone": Telling(
        _("Bank file undone: %(undone)s deposits taken back, %(stay)s stay because their money is spent"),
        "undo-2",
        "done",
        "money",
    ),
    "wallet.reversal_asked": Telling(
        _("Taking back %(amount_minor)s of %(cause)s was asked for; a second person decides"), "undo-2", "wait", "money"
    ),
    "wallet.reversal_declined": Telling(_("%(cause)s stays booked"), "ban", "idle", "money"),
    "wallet.money_taken_back": Telling(
        _("%(amount_minor)s of %(cause)s taken back; %(owed_minor)s of it was spent and is owed"),
        "undo-2",
        "stop",
        "money",
    ),
    "wallet.sale_unsettled": Telling(
        _("%(amount_minor)s of the sales site taken back; the sale is to come again"), "undo-2", "stop", "money"
    ),
    "settlement.taken": Telling(_("Settlement of a sales site read: %(rows)s rows"), "file-up", "done", "money"),
    "settlement.booked": Telling(_("Settlement booked: %(sales)s sales"), "check", "done", "money"),
    "settlement.thrown_away": Telling(
        _("Settlement thrown away, nothing of it was booked (%(rows)s rows)"), "ban", "idle", "money"
    ),
    "settlement.undone": Telling(_("Settlement undone: %(sales)s sales are to come again"), "undo-2", "stop", "money"),
    "wallet.bank_heading_said": Telling(_("A heading of a bank's list was explained"), "pencil", "done", "money"),
    "wallet.bank_heading_forgotten": Telling(
        _("The meaning of a heading of a bank's list was forgotten"), "ban", "idle", "money"
    ),
    "wallet.deposit_booked": Telling(
        _("Deposit of %(amount_minor)s booked, found by %(matched_by)s (%(confidence)s %%)"), "check", "done", "money"
    ),
    "wallet.deposit_set_aside": Telling(_("Deposit set aside: %(note)s"), "ban", "idle", "money"),
    "wallet.deposit_taken_up": Telling(_("Deposit taken up again"), "undo-2", "wait", "money"),
    "wallet.gift_codes_issued": Telling(
        _("%(codes)s gift codes of %(amount_minor)s issued (%(money)s)"), "wallet", "done", "money"
    ),
    "wallet.gift_code_redeemed": Telling(
        _("Gift code of %(amount_minor)s redeemed (%(money)s)"), "wallet", "done", "money"
    ),
    "wallet.gift_code_revoked": Telling(_("Gift code revoked"), "ban", "idle", "money"),
    "wallet.card_payment_wished": Telling(_("Card payment of %(amount_minor)s begun"), "wallet", "move", "money"),
    "wallet.card_payment_failed": Telling(_("Card payment failed: %(problem)s"), "octagon-x", "stop", "money"),
    "wallet.sale_settled": Telling(
        _("The sales site paid %(amount_minor)s; %(fees_minor)s of fees were taken from it"), "wallet", "done", "money"
    ),
    "wallet.sale_given_up": Telling(
        _("The sales site will not pay; %(owed_minor)s of fees are due from free money"), "octagon-x", "stop", "money"
    ),
    "wallet.shop_settling_chosen": Telling(_("What pays the fees of this shop was changed"), "wallet", "done", "money"),
    "wallet.alert_set": Telling(_("Alert for low free money set to %(alert_below_minor)s"), "wallet", "done", "money"),
    "wallet.filling_set": Telling(
        _("Automatic top-up by card: %(fill_minor)s below %(fill_below_minor)s, at most %(month_cap_minor)s a month"),
        "wallet",
        "done",
        "money",
    ),
    "wallet.card_forgotten": Telling(_("The card is kept no longer; nothing is taken from it"), "ban", "idle", "money"),
    "wallet.low": Telling(
        _("Free money is low: %(free_minor)s, below %(alert_below_minor)s"), "wallet", "wait", "money"
    ),
}
