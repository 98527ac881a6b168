"""People who sign in, and their roles at sellers or at the operator."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows
from toiya.domain.members.models.sellers import Seller


class Users(BaseUserManager["User"]):
    """Makes users; the e-mail is the user's id (A003), but for accounts of old that have a log-in id."""

    def create_user(self, *, email: str, name: str, password: str | None = None, login: str = "", **more: Any) -> User:
        address = self.normalize_email(email).lower()
        user = self.model(login=(login or address).lower(), email=address, name=name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """
    A person who signs in. What they may do follows from their roles.

    `login` is the e-mail of whoever joined here; accounts of old have an id, and several of them may share one e-mail
    (A039). `verify_by` is set while the e-mail waits to be verified (A020): past it, the person is kept out.
    """

    class Theme(models.TextChoices):
        SYSTEM = "system", _("System")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    login = models.CharField(max_length=254, unique=True)
    email = models.EmailField(db_index=True)
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=10, default="en")
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    phone_verified_at = models.DateTimeField(null=True)
    email_verified_at = models.DateTimeField(null=True)
    verify_by = models.DateTimeField(null=True)
    mail_bounced_at = models.DateTimeField(null=True)
    wants_order_mails = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    erased_at = models.DateTimeField(null=True)
    factor_asked_at = models.DateTimeField(null=True)  # since when the role asks for a second factor

    objects = Users()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.login


class Membership(models.Model):
    """A user's role at one seller."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", db_index=False)
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20)

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "seller"], name="one_role_per_seller")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.seller_id}"


class Staff(models.Model):
    """
    A person of the operator: their role, their warehouse, and the badge and PIN for the floor.

    The warehouse is a plain id, because `warehouses` stands above this package.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="staff")
    role = models.CharField(max_length=20)
    warehouse_id = models.BigIntegerField(null=True)
    badge = models.CharField(max_length=20, unique=True)
    pin_hash = models.CharField(max_length=200, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.badge} {self.role}"
