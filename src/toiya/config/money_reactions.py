"""What money wakes: a part of the table in `reactions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toiya.core.events import Event, Reaction
from toiya.domain.billing.events import StatementClosed
from toiya.domain.contracts.events import TermsAnnounced
from toiya.domain.dues.events import AutoPaySet, DisputeEnded, DunningStepTaken, PaymentRequested, SellerReinstated
from toiya.domain.wallet.events import (
    BankFileTaken,
    CardPaymentWished,
    SaleSettled,
    TransferAnnounced,
    WalletLow,
    WalletToppedUp,
)

PAY_DUES = Reaction("dues.auto_pay")
RETRY_HOLDS = Reaction("outbound.retry_wallet_holds")
TAKE_FEES = Reaction("returns.take_fees")

MONEY_REACTIONS: Mapping[type[Event], Sequence[Reaction]] = {
    StatementClosed: [
        Reaction("billing.write_invoice", "statement_id"),
        Reaction("notifications.bill_closed", "statement_id"),
    ],
    WalletToppedUp: [RETRY_HOLDS, TAKE_FEES, PAY_DUES],
    SaleSettled: [RETRY_HOLDS, TAKE_FEES, PAY_DUES],
    TransferAnnounced: [Reaction("wallet.match_waiting")],
    BankFileTaken: [Reaction("wallet.match_bank_file", "file_id")],
    WalletLow: [Reaction("notifications.wallet_low")],
    CardPaymentWished: [Reaction("wallet.open_card_page", "payment_id")],
    PaymentRequested: [PAY_DUES],
    AutoPaySet: [PAY_DUES],
    DisputeEnded: [Reaction("notifications.dispute_ended", "dispute_id"), PAY_DUES],
    DunningStepTaken: [Reaction("notifications.dunning_step", "step_id")],
    SellerReinstated: [Reaction("notifications.reinstated")],
    TermsAnnounced: [Reaction("notifications.terms_announced", "version_id")],
}
