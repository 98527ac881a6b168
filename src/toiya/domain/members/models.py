"""Sellers, the people who work for them or for the operator, and their roles."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows


class Seller(models.Model):
    """A merchant whose goods we keep: our tenant. Its freight mark (frame and character) never changes."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    country = models.CharField(max_length=2, default="JP")
    currency = models.CharField(max_length=3, default="JPY")
    language = models.CharField(max_length=10, default="ja")
    mark_frame = models.CharField(max_length=10, default="maru")
    mark_character = models.CharField(max_length=2, default="問")
    registered_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Users(BaseUserManager["User"]):
    """Makes users; the e-mail is the user's id (A003)."""

    def create_user(self, *, email: str, name: str, password: str | None = None, **more: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in by e-mail and password. What they may do follows from their roles."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("System")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=10, default="en")
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    is_active = models.BooleanField(default=True)

    objects = Users()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """A user's role at one seller."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", db_index=False)
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20)

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
