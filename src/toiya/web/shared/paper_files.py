"""Papers at the edge: taking uploaded files in, and giving one back so that no browser does anything with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _

from toiya.core import limits, papers
from toiya.domain.members.actions.certificates import see_certificate
from toiya.web.shared.reader import Request

UPLOADS = limits.Limit("papers", 40, timedelta(hours=1))


class SeveralFiles(forms.ClearableFileInput):
    """A control that takes several files, checked and shrunk in the browser too."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "multiple": True,
                "accept": ".jpg,.jpeg,.png,.pdf",
                "data-papers": str(papers.MOST_BYTES),
                "data-too-large": _("%(name)s is larger than 4 MB. Scan it with less resolution."),
                "data-other-kind": _("%(name)s is no JPG, PNG or PDF. Take a picture of the paper."),
                "data-shrunk": _("%(name)s was made smaller, from %(before)s to %(after)s MB."),
            }
        )


class PapersField(forms.FileField):
    """One or several files; an empty list when none was chosen. What they are is judged by `take`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=SeveralFiles(), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ARG002
        return [each for each in (data or []) if each]


class PapersForm(forms.Form):
    """Certificates to add."""

    certificates = PapersField(label=_("Add certificates"), help_text=_("JPG, PNG or PDF, up to 4 MB each."))


def take(request: Request, files: Iterable[Any]) -> Iterable[papers.StoredPaper]:
    """
    Judge, write anew and store each file.

    :raises core.papers refusals, core.limits.TooManyTries:
    """
    for file in files:
        limits.take(UPLOADS, request.META.get("REMOTE_ADDR", ""), at=request.at)
        name = file.name or ""
        if (file.size or 0) > papers.MOST_BYTES:
            raise papers.PaperTooLarge(name=papers.safe_name(name))
        yield papers.keep(papers.judge(file.read(), name), at=request.at)


def show(request: Request, code: str) -> FileResponse:
    """
    A certificate as an attachment that cannot act, under our own name; the look is on record.

    :raises NotFound: none that this reader may see
    """
    certificate = see_certificate(code=code, actor=request.actor, at=request.at)
    response = FileResponse(
        papers.cupboard().open(certificate.storage_key, "rb"),
        as_attachment=True,
        filename=f"{certificate.code}{papers.ENDINGS[certificate.media_type]}",
        content_type=certificate.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def as_pdf(document: bytes, name: str) -> HttpResponse:
    """A document of ours to look at or to print."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)
