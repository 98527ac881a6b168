"""A wizard on its way: its steps, what was answered in each, and which are done. Signing up and upgrading are roads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from toiya.core.actor import Actor, system_actor
from toiya.domain.members.actions.drafts import DraftGone, keep_answers
from toiya.domain.members.models import SignUpDraft
from toiya.web.door.forms import SECRET, AccountForm, AgreeForm, BusinessForm, QuestionsForm
from toiya.web.shared.reader import Request

STRANGER = system_actor("sign-up")
LABELS: Mapping[str, Any] = {
    "account": _("You"),
    "business": _("Company"),
    "questions": _("Your trade"),
    "review": _("Review"),
}
NOT_KEPT = {*SECRET, "certificates"}


@dataclass(frozen=True)
class Road:
    """
    One wizard of one visitor. `steps` are names, each an address `door:<prefix>-<step>`.

    `country` is set where it cannot be chosen any more.
    """

    draft: SignUpDraft
    prefix: str
    steps: Sequence[str]
    layout: str
    country: str = ""

    @property
    def kind(self) -> str:
        return str(self.draft.answers.get("kind", "basic"))

    def url(self, step: str) -> str:
        return reverse(f"door:{self.prefix}-{step}")

    def after(self, step: str) -> str:
        """The next step's name."""
        return self.steps[min(self.steps.index(step) + 1, len(self.steps) - 1)]

    def before(self, step: str) -> str:
        """The step before, or nothing."""
        place = self.steps.index(step)
        return self.steps[place - 1] if place else ""

    def form(self, step: str, request: Request | None = None) -> Any:
        """The step's form: with what was sent, else with what was kept (shown, not judged)."""
        kept = self._kept(step)
        if request is not None and request.method == "POST":
            return self._make(step, request.POST, request.FILES)
        made = self._make(step, None, None)
        for name, values in kept.items():
            if name in made.fields:
                made.initial[name] = values if _takes_many(made.fields[name]) else (values[-1] if values else "")
        return made

    def judged(self, step: str) -> Any:
        """The step's form with what was kept, judged."""
        return self._make(step, MultiValueDict(self._kept(step)), None)

    def is_done(self, step: str) -> bool:
        return bool(self._kept(step)) and self.judged(step).is_valid() and self._is_proven(step)

    def first_gap(self) -> str:
        """The first step that is not done: where to go on."""
        return next((step for step in self.steps if step == "review" or not self.is_done(step)), "review")

    def _is_proven(self, step: str) -> bool:
        """An account also needs a password, and an e-mail that was found free."""
        if step != "account":
            return True
        answers = self.draft.answers
        email = self.judged("account").data.get("email", "").strip().lower()
        return bool(answers.get("password")) and answers.get("free") == email

    def _kept(self, step: str) -> dict[str, list[str]]:
        return dict(self.draft.answers.get(step, {}))

    def _make(self, step: str, data: Any, files: Any) -> Any:
        if step == "account":
            return AccountForm(data, kind=self.kind, has_password=bool(self.draft.answers.get("password")))
        if step == "business":
            return BusinessForm(data, files, country=self.country, has_papers=bool(self.draft.papers))
        return QuestionsForm(data) if step == "questions" else AgreeForm(data)

    def keep(self, request: Request, step: str, form: forms.Form, **more: Any) -> Road:
        """This road with what was typed in that step; passwords and files are not among it."""
        names = [name for name in form.fields if name not in NOT_KEPT]
        typed = {name: request.POST.getlist(name)[:20] for name in names if name in request.POST}
        short = {name: [value[:500] for value in values] for name, values in typed.items()}
        draft = keep_answers(key=self.draft.key, answers={step: short, **more}, actor=STRANGER, at=request.at)
        return Road(draft, self.prefix, self.steps, self.layout, self.country)

    def shown(self, here: str) -> list[dict[str, Any]]:
        """The steps as links with their state."""
        return [
            {
                "label": LABELS[step],
                "state": "here" if step == here else "done" if step != "review" and self.is_done(step) else "ahead",
                "url": self.url(step),
                "name": step,
            }
            for step in self.steps
        ]


def _takes_many(field: forms.Field) -> bool:
    return isinstance(field, forms.MultipleChoiceField)


def draft_of(request: Request, session_key: str) -> SignUpDraft | None:
    """The draft whose key this session holds, while it is kept."""
    key = request.session.get(session_key, "")
    return SignUpDraft.objects.filter(key=key, expires_at__gt=request.at).first() if key else None


def acting(request: Request) -> Actor:
    """Who fills the form: a member, or a stranger."""
    return getattr(request, "actor", None) or STRANGER


__all__ = ["DraftGone", "Road", "acting", "draft_of"]
