"""`./toiya manage first_user`: the first administrator of the office. There is no default account (S27)."""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from toiya.core import clock
from toiya.core.actor import system_actor
from toiya.domain.members.actions.starting import OfficeHasPeople, make_first_administrator
from toiya.domain.members.models import User


class Command(BaseCommand):
    help = "Make the first administrator of the office; refused when there is one already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Administrator")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Ask for the password twice, or read it once, judge it like anybody's, and make the account."""
        email, name = options["email"].strip().lower(), options["name"]
        try:
            validate_email(email)
            password = sys.stdin.readline().rstrip("\n") if options["password_stdin"] else _asked()
            validate_password(password, User(email=email, name=name))
            made = make_first_administrator(
                email=email,
                name=name,
                password=password,
                pin=f"{secrets.randbelow(10**6):06d}",
                actor=system_actor("first-user"),
                at=clock.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except OfficeHasPeople as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{made.login} is the administrator. Sign in at /sign-in/.")


def _asked() -> str:
    password = getpass("Password: ")
    if password != getpass("Once more: "):
        raise CommandError("The two passwords differ. Run the command once more.")
    return password
