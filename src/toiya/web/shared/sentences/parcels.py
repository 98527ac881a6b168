"""Parcels, labels and carriers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from toiya.web.shared.sentences.telling import Telling

PARCELS: Mapping[str, Telling] = {
    "parcel.sealed": Telling(_("%(parcel)s packed with %(pieces)s, %(weight_g)s"), "package", "move"),
    "parcel.label_wanted": Telling(_("%(fee_minor)s set aside, label asked for"), "wallet", "move", "money"),
    "parcel.papers_made": Telling(_("Invoice and %(form)s for customs in %(country)s made"), "printer", "move"),
    "parcel.wish_left_away": Telling(
        _("Goes without the wish %(wish)s: %(service)s cannot be there then"), "calendar", "wait"
    ),
    "parcel.ready": Telling(_("%(parcel)s is ready for the truck, number %(tracking_number)s"), "tag", "move"),
    "parcel.announced": Telling(_("%(parcel)s announced with %(weight_g)s by %(service)s"), "package-open", "move"),
    "parcel.label_to_print": Telling(
        _("Label %(tracking_number)s is there to print; the parcel is to be handed in"), "printer", "wait"
    ),
    "parcel.label_cancelled": Telling(
        _("Label of %(parcel)s cancelled, its fee is free again"), "undo-2", "hold", "money"
    ),
    "parcel.handed_in": Telling(_("%(parcel)s handed in at %(warehouse)s"), "package-check", "done"),
    "label.bought": Telling(_("The carrier made the label %(tracking_number)s"), "tag", "move", "messages"),
    "label.rejected": Telling(_("The carrier made no label: %(problem)s"), "octagon-x", "stop", "messages"),
    "label.in_doubt": Telling(
        _("The carrier does not answer about the label of %(parcel)s"), "hourglass", "wait", "messages"
    ),
    "label.asked_again": Telling(
        _("Carrier asked again for the label of %(parcel)s"), "rotate-ccw", "move", "messages"
    ),
    "label.numbered": Telling(_("The carrier's file gave the number %(tracking_number)s"), "tag", "move", "messages"),
    "label.number_typed": Telling(
        _("The number %(tracking_number)s was typed from the carrier's form"), "tag", "move", "messages"
    ),
    "carrier.reach_set": Telling(_("Goes to %(countries)s"), "truck"),
    "label.reprinted": Telling(_("Label of %(parcel)s printed again: %(reason)s"), "printer", "move", "messages"),
    "parcel.label_voided": Telling(
        _("Label %(tracking_number)s cancelled for good: %(reason)s. Another one is made"), "undo-2", "hold"
    ),
    "carrier.scanned": Telling(_("The carrier scanned %(parcel)s on its way"), "scan-barcode", "move"),
    "carrier.delivered": Telling(_("The carrier delivered %(parcel)s"), "check", "done"),
    "carrier.came_back": Telling(_("The carrier brought %(parcel)s back to its sender"), "undo-2", "stop"),
    "carrier.loss_suspected": Telling(
        _("The carrier has not scanned %(parcel)s for long: it may be lost"), "hourglass", "wait"
    ),
    "order.delivered": Telling(_("Everything is with the receiver"), "check", "done"),
    "service.terms_set": Telling(_("Carrier service takes other parcels from a day on"), "plus", "", "messages"),
    "carrier.contract_set": Telling(_("Contract with the carrier noted"), "plus", "", "messages"),
    "carrier.file_made": Telling(_("File for the carrier made"), "file-down", "", "messages"),
    "carrier.answer_handed_in": Telling(_("File of the carrier handed in"), "file-up", "", "messages"),
    "service.added": Telling(_("Carrier service added"), "plus", "", "messages"),
    "number_range.opened": Telling(_("Range of tracking numbers opened"), "plus", "", "messages"),
    "parcel.serial_scanned": Telling(_("Serial number %(serial)s of %(sku)s is in %(parcel)s"), "scan-barcode"),
    "parcel.serial_taken_back": Telling(_("Serial number %(serial)s of %(sku)s is free again"), "undo-2", "wait"),
    "parcel.weight_accepted": Telling(
        _("%(lead)s accepted %(measured_g)s g for %(parcel)s instead of about %(expected_g)s g"), "scale", "wait"
    ),
    "parcel.enclosed": Telling(
        _("%(quantity)s of %(sku)s, the seller's own, packed with %(parcel)s"), "package", "move"
    ),
    "parcel.enclosure_not_there": Telling(
        _("%(name)s (%(sku)s) was not at the packing station; %(parcel)s went without it"), "hand", "hold"
    ),
    "parcel.labelled": Telling(
        _("%(parcel)s is ready, number %(tracking_number)s; other boxes of the order are not yet"), "tag", "move"
    ),
    "parcel.shipped": Telling(
        _("%(parcel)s left, number %(tracking_number)s; other boxes of the order follow"), "truck", "move"
    ),
    "parcel.on_manifest": Telling(_("%(parcel)s scanned onto manifest %(manifest)s"), "truck", "move"),
    "parcel.off_manifest": Telling(_("%(parcel)s taken off manifest %(manifest)s"), "undo-2", "hold"),
    "parcel.photographed": Telling(_("Picture of %(parcel)s kept"), "camera", "move"),
    "manifest.opened": Telling(_("Manifest begun"), "truck", ""),
    "manifest.closed": Telling(_("Manifest closed with %(parcels)s"), "truck", "move"),
    "manifest.handed_over": Telling(_("Manifest handed over with %(parcels)s"), "truck", "done"),
    "box.changed": Telling(_("Box to pack in entered or changed"), "package", ""),
    "sku.insert_chosen": Telling(_("Chosen to go into every parcel, or no longer"), "package", ""),
    "seller.slip_message": Telling(_("Words on the packing slip changed (%(language)s)"), "pencil", "", "messages"),
}
