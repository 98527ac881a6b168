"""Before the first test: a database server, a database of this run's own, a word about a missing browser."""

import gc
import os
import shutil
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.groups import Grouped
from toiya.cli import languages
from toiya.cli.postgres import embedded, rehearsal, template
from toiya.config import database
from toiya.config.places import ROOT, VAR

# The same engine without the browser's own windows around it opens pages twice as fast.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)

CORE = ("src/toiya/core", "src/toiya/domain", "tests/races", "tests/journeys")

# pytest-django has read the settings by now, so they get the address afterwards; the processes of
# pytest-xdist inherit the environment and find it there.
if "PYTEST_XDIST_WORKER" not in os.environ:
    languages.compile_all()
    os.environ["TOIYA_DATABASE_URL"] = embedded.ensure()
    rehearsal.clear_leftovers(os.environ["TOIYA_DATABASE_URL"])
    os.environ["TOIYA_TEST_DATABASE"] = rehearsal.name_of_this_run()
    os.environ["TOIYA_TEST_TEMPLATE"] = template.ensure(
        os.environ["TOIYA_DATABASE_URL"], rehearsal.prefix_of_templates()
    )
settings.PASSWORD_HASHERS = ["tests.quick_hashing.QuickArgon2"]
settings.DATABASES["default"].update(database.configuration(VAR))
settings.DATABASES["default"].setdefault("TEST", {}).update(
    NAME=os.environ["TOIYA_TEST_DATABASE"], TEMPLATE=os.environ["TOIYA_TEST_TEMPLATE"], MIGRATE=False
)

settings.STORAGES["papers"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The core, which every PostgreSQL version must carry: core, domain, races, journeys over HTTP."""
    for item in items:
        place = item.path.relative_to(ROOT)
        is_core = any(place.is_relative_to(folder) for folder in CORE)
        if is_core and not item.get_closest_marker("browser"):
            item.add_marker("core")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Grouped | None:
    """Tests of one group never run side by side."""
    return Grouped(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_finish() -> None:
    """What was loaded stays: the collector of garbage need not go through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """No test inherits the tongue of the one before; tests that drive a browser need one."""
    translation.deactivate()
    if item.get_closest_marker("browser") and CHROMIUM is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what a build without a browser did not prove."""
    if CHROMIUM is None and os.environ.get("CI"):
        terminalreporter.write_line(
            "NO CHROMIUM: the browser tests were skipped, the pages are NOT tested.", red=True, bold=True
        )


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The installed Chromium, for Playwright's `executable_path`."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    return CHROMIUM


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The address of this process's test database, for TOIYA_DATABASE_URL of processes that a test starts."""
    name = connection.settings_dict["NAME"]
    return urlsplit(os.environ["TOIYA_DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database, quickly emptied after a test with real transactions; its connections quickened too."""
    with django_db_blocker.unblock():
        rehearsal.quicken_flushes(connection)
        connection.close()
    connection_created.connect(rehearsal.quicken_connection)
