"""What happens to money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from toiya.core.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletToppedUp(Event):
    """Money came in; subject is the seller's code."""

    NAME: ClassVar[str] = "wallet.topped_up"
    currency: str
    amount_minor: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletRefunded(Event):
    """A fee was given back; subject is the seller's code."""

    NAME: ClassVar[str] = "wallet.refunded"
    currency: str
    amount_minor: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAnnounced(Event):
    """A seller says money comes by bank; subject is the seller's code."""

    NAME: ClassVar[str] = "wallet.transfer_announced"
    currency: str
    amount_minor: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWithdrawn(Event):
    """The money will not come; subject is the seller's code."""

    NAME: ClassVar[str] = "wallet.transfer_withdrawn"
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileTaken(Event):
    """The bank's file was read, nothing of it is booked; subject is the file's code, nobody's seller."""

    NAME: ClassVar[str] = "wallet.bank_file_taken"
    file_id: int
    lines: int
    new_lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileBooked(Event):
    """A person saw what the file would do and had it booked; subject is the file's code."""

    NAME: ClassVar[str] = "wallet.bank_file_booked"
    file_id: int
    deposits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileThrownAway(Event):
    """Nothing of it was booked, and nothing will be; subject is the file's code."""

    NAME: ClassVar[str] = "wallet.bank_file_thrown_away"
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileUndoWanted(Event):
    """A person wants all of the file taken back; subject is the file's code."""

    NAME: ClassVar[str] = "wallet.bank_file_undo_wanted"
    file_id: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFileUndone(Event):
    """What could be taken back is; `stay` deposits were spent and stay booked. Subject is the file's code."""

    NAME: ClassVar[str] = "wallet.bank_file_undone"
    undone: int
    stay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalAsked(Event):
    """A person wants money taken back and waits for a second one; subject is the reversal's code."""

    NAME: ClassVar[str] = "wallet.reversal_asked"
    cause: str
    currency: str
    amount_minor: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversalDeclined(Event):
    """The money stays where it is; subject is the reversal's code."""

    NAME: ClassVar[str] = "wallet.reversal_declined"
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyTakenBack(Event):
    """Money that came wrong left the wallet; `owed_minor` of it was spent before. Subject is the reversal's code."""

    NAME: ClassVar[str] = "wallet.money_taken_back"
    reversal_id: int
    cause: str
    currency: str
    amount_minor: int
    owed_minor: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHeadingSaid(Event):
    """What a bank calls one of our columns; subject is the heading."""

    NAME: ClassVar[str] = "wallet.bank_heading_said"
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHeadingForgotten(Event):
    """It means nothing to us any more; subject is the heading."""

    NAME: ClassVar[str] = "wallet.bank_heading_forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositBooked(Event):
    """A deposit became a top-up; subject is the deposit's code."""

    NAME: ClassVar[str] = "wallet.deposit_booked"
    currency: str
    amount_minor: int
    matched_by: str
    confidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositSetAside(Event):
    """A deposit is no top-up, says a person; subject is the deposit's code."""

    NAME: ClassVar[str] = "wallet.deposit_set_aside"
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositTakenUp(Event):
    """It waits for a person again; subject is the deposit's code."""

    NAME: ClassVar[str] = "wallet.deposit_taken_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCodesIssued(Event):
    """Subject is the first code; the secrets are in no event."""

    NAME: ClassVar[str] = "wallet.gift_codes_issued"
    codes: int
    currency: str
    amount_minor: int
    money: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCodeRedeemed(Event):
    """Subject is the gift code's own code."""

    NAME: ClassVar[str] = "wallet.gift_code_redeemed"
    currency: str
    amount_minor: int
    money: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftCodeRevoked(Event):
    """Subject is the gift code's own code."""

    NAME: ClassVar[str] = "wallet.gift_code_revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPaymentWished(Event):
    """A seller wants to pay by card; subject is the payment's code."""

    NAME: ClassVar[str] = "wallet.card_payment_wished"
    payment_id: int
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPaymentFailed(Event):
    """No money came of it; subject is the payment's code."""

    NAME: ClassVar[str] = "wallet.card_payment_failed"
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleSettled(Event):
    """A sales site paid for an order, and fees that waited for it are paid; subject is the order's code."""

    NAME: ClassVar[str] = "wallet.sale_settled"
    currency: str
    amount_minor: int
    fees_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleUnsettled(Event):
    """A settlement was wrong and its money is taken back; the sale is to come. Subject is the order's code."""

    NAME: ClassVar[str] = "wallet.sale_unsettled"
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleGivenUp(Event):
    """The site will not pay for an order; what waited for it is due now. Subject is the order's code."""

    NAME: ClassVar[str] = "wallet.sale_given_up"
    currency: str
    owed_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSettlingChosen(Event):
    """Whether a shop's fees come out of its sales; subject is the shop's code."""

    NAME: ClassVar[str] = "wallet.shop_settling_chosen"
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSet(Event):
    """Below which amount of free money a letter is written; subject is the seller's code. 0: none is."""

    NAME: ClassVar[str] = "wallet.alert_set"
    currency: str
    alert_below_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingSet(Event):
    """When and how much is taken from the kept card; subject is the seller's code. 0: nothing is."""

    NAME: ClassVar[str] = "wallet.filling_set"
    currency: str
    fill_below_minor: int
    fill_minor: int
    month_cap_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardForgotten(Event):
    """The seller's card is kept no longer; subject is the seller's code."""

    NAME: ClassVar[str] = "wallet.card_forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletLow(Event):
    """Free money fell below what the seller named; subject is the seller's code."""

    NAME: ClassVar[str] = "wallet.low"
    currency: str
    free_minor: int
    alert_below_minor: int
