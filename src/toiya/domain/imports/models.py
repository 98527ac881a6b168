"""Sessions of sheets: one upload from reading to undo, and its rows with their states."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from toiya.core.rows import OwnedRows
from toiya.core.states import WithStates
from toiya.domain.members.models import Seller


class ImportSession(WithStates):
    """
    One file: read, judged on trial, applied, perhaps undone. `sha256` of the content finds the same file again.

    The file itself lies in the cupboard of papers until it is read; `columns` is the place of the column found for each
    name. A session that is reading with a `problem` waits for its seller to say which column is what.
    """

    class Status(models.TextChoices):
        READING = "reading", pgettext_lazy("an import", "Reading")
        CHECKED = "checked", pgettext_lazy("an import", "Checked")
        APPLYING = "applying", pgettext_lazy("an import", "Applying")
        DONE = "done", pgettext_lazy("an import", "Done")
        UNDOING = "undoing", pgettext_lazy("an import", "Being undone")
        UNDONE = "undone", pgettext_lazy("an import", "Undone")
        REFUSED = "refused", pgettext_lazy("an import", "Refused")
        DROPPED = "dropped", pgettext_lazy("an import", "Thrown away")

    ARROWS = {
        Status.READING: frozenset({Status.CHECKED, Status.REFUSED, Status.DROPPED}),
        Status.CHECKED: frozenset({Status.READING, Status.APPLYING, Status.DROPPED, Status.DONE}),
        Status.APPLYING: frozenset({Status.DONE, Status.CHECKED}),
        Status.DONE: frozenset({Status.UNDOING}),
        Status.UNDOING: frozenset({Status.UNDONE, Status.DONE}),
        Status.UNDONE: frozenset(),
        Status.REFUSED: frozenset(),
        Status.DROPPED: frozenset(),
    }

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, db_index=False)
    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READING)
    file_name = models.CharField(max_length=100)
    storage_key = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20, blank=True)
    sheet = models.CharField(max_length=100, blank=True, default="")  # of a workbook: the one that was read
    sheets = models.JSONField(default=list)  # and all that can be
    chosen = models.JSONField(default=dict)  # how its reader wants it read: an encoding or a sheet; or why that failed
    readings = models.PositiveIntegerField(default=0)  # each choice is a new reading; jobs of an older one stop
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)  # judged so far, for the bar
    rows_applied = models.PositiveIntegerField(default=0)
    is_all_or_nothing = models.BooleanField(default=False)
    problem = models.CharField(max_length=60, blank=True)  # why it was refused: a code
    details = models.JSONField(default=dict)
    effects = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="en")
    continues = models.CharField(max_length=20, blank=True, default="")  # the session whose rows to mend this file is
    started_by_id = models.BigIntegerField()
    wanted_by_id = models.BigIntegerField(
        null=True
    )  # whose wish is carried out now: who handed in, mended, applied or undid
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)  # when what stood in its cells was forgotten

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "id"], name="import_of_seller")]
        indexes = [models.Index(fields=["seller", "kind", "sha256"], name="import_of_file")]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.status}"


class ImportRow(models.Model):
    """One row of a file: its cells as read, the verdict, and what became of it. Written in sets."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("a row of a file", "New")
        CHANGED = "changed", pgettext_lazy("a row of a file", "Changed")
        UNCHANGED = "unchanged", pgettext_lazy("a row of a file", "Unchanged")
        TO_MEND = "to_mend", pgettext_lazy("a row of a file", "To mend")
        APPLIED = "applied", pgettext_lazy("a row of a file", "Applied")
        UNDONE = "undone", pgettext_lazy("a row of a file", "Undone")

    seller_id = models.BigIntegerField()
    session = models.ForeignKey(ImportSession, on_delete=models.CASCADE, related_name="import_rows", db_index=False)
    number = models.PositiveIntegerField()  # as the file numbers it, from 1
    cells = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices)
    key = models.CharField(max_length=120, blank=True)
    changes = models.JSONField(default=list)
    flaws = models.JSONField(default=list)
    effects = models.JSONField(default=dict)
    set_number = models.PositiveIntegerField(default=0)  # rows of one set are judged and applied together
    subject = models.CharField(max_length=40, blank=True)
    undo = models.JSONField(default=dict)

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_import_row_per_number")]

    def __str__(self) -> str:
        return f"row {self.number} of {self.session_id}: {self.state}"


class ImportProgress(models.Model):
    """
    How far the work on a file is, for the eye only. Apart from the session, whose row the work holds locked: all or
    nothing tells its progress over a connection of its own.
    """

    session = models.OneToOneField(ImportSession, on_delete=models.CASCADE, primary_key=True, related_name="progress")
    began_at = models.DateTimeField()
    rows_before = models.PositiveIntegerField(default=0)  # done when this run began
    rows_done = models.PositiveIntegerField(default=0)
    rows_in_all = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.rows_done}"


class KnownHeading(models.Model):
    """What a seller's own heading means in a kind of file: said once, understood from then on."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=20)
    heading = models.CharField(max_length=100)  # folded, as compared
    column = models.CharField(max_length=40)  # empty: none of ours

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "kind", "heading"], name="one_meaning_per_heading")]

    def __str__(self) -> str:
        return f"{self.heading} is {self.column}"


class SavedColumns(models.Model):
    """
    What the headings of one platform's files mean, kept by a seller under a name ("Amazon JP file") to be chosen when
    the next such file is handed in. It counts more than single headings that are known.
    """

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    meanings = models.JSONField()  # column by folded heading
    saved_at = models.DateTimeField()

    objects = OwnedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "kind", "name"], name="one_mapping_per_name")]

    def __str__(self) -> str:
        return self.name
