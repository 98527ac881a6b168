"""Which parcels leave the country, and whether what customs want of them is printed."""

from __future__ import annotations

from toiya.domain.carriers.models import Reach
from toiya.domain.outbound.models import CustomsPaper, HandIn, Parcel


def lacks_papers(parcel: Parcel) -> bool:
    """Whether it goes abroad without its papers. A parcel that its seller packed has the seller's own in it."""
    if parcel.service_id is None or not Reach.objects.filter(service=parcel.service_id).exists():
        return False
    is_own = HandIn.objects.filter(parcel=parcel).exists()
    return not is_own and not CustomsPaper.objects.filter(parcel=parcel).exists()
