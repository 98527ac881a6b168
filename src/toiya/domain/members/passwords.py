"""The password rule of this installation, in the shape Django asks for: signing up, reset and change judge alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from toiya.domain.members.models import Seller, User
from toiya.domain.members.rules import passwords

OPERATORS_WORDS = ("toiya", "smartship", "qxpress", "qoo10")
WORDS: Mapping[str, Any] = {
    "length": _("At least %(length)s characters"),
    "upper": _("A capital letter, A to Z"),
    "lower": _("A small letter, a to z"),
    "digit": _("A digit"),
    "special": _("A special character, such as - or a space"),
    "too_long": _("The password has more than 256 characters. Shorten it."),
    "common": _("This password is among the first that are guessed. Take words nobody would put together."),
    "own_words": _("The password holds a name or a part of the e-mail. Take words that have nothing to do with you."),
}


@cache
def policy() -> passwords.Policy:
    """What this installation asks for; the list of common passwords is read once from Django's own."""
    length = max(passwords.SHORTEST, settings.PASSWORD_LENGTH)
    listed = {str(each).casefold() for each in CommonPasswordValidator().passwords}
    # A core shorter than this is decoration of anything; it says nothing about the whole.
    cores = {core for each in listed if len(core := passwords.core_of(each)) >= passwords.SHORTEST_WORD}
    return passwords.Policy(length, frozenset(listed | cores))


def faults(password: str, words: Iterable[str] = ()) -> list[str]:
    """Codes of what is wrong with a password here; `words` are names and addresses of its owner."""
    return passwords.faults(password, policy(), [*OPERATORS_WORDS, *settings.PASSWORD_WORDS, *words])


def words_of(code: str) -> str:
    """The sentence for one fault, or the part of the rule."""
    return str(WORDS[code]) % {"length": policy().length}


class RuleValidator:
    """One of AUTH_PASSWORD_VALIDATORS: reset and change ask the same as signing up."""

    def validate(self, password: str, user: Any = None) -> None:
        """:raises ValidationError: one error for each fault"""
        found = faults(password, _words_about(user))
        unmet = [words_of(code) for code in found if code in passwords.PARTS]
        errors = [ValidationError(words_of(code), code=code) for code in found if code not in passwords.PARTS]
        if unmet:
            words = _("The password still lacks: %(parts)s.")
            errors.insert(0, ValidationError(words, code="parts", params={"parts": ", ".join(unmet)}))
        if errors:
            raise ValidationError(errors)

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        words = _("At least %(length)s characters: capital and small letters, digits and special characters.")
        return str(words) % {"length": policy().length}


def _words_about(user: Any) -> list[str]:
    if not isinstance(user, User):
        return []
    names = Seller.objects.filter(memberships__user=user).values_list("name", flat=True) if user.pk else ()
    return [user.email, user.name, *names]
