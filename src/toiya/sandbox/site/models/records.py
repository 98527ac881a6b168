"""The site's own machinery: its clock, the faults switched on, and a record of every call."""

from typing import ClassVar

from django.db import models

from toiya.sandbox.site.models.orders import Line


class Clock(models.Model):
    """The one row that moves the site's time away from real time, or holds it still."""

    offset_seconds = models.BigIntegerField(default=0)
    fixed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Clock"]] = models.Manager()

    def __str__(self) -> str:
        """Say how the clock runs."""
        return f"held at {self.fixed_at}" if self.fixed_at else f"real time {self.offset_seconds:+d} s"


class Fault(models.Model):
    """A misbehaviour switched on for a number of calls. ``remaining`` null means until it is switched off."""

    method = models.CharField(max_length=100, default="*")
    login_id = models.CharField(max_length=50, blank=True)
    kind = models.CharField(max_length=40)
    settings = models.JSONField(default=dict)
    skip = models.IntegerField(default=0)
    remaining = models.IntegerField(null=True)
    times_used = models.IntegerField(default=0)

    objects: ClassVar[models.Manager["Fault"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        """Name the fault by kind and method."""
        return f"{self.kind} on {self.method}"


class Call(models.Model):
    """One QAPI call as it arrived and was answered; keys and passwords are left out."""

    at = models.DateTimeField()
    method = models.CharField(max_length=200)
    style = models.CharField(max_length=1)
    http_method = models.CharField(max_length=10)
    login_id = models.CharField(max_length=50, blank=True)
    parameters = models.JSONField(default=dict)
    code = models.IntegerField(null=True, help_text="null when no QAPI answer was made")
    faults = models.JSONField(default=list)

    objects: ClassVar[models.Manager["Call"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        """Name the call by its method and answer."""
        return f"{self.method} → {self.code}"


class LineCall(models.Model):
    """One attempt to change one line through QAPI, and whether it changed anything."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="line_calls")
    method = models.CharField(max_length=100)
    at = models.DateTimeField()
    code = models.IntegerField()
    is_effective = models.BooleanField()

    objects: ClassVar[models.Manager["LineCall"]] = models.Manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        """Name the attempt by its method and answer."""
        return f"{self.method} → {self.code}"
