"""The one form of joining: which account, its proof, what is agreed to, how to sign in next time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toiya.domain.channels import queries
from toiya.domain.channels.models import PendingJoin
from toiya.domain.members.models import User

NEW, OTHER = "new", "other"


class JoinForm(forms.Form):
    """
    Accounts that share the proven address are offered, the first is chosen (A035, A039); or another one typed (A038),
    or a new one (A037). `account` is the log-in id to prove, `seller_code` where the shop goes ('' = a new seller).
    """

    choice = forms.ChoiceField(label=_("Which account?"), widget=forms.RadioSelect)
    login = forms.CharField(
        label=_("Log-in ID or e-mail of that account"),
        max_length=254,
        error_messages={"required": _("Enter the log-in ID or the e-mail of the account.")},
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password of that account"),
        strip=False,
        error_messages={"required": _("Enter the password of that account.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    apart = forms.BooleanField(
        label=_("Keep this shop apart: the same log-in, but stock, wallet and bills of its own"), required=False
    )
    new_password = forms.CharField(
        label=_("Set a password now"),
        help_text=_("You come in from the seller console without one. You can also set it later by a mailed link."),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    agree = forms.BooleanField(label=_("I agree to all of them"), required=False)

    def __init__(self, pending: PendingJoin, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {account.login: account for account in queries.accounts_with_email(pending.email)}
        known = [(f"account:{login}", _account_words(account)) for login, account in self.accounts.items()]
        new, other = (NEW, gettext("Create a new account")), (OTHER, gettext("Another account of mine"))
        choices = [*known, other, new] if known else [new, other]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["choice"].initial = choices[0][0]
        self.ask_for_what_belongs_to_the_choice()

    @property
    def chosen(self) -> str:
        """What is picked now, on the first sight too."""
        return str(self["choice"].value() or "")

    @property
    def account(self) -> str:
        """The log-in id of the existing account; '' for a new one."""
        choice = self.chosen
        if choice.startswith("account:"):
            return choice.removeprefix("account:")
        return queries.login_typed(str(self["login"].value() or "")) if choice == OTHER else ""

    def ask_for_what_belongs_to_the_choice(self) -> None:
        """The fields of the other choices are hidden, and nothing is wrong with them."""
        if self.is_bound:
            self.fields["login"].required = self.chosen == OTHER
            self.fields["password"].required = self.chosen != NEW

    def show_again(self) -> None:
        """Whatever choice comes next, no field of it is called optional."""
        self.fields["login"].required = self.fields["password"].required = True

    def clean(self) -> dict[str, Any]:
        """What belongs to the choice must be there; the rest is not looked at."""
        cleaned = super().clean() or {}
        choice = cleaned.get("choice")
        if choice == NEW:
            self._require_agreement(cleaned)
            self._judge_password(cleaned)
        elif cleaned.get("apart"):
            self._require_agreement(cleaned)
        return cleaned

    def _require_agreement(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("agree"):
            self.add_error("agree", gettext("Tick the box to agree, then press Done."))

    def _judge_password(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("new_password"):
            try:
                validate_password(cleaned["new_password"])
            except forms.ValidationError as weak:
                self.add_error("new_password", weak)


def _account_words(account: User) -> str:
    shops = ", ".join(sorted(each.seller.name for each in account.memberships.all()))
    return gettext("%(login)s, for %(shops)s") % {"login": account.login, "shops": shops} if shops else account.login
