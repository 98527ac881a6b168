"""Agreements, payments and what comes of debts."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

DUES: Mapping[str, Telling] = {
    "agreement.signed": Telling(
        _("Agreement %(country)s, version %(version)s, signed"), "file-check", "done", "messages"
    ),
    "seller.centres_chosen": Telling(_("Centres in use were chosen"), "warehouse", "", "messages"),
    "terms.announced": Telling(
        _("Version %(version)s of the agreement %(country)s holds from %(holds_from)s"), "file-plus", "", "messages"
    ),
    "terms.variation_set": Telling(_("Terms of its own were offered for %(country)s"), "file-plus", "", "messages"),
    "payment.requested": Telling(_("%(amount_minor)s asked for, due on %(due_on)s"), "calendar-clock", "", "money"),
    "payment.made": Telling(_("%(amount_minor)s paid"), "check", "done", "money"),
    "payment.withdrawn": Telling(_("Asked for no more: %(reason)s"), "ban", "", "money"),
    "payment.bill_asked_again": Telling(_("Asked for again: %(request)s"), "calendar-clock", "", "money"),
    "payment.postponed": Telling(_("May be paid until %(due_on)s: %(reason)s"), "calendar-clock", "done", "money"),
    "payment.disputed": Telling(_("Disputed: %(line)s"), "hand", "hold", "money"),
    "payment.dispute_ended": Telling(_("Dispute %(dispute)s ended, %(amount_minor)s credited"), "scale", "", "money"),
    "payment.step_taken": Telling(_("Step of the time line: %(step)s"), "calendar-clock", "wait", "money"),
    "seller.dispatch_suspended": Telling(
        _("Dispatch suspended until %(request)s is paid"), "octagon-x", "stop", "money"
    ),
    "seller.service_stopped": Telling(_("Service stopped until %(request)s is paid"), "octagon-x", "stop", "money"),
    "seller.reinstated": Telling(_("Everything goes on again"), "check", "done", "money"),
    "seller.auto_pay_set": Telling(_("Automatic payment was switched on or off"), "wallet", "", "money"),
    "return_plan.prepared": Telling(_("A return of %(pieces)s was listed; nothing moves yet"), "package", "wait"),
    "return_plan.agreed": Telling(_("The seller agreed to the return"), "check"),
    "return_plan.confirmed": Telling(_("The return was confirmed"), "truck", "stop"),
    "return_plan.dropped": Telling(_("The return was dropped; the goods stay"), "undo-2", "done"),
}
