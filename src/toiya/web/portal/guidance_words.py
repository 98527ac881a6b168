"""The words of the plan's steps (`members.rules.guidance`): what to do, and why it pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# code: (title, why)
GUIDANCE: Mapping[str, tuple[Any, Any]] = {
    "read_the_road": (
        _("Read the steps from here to your first parcel"),
        _("You see what is yours to do and what the warehouse does."),
    ),
    "own_mailbox": (
        _("Use a mailbox that you read every day"),
        _("Order notices go to the registered mailbox. One at a mail provider for businesses loses the least."),
    ),
    "second_person": (
        _("Invite a second person"),
        _("Orders go on while you are away, and each has a log-in of their own."),
    ),
    "two_step_sign_in": (
        _("Switch on the second step at sign-in"),
        _("Your wallet and your buyers' addresses are behind it."),
    ),
    "one_seller_code": (
        _("Give every variant one seller code, the same on all sites"),
        _("Orders find their SKU by it, so nobody has to match by hand."),
    ),
    "move_codes_over": (
        _("Bring the codes of your old system along"),
        _("Import one order file from it: what does not match shows at once."),
    ),
    "first_order_by_file": (
        _("Import one small order file as a trial"),
        _("You see how an order runs before the site sends real ones."),
    ),
    "connect_second_site": (
        _("Connect your second sales site"),
        _("All sites sell from one stock, and none sells what is gone."),
    ),
    "barcodes_on_goods": (
        _("Put a barcode on every piece before it leaves you"),
        _("The floor scans each piece. Without a barcode it has to be labelled here first."),
    ),
    "use_makers_barcodes": (
        _("Enter the makers' barcodes of what you resell"),
        _("They are on the goods already, so the floor can scan from the first day."),
    ),
    "size_and_colour_options": (
        _("Make one SKU for each size and colour"),
        _("A wrong size is the most frequent reason for a return of clothes."),
    ),
    "photo_on_sku": (
        _("Name what tells look-alike variants apart"),
        _("The picker decides in two seconds. A clear option name saves a wrong parcel."),
    ),
    "best_before": (
        _("Write the best-before date on the cartons you send"),
        _("What ends first leaves first, and nothing stale is sold."),
    ),
    "what_may_not_fly": (
        _("Find out which of your goods may not fly"),
        _("Batteries, sprays and perfume go by land or not at all. Known early, it delays no parcel."),
    ),
    "pack_fragile": (
        _("Choose inner packaging that survives a fall from a table"),
        _("The parcel is handled six times before the buyer opens it."),
    ),
    "weigh_one_of_each": (
        _("Weigh and measure one piece of each SKU"),
        _("The right weight chooses the cheapest service by itself."),
    ),
    "thin_letters": (
        _("Check which SKUs are thinner than 3 cm packed"),
        _("They fit a letterbox service, which costs about half of a parcel."),
    ),
    "customs_papers": (
        _("Keep the origin and the customs code of each SKU at hand"),
        _("Goods without them wait at the border, not in the shop."),
    ),
    "carton_labels": (
        _("Mark each carton with what is in it, one SKU a carton"),
        _("Mixed cartons are counted piece by piece and come into stock later."),
    ),
    "small_first_delivery": (
        _("Send a small first delivery"),
        _("Ten pieces of two SKUs show what to improve before a whole pallet does."),
    ),
    "stock_for_30_days": (
        _("Send stock for about 30 days"),
        _("Less runs out over a holiday, more costs storage for nothing."),
    ),
    "printer_and_paper": (
        _("Set up a printer for labels of 100 × 150 mm"),
        _("Sharp labels are scanned at the first try at the collection centre."),
    ),
    "hand_in_times": (
        _("Fix the time of day at which you hand parcels in"),
        _("What is handed in before the cut-off leaves on the same day."),
    ),
    "wallet_for_two_weeks": (
        _("Keep fees for two weeks in your wallet"),
        _("A parcel leaves only when its fee can be set aside."),
    ),
    "watch_what_needs_you": (
        _("Look once a day at what needs you"),
        _("Everything else goes on by itself. What waits says why."),
    ),
    "programs_of_your_own": (
        _("Let your own programs read orders and stock"),
        _("A key with few rights is made in a minute and taken back at any time."),
    ),
}
