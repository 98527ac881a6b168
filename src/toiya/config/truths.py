"""What must always be true, all packages together: the one table that `./toiya verify` runs."""

from __future__ import annotations

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from toiya.core import own_checks as core
from toiya.core.checks import Check, Guard, Reference, Truths
from toiya.core.guards import guard_checks, guards_of
from toiya.core.references import reference_checks, references_of
from toiya.core.schema import RunGuards
from toiya.domain.allocation import checks as allocation
from toiya.domain.assembly import checks as assembly
from toiya.domain.billing import checks as billing
from toiya.domain.carriers import checks as carriers
from toiya.domain.catalog import checks as catalog
from toiya.domain.channels import checks as channels
from toiya.domain.contracts import checks as contracts
from toiya.domain.conversations import checks as conversations
from toiya.domain.dues import checks as dues
from toiya.domain.imports import checks as imports
from toiya.domain.inbound import checks as inbound
from toiya.domain.lending import checks as lending
from toiya.domain.members import checks as members
from toiya.domain.notifications import checks as notifications
from toiya.domain.orders import checks as orders
from toiya.domain.outbound import checks as outbound
from toiya.domain.pricing import checks as pricing
from toiya.domain.stock import checks as stock
from toiya.domain.transfers import checks as transfers
from toiya.domain.wallet import checks as wallet
from toiya.domain.warehouses import checks as warehouses

_PACKAGES = (
    *(
        core,
        members,
        imports,
        warehouses,
        catalog,
        stock,
        wallet,
        inbound,
        assembly,
        transfers,
        orders,
        carriers,
        allocation,
        outbound,
        lending,
    ),
    *(pricing, channels, billing, contracts, dues, conversations, notifications),
)
PACKAGES: tuple[Truths, ...] = tuple(package.TRUTHS for package in _PACKAGES)


def all_tables() -> list[type[Model]]:
    """Every table of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("toiya.")]


def all_references() -> list[Reference]:
    """Every column that points to a row of another table."""
    return [*references_of(all_tables()), *(each for package in PACKAGES for each in package.references)]


def all_guards() -> list[Guard]:
    """Everything the database's own catalog must hold: what the models promise, and what migrations put by hand."""
    operations = [step for each in MigrationLoader(None).disk_migrations.values() for step in each.operations]
    by_hand = [guard for step in operations if isinstance(step, RunGuards) for guard in step.guards]
    return [*guards_of(all_tables()), *by_hand]


def all_checks() -> list[Check]:
    """Every check, by the number of its invariant."""
    checks = [
        *(check for package in PACKAGES for check in package.checks),
        *reference_checks(all_tables(), all_references()),
        *guard_checks(all_guards()),
    ]
    return sorted(checks, key=lambda check: check.invariant)


def all_counts() -> dict[str, str]:
    """The statements that say how much was checked."""
    return {name: statement for package in PACKAGES for name, statement in package.counts.items()}
