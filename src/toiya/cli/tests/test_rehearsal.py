"""Databases of killed test runs go; those of living runs and of everybody else stay."""

import os
import subprocess
from urllib.parse import urlsplit

import psycopg
import pytest

from toiya.cli.postgres import rehearsal, template
from toiya.cli.postgres.migrations import make_database, shown
from toiya.cli.trouble import Trouble

URL = os.environ["TOIYA_DATABASE_URL"]


def test_only_databases_of_dead_runs_of_this_machine_are_dropped() -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    alive = rehearsal.name_of_this_run().replace("test_toiya", "test_toiya", 1) + "_gw99"
    gone = rehearsal.name_of_this_run().replace(str(os.getpid()), str(dead.pid))
    with psycopg.connect(urlsplit(URL)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        for name in (alive, gone):
            connection.execute(f'CREATE DATABASE "{name}"'.encode())

        dropped = rehearsal.clear_leftovers(URL)

        assert gone in dropped
        assert alive not in dropped
        connection.execute(f'DROP DATABASE "{alive}"'.encode())


def test_the_migrated_database_is_made_once_and_only_copied() -> None:
    name = template.ensure(URL, rehearsal.prefix_of_templates())
    with psycopg.connect(urlsplit(URL)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        number = connection.execute("SELECT oid FROM pg_database WHERE datname = %s", [name]).fetchone()

        assert template.ensure(URL, rehearsal.prefix_of_templates()) == name == os.environ["TOIYA_TEST_TEMPLATE"]

        assert connection.execute("SELECT oid FROM pg_database WHERE datname = %s", [name]).fetchone() == number
    with pytest.raises(psycopg.OperationalError, match="not currently accepting connections"):
        psycopg.connect(urlsplit(URL)._replace(path=f"/{name}").geturl())


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(Trouble, match=r"does not answer at postgresql://me@127\.0\.0\.1:1/toiya"):
        make_database("postgresql://me:word@127.0.0.1:1/toiya")


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("postgresql://me:word@db/toiya", "postgresql://me@db/toiya"),
        ("postgresql://db/toiya", "postgresql://db/toiya"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, text: str) -> None:
    assert shown(url) == text
