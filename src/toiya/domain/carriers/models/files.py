"""Files for carriers and the files that come back: the operator's, for one holds many sellers' parcels."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from toiya.core.rows import LockableRows
from toiya.domain.carriers.models.labels import Label


class CarrierFile(models.Model):
    """A file of labels wanted, exactly as it was made: downloaded again it is the same bytes."""

    code = models.CharField(max_length=20, unique=True)
    carrier = models.CharField(max_length=20)
    layout = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    left_out = models.JSONField(default=list)  # [parcel, field, problem, letters], still waiting
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return self.code


class FileEntry(models.Model):
    """A label in a file; `key` is the control number the carrier's program gives back with the tracking number."""

    file = models.ForeignKey(CarrierFile, on_delete=models.PROTECT, related_name="entries")
    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="entries")
    key = models.CharField(max_length=15, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "label"], name="label_once_in_file")]

    def __str__(self) -> str:
        return self.key


class Answer(models.Model):
    """A carrier's file that was handed in, with numbers for labels or with scans on the way."""

    class Kind(models.TextChoices):
        NUMBERS = "numbers", _("Tracking numbers")
        SCANS = "scans", _("Scans on the way")

    code = models.CharField(max_length=20, unique=True)
    carrier = models.CharField(max_length=20)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    taken_by = models.CharField(max_length=100)
    taken_at = models.DateTimeField()

    objects = LockableRows.as_manager()

    def __str__(self) -> str:
        return self.code


class AnswerRow(models.Model):
    """One row of a carrier's file and what became of it. `label_id` is the label it was for, once that is known."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Waiting")
        TAKEN = "taken", _("Taken")
        SAME = "same", _("Known already")
        UNKNOWN = "unknown", _("No parcel of ours")
        NOT_PRINTED = "not_printed", _("Not printed yet")
        BAD_NUMBER = "bad_number", _("Not a tracking number")
        OTHER_NUMBER = "other_number", _("Has another number")
        USED = "used", _("Number of another parcel")
        VOIDED = "voided", _("Number was cancelled")
        NOT_WANTED = "not_wanted", _("Label no longer wanted")
        BAD_SCAN = "bad_scan", _("State or time not understood")

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="rows", db_index=False)
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=20, blank=True)
    happened_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.OPEN)
    label = models.ForeignKey(Label, on_delete=models.PROTECT, null=True, db_index=False)

    objects = LockableRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "place"], name="one_row_a_place")]
        indexes = [models.Index(fields=["answer"], name="answer_rows_open", condition=models.Q(outcome="open"))]

    def __str__(self) -> str:
        return f"{self.answer_id} row {self.place}"
