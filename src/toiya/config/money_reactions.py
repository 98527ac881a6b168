"""What money wakes: a part of the table in `reactions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toiya.core.events import Event, Reaction
from toiya.domain.billing.events import CreditNoteIssued, StatementClosed
from toiya.domain.contracts.events import TermsAnnounced
from toiya.domain.dues.events import (
    AutoPaySet,
    DisputeEnded,
    DunningStepTaken,
    PaymentMade,
    PaymentRequested,
    ReturnPlanConfirmed,
    SellerReinstated,
)
from toiya.domain.wallet.events import (
    BankFileBooked,
    BankFileUndoWanted,
    CardPaymentWished,
    MoneyTakenBack,
    SaleSettled,
    TransferAnnounced,
    WalletLow,
    WalletRefunded,
    WalletToppedUp,
)

AFTER_CLOSING = ("billing.write_invoice", "notifications.bill_closed", "dues.ask_for_bill")
PAY_DUES = Reaction("dues.auto_pay")
SETTLE_BILLS = Reaction("dues.settle_bills")
RETRY_HOLDS = Reaction("outbound.retry_wallet_holds")
TAKE_FEES = (Reaction("returns.take_fees"), Reaction("inbound.take_fees"))
# Money is free that was not before, whichever way it came: what waited for it goes on.
MONEY_CAME = (RETRY_HOLDS, *TAKE_FEES, PAY_DUES)

MONEY_REACTIONS: Mapping[type[Event], Sequence[Reaction]] = {
    StatementClosed: [Reaction(task, "statement_id") for task in AFTER_CLOSING],
    PaymentMade: [SETTLE_BILLS],
    WalletToppedUp: MONEY_CAME,
    SaleSettled: MONEY_CAME,
    WalletRefunded: MONEY_CAME,
    CreditNoteIssued: [*MONEY_CAME, SETTLE_BILLS],
    TransferAnnounced: [Reaction("wallet.match_waiting")],
    BankFileBooked: [Reaction("wallet.match_bank_file", "file_id")],
    BankFileUndoWanted: [Reaction("wallet.undo_bank_file", "file_id")],
    MoneyTakenBack: [
        Reaction("wallet.book_for_right_seller", "reversal_id"),
        Reaction("notifications.money_taken_back", "reversal_id"),
    ],
    WalletLow: [Reaction("notifications.wallet_low")],
    CardPaymentWished: [Reaction("wallet.open_card_page", "payment_id")],
    PaymentRequested: [PAY_DUES],
    AutoPaySet: [PAY_DUES],
    DisputeEnded: [Reaction("notifications.dispute_ended", "dispute_id"), *MONEY_CAME, SETTLE_BILLS],
    DunningStepTaken: [Reaction("notifications.dunning_step", "step_id")],
    ReturnPlanConfirmed: [Reaction("notifications.return_confirmed", "plan_id")],
    SellerReinstated: [Reaction("notifications.reinstated")],
    TermsAnnounced: [Reaction("notifications.terms_announced", "version_id")],
}
