"""Every view says which permission it needs, or why everybody may see it."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from toiya.core.actor import Permission
from toiya.domain.members.rules import OPERATOR_ROLES, SELLER_ROLES
from toiya.web.shared.access import declared, views_of

VIEWS = [(path, view) for path, view in views_of(get_resolver()) if view.__module__.startswith("toiya.")]


def test_there_are_views_of_each_face() -> None:
    faces = {view.__module__.split(".")[2] for _, view in VIEWS}
    assert {"portal", "floor", "office", "shared"} <= faces


@pytest.mark.parametrize(("path", "view"), VIEWS, ids=[path or "/" for path, _ in VIEWS])
def test_a_view_declares_who_may_see_it(path: str, view: object) -> None:
    access = declared(view)
    assert access is not None, f"{path}: say @needs(...) or @open_to_all(why)"
    assert bool(access.permissions) != bool(access.open_because)


def test_views_from_elsewhere_are_only_those_we_know() -> None:
    foreign = {view.__module__ for _, view in views_of(get_resolver()) if not view.__module__.startswith("toiya.")}
    assert foreign <= {"django.views.i18n", "django.views.static", "django.views.generic.base"}


def test_every_permission_is_somebodys() -> None:
    given = frozenset().union(*SELLER_ROLES.values(), *OPERATOR_ROLES.values())
    assert given == set(Permission)


def test_no_seller_may_do_what_is_the_operators() -> None:
    operators = {
        Permission.WORK_ON_FLOOR,
        Permission.LEAD_FLOOR,
        Permission.SEE_OFFICE,
        Permission.RELEASE_WAVES,
        Permission.EDIT_STOCK,
        Permission.SEE_SELLERS,
        Permission.MEND_JOBS,
        Permission.EDIT_DUES,
        Permission.BILL_SELLERS,
    }
    for role, permissions in SELLER_ROLES.items():
        assert not permissions & operators, role
