"""Items, SKUs, stock and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

GOODS: Mapping[str, Telling] = {
    "sku.added": Telling(_("SKU added"), "plus"),
    "sku.seller_code_set": Telling(_("Seller code set to %(seller_code)s"), "pencil"),
    "sku.edited": Telling(_("Changed: %(fields)s"), "pencil"),
    "sku.switched": Telling(_("SKU switched off or on"), "power"),
    "sku.removed": Telling(_("SKU deleted; nothing had used it"), "trash-2", "hold"),
    "sku.tracking_set": Telling(_("Lots, use-by dates and serial numbers switched on or off"), "calendar"),
    "sku.barcode_added": Telling(_("Barcode %(barcode)s added"), "plus"),
    "sku.barcode_removed": Telling(_("Barcode %(barcode)s removed"), "trash-2"),
    "sku.photo_added": Telling(_("Photo added"), "file-plus"),
    "sku.photo_removed": Telling(_("Photo removed"), "file-x"),
    "sku.quantity_followed": Telling(_("Own quantity followed the sales site: %(quantity)s"), "pencil"),
    "item.edited": Telling(_("Item changed: %(fields)s"), "pencil"),
    "item.switched": Telling(_("Item switched off or on"), "power"),
    "item.removed": Telling(_("Item %(name)s deleted; nothing had used it"), "trash-2", "hold"),
    "item.share_offered": Telling(_("Offered to %(partner)s to see"), "share-2"),
    "item.share_answered": Telling(_("%(partner)s answered the offer to see it"), "message-square"),
    "item.share_ended": Telling(_("No longer shared with %(partner)s"), "unlink"),
    "sku.hs_code_set": Telling(_("HS code set to %(hs_code)s"), "pencil"),
    "item.stocked_here": Telling(_("Kept in our warehouses from now on"), "warehouse"),
    "assembly.asked": Telling(_("%(quantity)s of %(sku)s to be assembled in %(warehouse)s"), "package-plus"),
    "assembly.accepted": Telling(_("The warehouse will assemble them"), "check", "move"),
    "assembly.declined": Telling(_("Assembly declined: %(reason)s"), "octagon-x", "stop"),
    "assembly.started": Telling(_("Assembly started"), "package-open", "move"),
    "assembly.stopped": Telling(_("Assembly stopped: %(made)s of %(quantity)s made"), "ban", "hold"),
    "assembly.made": Telling(_("%(quantity)s of %(sku)s assembled"), "package-check", "done"),
    "assembly.taken_apart": Telling(_("%(quantity)s of %(sku)s taken apart"), "undo-2", "wait"),
    "sku.buffer_set": Telling(_("Pieces kept back: %(pieces)s"), "pencil"),
    "sku.buffer_dropped": Telling(_("Kept back as the rule for all SKUs says"), "pencil"),
    "warehouse.assembly_price_set": Telling(_("A piece put together costs %(price_minor)s from %(from_on)s"), "pencil"),
    "sku.bundle_set": Telling(_("Made a bundle of %(parts)s SKUs, %(pieces)s"), "package-open"),
    "sku.bundle_unset": Telling(_("No bundle any more"), "package"),
    "stock.received": Telling(_("%(quantity)s received in %(warehouse)s"), "package-plus", "done"),
    "stock.adjusted": Telling(_("Count mended by %(difference)s in %(warehouse)s"), "scale"),
    "stock.pick_face_chosen": Telling(
        _("Picked from %(bin)s, which is kept between %(minimum)s and %(maximum)s pieces"), "package-open"
    ),
    "stock.pick_face_given_up": Telling(_("No longer picked from %(bin)s first"), "package-open"),
    "stock.moved": Telling(_("%(quantity)s moved from %(from_bin)s to %(to_bin)s"), "arrow-right-left"),
    "stock.set_aside": Telling(_("%(quantity)s set aside in %(to_bin)s"), "circle-pause", "hold"),
    "stock.freed": Telling(_("%(quantity)s may be sold again, now in %(to_bin)s"), "undo-2", "done"),
    "stock.written_off": Telling(_("%(quantity)s written off"), "trash-2", "stop"),
    "stock.count_asked": Telling(_("Bin %(bin)s is to be counted"), "scale"),
    "stock.counted": Telling(_("Bin %(bin)s counted, difference %(difference)s"), "scale"),
    "stock.count_judged": Telling(_("The lead decided about the count of bin %(bin)s"), "scale"),
    "warehouse.count_rules_set": Telling(
        _("Rules for counting changed: again from %(recount_pieces)s pieces, the lead from %(lead_pieces)s"), "scale"
    ),
    "sku.check_list_set": Telling(_("Check list written: %(points)s points"), "list-checks"),
    "sku.changed_by_file": Telling(_("Changed by a file"), "file-up", "move"),
    "sku.file_undone": Telling(_("A file that changed it was undone"), "undo-2", "hold"),
}
