"""What others and the screens ask of wallets."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from toiya.domain.members.models import Seller
from toiya.domain.wallet.models import Account, BankHeading, Deposit, Reservation, Reversal, Sale


@dataclass(frozen=True, slots=True)
class Balances:
    """
    The seller's money of one currency (minor units); `owed` waits for sales, `expected` is what these may bring, `debt`
    was taken back after it was spent.
    """

    free: int = 0
    aside: int = 0
    advertising: int = 0
    owed: int = 0
    expected: int = 0
    debt: int = 0

    @property
    def together(self) -> int:
        """Free and set aside."""
        return self.free + self.aside


def balances_of(seller_id: int, currency: str) -> Balances:
    """Where a seller's money is; two queries."""
    accounts = dict(Account.objects.filter(seller_id=seller_id, currency=currency).values_list("kind", "balance_minor"))
    awaited = Sale.objects.filter(seller_id=seller_id, currency=currency, status=Sale.Status.AWAITED)
    return Balances(
        free=accounts.get("free", 0),
        aside=accounts.get("reserved", 0),
        advertising=accounts.get("advertising", 0),
        owed=-accounts.get("owed", 0),
        expected=awaited.aggregate(total=Sum("expected_minor"))["total"] or 0,
        debt=-accounts.get("debt", 0),
    )


def bank_headings() -> dict[str, str]:
    """Our column by what banks call it."""
    return dict(BankHeading.objects.values_list("heading", "column"))


def waiting_deposits() -> QuerySet[Deposit]:
    """Deposits that wait for a person, of all sellers and none."""
    return Deposit.objects.filter(status=Deposit.Status.WAITING)


def waiting_reversals() -> QuerySet[Reversal]:
    """What one person asked to be taken back and another has to decide, of all sellers."""
    return Reversal.objects.filter(status=Reversal.Status.ASKED)


def debts() -> QuerySet[Account]:
    """Sellers that owe us money which was taken back after they spent it, the most first."""
    return Account.objects.filter(kind=Account.Kind.DEBT, balance_minor__lt=0).select_related("seller")


def purse_currencies() -> list[str]:
    """The currencies that some seller's wallet is in, and yen; the most used first."""
    found = Seller.objects.values("currency").annotate(count=Count("pk")).order_by("-count", "currency")
    names = [row["currency"] for row in found]
    return names if "JPY" in names else [*names, "JPY"]


def ended_sales(seller_id: int) -> list[str]:
    """Orders whose sale was paid or will not be, while fees still wait for it: these are due from free money."""
    ended = ~Q(status=Sale.Status.AWAITED)
    owed = owed_fees(seller_id).values("sale")
    return list(
        Sale.objects.filter(ended, seller_id=seller_id, order_code__in=owed).values_list("order_code", flat=True)
    )


def owed_fees(seller_id: int) -> QuerySet[Reservation]:
    """Fees that wait for a sale."""
    owed = Reservation.objects.filter(seller_id=seller_id, is_owed=True)
    return owed.exclude(status=Reservation.Status.VOIDED)


def fees_waiting_for(seller_id: int, order_code: str) -> int:
    """How much of an order's sale is promised to fees already (minor units)."""
    return owed_fees(seller_id).filter(sale=order_code).aggregate(total=Sum("amount_minor"))["total"] or 0
