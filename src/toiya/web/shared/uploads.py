"""An end to how much one request may upload: nobody fills the disk before a view has a say."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 32 * 1024 * 1024  # five papers of 4 MB, or the largest sheet


class CappedUploads(FileUploadHandler):
    """First among the handlers: stops a request whose files grow too large together, which is answered with 400."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Pass it on to the next handler, counted. :raises RequestDataTooBig:"""
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            raise RequestDataTooBig("The files of one request are larger than 32 MB together.")
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        """The next handler makes the file."""
        return
