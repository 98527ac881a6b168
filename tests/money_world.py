"""Money as it comes in: the bank's files, gift codes, settlements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from tests.world import NOON, WORLD, acting_for
from toiya.core.money import Money
from toiya.domain.members.models import Seller
from toiya.domain.wallet import plugs
from toiya.domain.wallet.actions.bank_files import book_bank_file, take_bank_file
from toiya.domain.wallet.actions.deposits import match_deposit
from toiya.domain.wallet.actions.gifts import Batch, issue_gift_codes
from toiya.domain.wallet.actions.transfers import announce_transfer
from toiya.domain.wallet.bank_files import read_bank_file
from toiya.domain.wallet.models import Account, AnnouncedTransfer, BankFile, Deposit, GiftCode
from toiya.domain.wallet.port import CardAnswer, CardGateway, CardOutcome, CardPage, CardWish

_forms = count(1)


@dataclass(frozen=True)
class Came:
    """One incoming transfer as the bank tells it."""

    amount: int
    name: str
    message: str = ""
    inquiry: str = "000000"
    day: str = "081126"  # 26 November of the emperor's year 8
    is_reversal: bool = False


def zengin(*came: Came, line_end: bytes = b"\r\n") -> bytes:
    """A bank's notice of incoming transfers."""

    def kana(text: str, width: int) -> bytes:
        return text.encode("cp932")[:width].ljust(width)

    header = b"101" + b"0" + b"081126" * 3 + b"0005" + kana("ﾄｲﾔ", 15) + b"001" + kana("ﾎﾝﾃﾝ", 15)
    records = [header + b"1" + b"1234567" + kana("ﾄｲﾔ(ｶ", 40)]
    for each in came:
        amount = f"{each.amount:010}".encode()
        parts = [b"2", each.inquiry.encode(), each.day.encode() * 2, amount, b"0" * 10, b"0" * 10, kana(each.name, 48)]
        parts += [kana("ﾐﾂﾋﾞｼ", 15), kana("ｼﾝｼﾞﾕｸ", 15), b"1" if each.is_reversal else b"0", kana(each.message, 20)]
        records.append(b"".join(parts))
    counted = [each for each in came if not each.is_reversal]
    back = [each for each in came if each.is_reversal]
    totals = "".join(f"{len(rows):06}{sum(each.amount for each in rows):012}" for rows in (counted, back))
    records += [b"8" + totals.encode(), b"9" + f"{len(came) + 3:010}00001".encode()]
    return b"".join(record.ljust(200) + line_end for record in records)


def announced(seller: Seller, minor: int, name: str = "カ）ハナタバ", at: datetime = NOON) -> AnnouncedTransfer:
    """A transfer the seller says is on its way."""
    return announce_transfer(
        seller=seller,
        amount=Money(minor, seller.currency),
        sender_name=name,
        token=f"transfer form {next(_forms)}",
        actor=acting_for(seller),
        at=at,
    )


def bank_told(*came: Came, content: bytes = b"", at: datetime = NOON) -> list[Deposit]:
    """The bank's file taken and matched; its deposits in the order of the file."""
    taken = taken_from_bank(content or zengin(*came), at)
    for pk in Deposit.objects.filter(bank_file=taken).values_list("pk", flat=True):
        match_deposit(deposit_id=pk, actor=WORLD, at=at)
    found = {row.fingerprint: row for row in Deposit.objects.all()}
    return [found[fingerprint] for fingerprint, _ in read_bank_file(content or zengin(*came), at.date()).lines]


def taken_from_bank(content: bytes, at: datetime = NOON) -> BankFile:
    """The file, seen and booked; its lines not matched yet."""
    taken = read_from_bank(content, at)
    return book_bank_file(code=taken.code, actor=WORLD, at=at)


def read_from_bank(content: bytes, at: datetime = NOON, currency: str = "JPY") -> BankFile:
    """The file read, nothing of it booked."""
    read = read_bank_file(content, at.date(), currency=currency)
    return take_bank_file(content=content, file_name="nyukin.txt", read=read, actor=WORLD, at=at)


def gift_codes(minor: int = 5000, codes: int = 1, **fields: object) -> Sequence[tuple[str, str]]:
    """Issued gift codes: (what the office calls it, the secret)."""
    batch = Batch(codes, Money(minor, "JPY"), **fields)  # type: ignore[arg-type]
    return list(issue_gift_codes(batch=batch, actor=WORLD, at=NOON).items())


def advertising(minor: int) -> str:
    """The secret of a gift code of advertising credit."""
    return gift_codes(minor, money=GiftCode.Money.ADVERTISING)[0][1]


class ScriptedGateway:
    """A card gateway that says what it was told to say, or fails as told, and keeps what it was asked."""

    def __init__(self, *answers: CardAnswer | Exception) -> None:
        self.answers = list(answers)
        self.wishes: list[CardWish] = []
        self.cards: list[str] = []
        self.trouble: Exception | None = None

    def open_page(self, wish: CardWish) -> CardPage:
        self.wishes.append(wish)
        if self.trouble:
            raise self.trouble
        return CardPage(f"pay-{wish.reference}", "https://cards.example/pay")

    def pay_kept(self, wish: CardWish, card: str) -> CardAnswer:
        self.wishes.append(wish)
        self.cards.append(card)
        if self.trouble:
            raise self.trouble
        return CardAnswer(f"pay-{wish.reference}", CardOutcome.PAID, wish.amount_minor, wish.currency)

    def ask(self, external_id: str) -> CardAnswer:  # noqa: ARG002
        return self._next()

    def read_callback(self, body: bytes, signature: str, at: datetime) -> CardAnswer:  # noqa: ARG002
        return self._next()

    def _next(self) -> CardAnswer:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@contextmanager
def with_gateway(gateway: CardGateway) -> Iterator[None]:
    """This gateway is the installation's, for a while."""
    before = list(plugs._gateways)
    plugs.install(gateway)
    try:
        yield
    finally:
        plugs.install(before[0] if before else None)


def free(seller: Seller) -> int:
    """The seller's free money."""
    found = Account.objects.filter(seller=seller, kind="free").first()
    return found.balance_minor if found else 0
