"""Background doors of the letters, by topic. Each reads everything that is due when it runs; twice does no harm."""

from toiya.domain.notifications.jobs import (
    approval,
    bills,
    bundles,
    claims,
    cut_offs,
    dues,
    lots,
    money,
    people,
    returns,
    sending,
)

__all__ = [
    "approval",
    "bills",
    "bundles",
    "claims",
    "cut_offs",
    "dues",
    "lots",
    "money",
    "people",
    "returns",
    "sending",
]
