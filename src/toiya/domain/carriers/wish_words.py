"""The sentence for each objection to a receiver's wish: what, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy

from toiya.domain.carriers import wish_rules as rules

SENTENCES = {
    rules.NOT_OFFERED: gettext_lazy("%(service)s is not offered on that day. Choose another service."),
    rules.NO_DATE: gettext_lazy("%(service)s takes no delivery date. Leave the date out, or choose another service."),
    rules.NO_SLOT: gettext_lazy("%(service)s takes no delivery time. Leave the time out, or choose another service."),
    rules.UNKNOWN_SLOT: gettext_lazy("%(service)s does not deliver at that time. Choose another time."),
    rules.NO_DATE_TO_ISLANDS: gettext_lazy("Ships to that island sail by the weather. Leave the delivery date out."),
    rules.TOO_EARLY: gettext_lazy("%(service)s cannot be there that early. Choose %(day)s or later."),
    rules.TOO_LATE: gettext_lazy("%(service)s does not keep a parcel that long. Choose %(day)s or earlier."),
    rules.NOT_IN_THE_MORNING: gettext_lazy(
        "%(service)s comes there from noon on its first day. Choose a later time, or %(day)s."
    ),
}


def sentence(objection: rules.Objection, able: Sequence[str] = ()) -> str:
    """The objection in the reader's language; `able` are names of services that could keep the wish."""
    said = str(SENTENCES[objection.code]) % {"service": objection.service, "day": objection.day or ""}
    if not able:
        return said
    return gettext("%(objection)s These can: %(services)s.") % {"objection": said, "services": ", ".join(able)}
