"""What the carriers have against an order as it is entered: day, hours, place, letters and room on the label."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from toiya.domain.carriers import charset_rules, wish_rules, wish_words
from toiya.domain.carriers import offers as services
from toiya.domain.carriers.catalogue import OFFERS
from toiya.domain.carriers.port import Party
from toiya.domain.carriers.service_rules import Offer
from toiya.domain.carriers.wish_rules import DeliveryWish, Objection
from toiya.domain.orders import delivery
from toiya.domain.orders.delivery import Asked
from toiya.domain.orders.entries import EntryFlaw

_FIELD_OF = {
    wish_rules.NOT_OFFERED: "service",
    wish_rules.NO_SLOT: "slot",
    wish_rules.UNKNOWN_SLOT: "slot",
    wish_rules.NOT_IN_THE_MORNING: "slot",
}
_OTHERS = "_others_can"
_ENTRY_FIELD = {"name": "receiver", "first_line": "address", "second_line": "address_detail", "phone": "phone"}


class CarriersRules:
    """The rules of the carriers' side for `orders.delivery`."""

    @property
    def words(self) -> Mapping[str, Any]:
        """A lazy sentence for each objection to a wish."""
        return WORDS

    def read(self) -> OfferedByCarriers:
        """The services as the office keeps them; before it set any, as the carriers' public pages tell them."""
        return OfferedByCarriers(tuple(services.offers()) or OFFERS)


@dataclass(frozen=True, slots=True)
class OfferedByCarriers:
    """The services with their terms, read once."""

    known: tuple[Offer, ...]

    def offers(self, day: date) -> Sequence[delivery.Offer]:
        """The services that are offered on that day."""
        return [delivery.Offer(offer.code, offer.name) for offer in self.known if offer.on(day) is not None]

    def flaws(self, asked: Asked) -> Sequence[EntryFlaw]:
        """Objections to the wish, then letters no file can carry, then what has no room."""
        wished = [offer for offer in self.known if asked.service_code in ("", offer.code)]
        to = asked.to
        party = Party(to.name, to.postal_code, to.first_line, to.second_line, to.phone)
        carriers = list(dict.fromkeys(offer.carrier for offer in wished))
        return [*_objections(asked, wished, self.known), *_letters(party, carriers), *_room(party, carriers)]


def _objections(asked: Asked, wished: Sequence[Offer], known: Sequence[Offer]) -> Iterator[EntryFlaw]:
    """Of the wished service; without one, only what every service refuses, as the first to the door says it."""
    wish = DeliveryWish(asked.to.postal_code, asked.prefecture, asked.ships_on, asked.deliver_on, asked.slot)
    able = wish_rules.able(wished, wish)
    if able:
        return
    others = [offer.name for offer in wish_rules.able(known, wish)]
    to_the_door = [offer for offer in wished if (terms := offer.on(asked.ships_on)) is not None and terms.takes_date]
    for objection in wish_rules.judge_wish((to_the_door or list(wished))[0], wish):
        yield _flaw(objection, others)


def _flaw(objection: Objection, able: Sequence[str]) -> EntryFlaw:
    field = _FIELD_OF.get(objection.code, "deliver_on")
    day = objection.day.isoformat() if objection.day else ""
    told = {"service": objection.service, "day": day, "services": ", ".join(able)}
    code = f"{objection.code}{_OTHERS}" if able else objection.code
    return EntryFlaw(field, code, told, day if field == "deliver_on" else "")


class _WithOthers:
    """The sentence of an objection, and which services can: a lazy text with the places of both."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        words = gettext("%(objection)s These can: %(services)s.")
        return words % {"objection": str(wish_words.SENTENCES[self.code]), "services": "%(services)s"}


WORDS: Mapping[str, Any] = {
    **wish_words.SENTENCES,
    **{f"{code}{_OTHERS}": _WithOthers(code) for code in wish_words.SENTENCES},
}


def _letters(party: Party, carriers: Sequence[str]) -> Iterator[EntryFlaw]:
    """
    Letters that none of these carriers' files has. Dashes and the like are replaced without a word; a letter of a name
    is a person's to decide, with what it may be written as.
    """
    missing: dict[str, list[charset_rules.Unprintable]] = {}
    for found in charset_rules.unprintable(party, carriers[0] if carriers else ""):
        if not found.proposal or unicodedata.category(found.character) == "Lo":
            missing.setdefault(found.field, []).append(found)
    for field, letters in missing.items():
        has_all = all(each.proposal for each in letters)
        mend = charset_rules.written(getattr(party, field))[0] if has_all else ""
        shown = "".join(dict.fromkeys(each.character for each in letters))[:20]
        yield EntryFlaw(_ENTRY_FIELD[field], "unprintable", {"value": shown}, mend)


def _room(party: Party, carriers: Sequence[str]) -> Iterator[EntryFlaw]:
    """What has no room in the files of any of these carriers, told by the roomiest."""
    told = [charset_rules.too_long(party, carrier) for carrier in carriers]
    if not told or not all(told):
        return
    for each in min(told, key=lambda found: (len(found), sum(len(one.over) for one in found))):
        values: dict[str, str | int] = {"value": each.over[:40], "most": each.most // 2}
        yield EntryFlaw(_ENTRY_FIELD[each.field], "no_room", values)
