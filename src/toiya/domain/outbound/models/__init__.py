"""From a released wave to a parcel on the truck."""

from toiya.domain.outbound.models.boxes import Enclosure, Insert, PackagingBox, ParcelBox
from toiya.domain.outbound.models.calls import OrderCall
from toiya.domain.outbound.models.evidence import PackingSlip, ParcelPhoto, SlipMessage
from toiya.domain.outbound.models.faces import PickFace
from toiya.domain.outbound.models.hand_ins import HandIn, HandInList
from toiya.domain.outbound.models.manifests import Manifest, ManifestParcel
from toiya.domain.outbound.models.papers import CustomsPaper
from toiya.domain.outbound.models.parcels import Content, Parcel
from toiya.domain.outbound.models.serials import SerialNumber
from toiya.domain.outbound.models.stops import CarryBack, Stop
from toiya.domain.outbound.models.waves import PickList, PickTask, Scan, Slot, Wave
from toiya.domain.outbound.models.weights import SkuWeight

__all__ = [
    "CarryBack",
    "Content",
    "CustomsPaper",
    "Enclosure",
    "HandIn",
    "HandInList",
    "Insert",
    "Manifest",
    "ManifestParcel",
    "OrderCall",
    "PackagingBox",
    "PackingSlip",
    "Parcel",
    "ParcelBox",
    "ParcelPhoto",
    "PickFace",
    "PickList",
    "PickTask",
    "Scan",
    "SerialNumber",
    "SkuWeight",
    "SlipMessage",
    "Slot",
    "Stop",
    "Wave",
]
