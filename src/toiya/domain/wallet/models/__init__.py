"""The ledger of money, and the ways money comes in."""

from toiya.domain.wallet.models.cards import CardPayment
from toiya.domain.wallet.models.gifts import GiftCode
from toiya.domain.wallet.models.ledger import Account, Booked, Entry, Posting, Reservation, TopUp
from toiya.domain.wallet.models.reversals import Reversal
from toiya.domain.wallet.models.sales import Sale, SettlingShop
from toiya.domain.wallet.models.transfers import AnnouncedTransfer, BankFile, BankHeading, Deposit
from toiya.domain.wallet.models.watch import MoneyWatch

__all__ = [
    "Account",
    "AnnouncedTransfer",
    "BankFile",
    "BankHeading",
    "Booked",
    "CardPayment",
    "Deposit",
    "Entry",
    "GiftCode",
    "MoneyWatch",
    "Posting",
    "Reservation",
    "Reversal",
    "Sale",
    "SettlingShop",
    "TopUp",
]
