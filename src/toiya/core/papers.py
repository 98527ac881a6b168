"""
Papers people hand in (certificates): judged by what they are, not by name, and written anew before they are kept.

A picture keeps its pixels and loses everything else; of a PDF only the pages go into a new file. Where they lie is a
Django storage, `papers`: a folder outside the web root, or S3-compatible, by setting.
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from toiya.core.errors import Refusal

MOST_BYTES = 4 * 1024 * 1024  # A015
MOST_PIXELS = 40_000_000
MOST_PAGES = 50
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
ENDINGS = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}
_PAGE_KEEPS = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group"})
_DOES_SOMETHING = ("/JS", "/JavaScript", "/AA", "/OpenAction", "/Annots", "/EF", "/AF", "/Metadata", "/PieceInfo")
_LEADS_OUTSIDE = ("/F", "/FFilter", "/OPI")  # of a stream: its content lies in another file


class PaperTooLarge(Refusal):
    """More than 4 MB."""

    code = "paper_too_large"
    message = gettext_lazy("%(name)s is larger than 4 MB. Scan it with less resolution, or send its pages one by one.")


class PaperOfOtherKind(Refusal):
    """Neither a picture nor a PDF, whatever its name says."""

    code = "paper_of_other_kind"
    message = gettext_lazy("%(name)s is no JPG, PNG or PDF. Take a picture of the paper, or save it as PDF.")


class PaperUnreadable(Refusal):
    """It begins like a picture or PDF and is damaged."""

    code = "paper_unreadable"
    message = gettext_lazy("%(name)s cannot be opened: the file is damaged. Save or scan it once more.")


class PaperLocked(Refusal):
    """A PDF that asks for a password, or forbids to be changed."""

    code = "paper_locked"
    message = gettext_lazy("%(name)s is protected. Save it without password, or take a picture of it.")


class PaperTooManyPixels(Refusal):
    """A picture that would fill the memory."""

    code = "paper_too_many_pixels"
    message = gettext_lazy("%(name)s has more than 40 million pixels. Scan it with less resolution.")


class PaperTooManyPages(Refusal):
    """A book instead of a certificate."""

    code = "paper_too_many_pages"
    message = gettext_lazy("%(name)s has more than 50 pages. Hand in only the certificate.")


@dataclass(frozen=True, slots=True)
class Paper:
    """A judged paper, written anew. `name` is ours: nothing in it leads anywhere."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """Where a paper lies and what it is."""

    storage_key: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str


def judge(content: bytes, name: str) -> Paper:
    """
    The paper as we keep it.

    :raises PaperTooLarge, PaperOfOtherKind, PaperUnreadable, PaperLocked, PaperTooManyPixels, PaperTooManyPages:
    """
    shown = safe_name(name)
    if len(content) > MOST_BYTES:
        raise PaperTooLarge(name=shown)
    media_type = kind_of(content)
    if media_type not in _WRITE_ANEW:
        raise PaperOfOtherKind(name=shown)
    written = _WRITE_ANEW[media_type](content, shown)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", shown)
    return Paper(f"{stem}{ENDINGS[media_type]}", media_type, written)


def kind_of(content: bytes) -> str:
    """The media type by the first bytes, or nothing."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return PDF if re.match(rb"%PDF-[12]\.\d", content) else ""


def safe_name(name: str) -> str:
    """A name to show and to offer: no path, no control or direction marks, at most 100 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] not in "C" and letter not in '<>:"|?*')
    short = kept.strip(" .")
    stem, dot, ending = short.rpartition(".")
    if dot and stem and len(ending) <= 5:
        return f"{stem[:90]}.{ending}"
    return short[:100] or "paper"


def _picture_anew(form: str) -> Callable[[bytes, str], bytes]:
    def write(content: bytes, name: str) -> bytes:
        try:
            with Image.open(io.BytesIO(content), formats=[form]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PaperTooManyPixels(name=name)
                picture.load()
                upright = ImageOps.exif_transpose(picture)
                return _saved(upright, form)
        except Image.DecompressionBombError as error:
            raise PaperTooManyPixels(name=name) from error
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
            raise PaperUnreadable(name=name) from error

    return write


def _saved(picture: Image.Image, form: str) -> bytes:
    """The pixels alone: no place, camera, profile or comment."""
    mode = "RGBA" if form == "PNG" and ("A" in picture.mode or "transparency" in picture.info) else "RGB"
    bare = picture if picture.mode in {"L", mode} else picture.convert(mode)
    bare.info = {}
    out = io.BytesIO()
    if form == "JPEG":
        bare.save(out, "JPEG", quality=88, optimize=True)
    else:
        bare.save(out, "PNG", optimize=True)
    return out.getvalue()


def _pdf_anew(content: bytes, name: str) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=True) as source, pikepdf.new() as written:
            if source.is_encrypted:
                raise PaperLocked(name=name)
            if len(source.pages) > MOST_PAGES:
                raise PaperTooManyPages(name=name)
            if not len(source.pages):
                raise PaperUnreadable(name=name)
            written.pages.extend(source.pages)
            for page in written.pages:
                _keep_the_page_only(page.obj)
            for each in written.objects:
                _take_out_what_acts(each)
            written.remove_unreferenced_resources()
            out = io.BytesIO()
            written.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise PaperLocked(name=name) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise PaperUnreadable(name=name) from error


def _keep_the_page_only(page: pikepdf.Object) -> None:
    for key in set(page.keys()) - _PAGE_KEEPS:
        del page[key]


def _take_out_what_acts(each: pikepdf.Object) -> None:
    """Scripts, actions, forms, attachments, links and notes, wherever they hide below a page."""
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in (*_DOES_SOMETHING, *(_LEADS_OUTSIDE if isinstance(each, pikepdf.Stream) else ())):
        if key in each:
            del each[key]


_WRITE_ANEW: dict[str, Callable[[bytes, str], bytes]] = {
    JPEG: _picture_anew("JPEG"),
    PNG: _picture_anew("PNG"),
    PDF: _pdf_anew,
}


def cupboard() -> Storage:
    """Where papers lie."""
    return storages["papers"]


def keep(paper: Paper, *, at: datetime) -> StoredPaper:
    """Store a judged paper under a random key. Called before an action and outside its transaction."""
    key = f"{at:%Y/%m}/{secrets.token_hex(24)}"
    stored = cupboard().save(key, ContentFile(paper.content))
    return StoredPaper(
        storage_key=stored,
        file_name=paper.name,
        media_type=paper.media_type,
        size_bytes=len(paper.content),
        sha256=hashlib.sha256(paper.content).hexdigest(),
    )


def throw_away(storage_key: str) -> None:
    """Remove a stored paper that nobody refers to; one that is gone already does no harm."""
    cupboard().delete(storage_key)
