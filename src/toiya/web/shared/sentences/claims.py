"""Claims and credits."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

CLAIMS: Mapping[str, Telling] = {
    "claim.opened": Telling(_("Claim opened about %(about)s"), "file-text", "", "money"),
    "claim.evidence_added": Telling(_("%(file_name)s added"), "camera", "", "money"),
    "claim.value_corrected": Telling(
        _("A piece of %(sku)s is worth %(amount_minor)s: %(reason)s"), "pencil", "", "money"
    ),
    "claim.filed": Telling(_("Filed with whoever pays"), "send", "move", "money"),
    "claim.accepted": Telling(_("Accepted with %(amount_minor)s: %(reason)s"), "check", "done", "money"),
    "claim.declined": Telling(_("Declined: %(reason)s"), "octagon-x", "stop", "money"),
    "claim.paid": Telling(_("%(amount_minor)s paid into the wallet"), "wallet", "done", "money"),
    "order.delay_credited": Telling(_("Late by our fault: %(amount_minor)s credited"), "wallet", "done", "money"),
    "seller.delays_credited": Telling(_("%(amount_minor)s credited for late orders"), "wallet", "done", "money"),
    "claim_terms.set": Telling(
        _("From %(starts_on)s on, claims are told within so many days: %(within_days)s"), "calendar-clock", "", "money"
    ),
    "credit_rule.set": Telling(
        _("From %(starts_on)s on, a late order is credited with %(amount_minor)s and %(percent)s %% of its fees"),
        "calendar-clock",
        "",
        "money",
    ),
}
