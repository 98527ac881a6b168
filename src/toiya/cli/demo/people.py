"""Who works in the demo, with the passwords and PINs it prints."""

from __future__ import annotations

from dataclasses import dataclass

from toiya.cli.demo.goods import SHOPS

PASSWORD = "funabashi-demo"  # noqa: S105  of an installation that holds nothing real


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the operator: role, badge and PIN for the floor."""

    name: str
    email: str
    role: str
    badge: str
    pin: str
    label: str


STAFF = (
    Person("小林 美香 Mika", "mika@toiya.example", "administrator", "BADGE-0001", "1111", "Office: Mika"),
    Person("大野 健 Ken", "ken@toiya.example", "floor_lead", "BADGE-0002", "2222", "Floor lead: Ken"),
    Person("李 娜 Lina", "lina@toiya.example", "picker", "BADGE-0003", "3333", "Picker: Lina"),
    Person("グエン ミン Minh", "minh@toiya.example", "picker", "BADGE-0004", "4444", "Picker: Minh"),
)


def logins() -> list[dict[str, str]]:
    """What the sign-in page offers in the demo."""
    owners = [{"label": f"Seller: {seller.name}", "email": seller.email} for seller in SHOPS]
    staff = [{"label": person.label, "email": person.email} for person in STAFF]
    return [{**login, "password": PASSWORD} for login in (*owners, *staff)]
