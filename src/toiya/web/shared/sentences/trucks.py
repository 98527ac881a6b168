"""When trucks leave, and what was promised for them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

TRUCKS: Mapping[str, Telling] = {
    "warehouse.cut_off_set": Telling(_("A cut-off is %(local_time)s from now on"), "calendar-clock"),
    "warehouse.cut_off_removed": Telling(_("The cut-off at %(local_time)s was removed"), "calendar-clock"),
    "warehouse.bins_described": Telling(_("%(count)s bins described: %(bins)s"), "layers"),
    "warehouse.day_closed": Telling(_("Nothing ships on %(day)s"), "calendar-clock", "hold"),
    "warehouse.day_opened": Telling(_("%(day)s ships as usual again"), "calendar-clock"),
    "warehouse.peak_announced": Telling(_("Delay announced for what is due on %(day)s"), "calendar-clock", "wait"),
    "warehouse.peak_dropped": Telling(_("No delay on %(day)s after all"), "calendar-clock"),
    "warehouse.holidays_set": Telling(_("Shipping on public holidays changed"), "calendar-clock"),
    "order.promise_moved": Telling(_("Promised for %(day)s from now on"), "calendar-clock", "wait"),
}
