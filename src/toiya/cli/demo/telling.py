"""What the demo says at its end: the numbers, the addresses, who can sign in, and what to try first."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

from toiya.cli.demo.goods import SHOP_PASSWORD, SHOPS
from toiya.cli.demo.people import PASSWORD, STAFF


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller asked for."""

    is_once: bool
    is_json: bool
    is_kept: bool
    web_port: int
    site_port: int


def tell(wish: Wish, numbers: dict[str, Any], *, is_good: bool) -> None:
    """Print the end: for programs one JSON object on stdout, for people what they need to begin."""
    if wish.is_json:
        print(json.dumps(numbers, ensure_ascii=False), flush=True)
    else:
        print(_summary(numbers), flush=True)
    if not is_good:
        print("Something does not agree:", file=sys.stderr)
        print(json.dumps(numbers, ensure_ascii=False, indent=2), file=sys.stderr, flush=True)
    if not wish.is_once:
        print(_guide(wish), file=sys.stderr if wish.is_json else sys.stdout, flush=True)


def _summary(numbers: dict[str, Any]) -> str:
    orders = numbers["orders"]
    verdict = "everything agrees" if numbers["verify"]["ok"] else f"{len(numbers['verify']['problems'])} problems"
    return (
        f"\n{orders['pulled']} orders pulled, {orders['confirmed']} confirmed, {orders['allocated']} got their stock, "
        f"{orders['waiting']} wait.\n{numbers['labels']} labels, {orders['shipped']} parcels shipped, "
        f"{orders['tracking_accepted']} tracking numbers taken by the site; verify: {verdict}; "
        f"{numbers['seconds']} s."
    )


def _guide(wish: Wish) -> str:
    web, site = f"http://127.0.0.1:{wish.web_port}", f"http://127.0.0.1:{wish.site_port}"
    sellers = "\n".join(f"  {seller.email:<24} {seller.owner}, owner of {seller.name}" for seller in SHOPS)
    staff = "\n".join(f"  {person.email:<24} {person.label}" for person in STAFF)
    badges = "\n".join(f"  {person.badge}   PIN {person.pin}   {person.label}" for person in STAFF)
    return f"""
Toiya               {web}/            (the sign-in page has a button for each person)
The floor           {web}/floor/
The office          {web}/office/
The sales site      {site}/

E-mail and password (all: {PASSWORD})
{sellers}
{staff}

Badge and PIN for the floor (type or scan the badge)
{badges}

Try first
  1. Enter as Sakura (花束 Hanataba): the orders, one page each, and why some of them wait.
  2. Enter as Mika in the office: release the orders that have their stock, as a wave.
  3. On the floor, as Lina: pick the wave, pack it, weigh it, load it. The tracking number is on the sales site.
  4. Enter as Jiwoo (달빛 Dalbit): the wallet is too low for a packed parcel. Top up by card (a
     pretend payment service asks for none) and its label is made.
  5. At the sales site place an order (shop hanataba, password {SHOP_PASSWORD}) or cancel one.
     It is here within three minutes, confirmed and with its stock.
  6. Enter as Hina (ひばり工房 Hibari), who packs herself: make and print labels under Smart Delivery.
     On the floor scan them at Hand-in, then onto the truck; the numbers are on the sales site (shop hibari).

Ctrl-C ends the demo; ./toiya demo --keep goes on with it."""
