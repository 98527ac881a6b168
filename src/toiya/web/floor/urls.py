"""The addresses of the floor: one per screen, and every scan of a screen goes to its address."""

from __future__ import annotations

from django.urls import path

from toiya.web.floor.views import (
    assembly,
    counting,
    dock,
    doors,
    evidence,
    handing_in,
    jobs,
    manifests,
    packing,
    photos,
    picking,
    putaway,
    receiving,
    refills,
    shipping,
    stock_moves,
    stops,
    transfers,
)

app_name = "floor"

urlpatterns = [
    path("", jobs.jobs, name="jobs"),
    path("sign-in/", doors.sign_in, name="sign-in"),
    path("sign-out/", doors.sign_out, name="sign-out"),
    path("start/", doors.start, name="start"),
    path("pick/<str:code>/", picking.pick, name="pick"),
    path("pack/", packing.station, name="station"),
    path("pack/<str:code>/", packing.parcel, name="parcel"),
    path("pack/<str:code>/label.pdf", packing.label, name="label"),
    path("photos/<str:code>/", photos.photo, name="photo"),
    path("stops/<int:stop>/", stops.stopped, name="stop"),
    path("shelf/", stock_moves.look_up, name="shelf"),
    path("shelf/<int:row>/", stock_moves.carry, name="shelf-row"),
    path("shelf/<int:row>/damaged/", stock_moves.damaged, name="shelf-damaged"),
    path("assembly/", assembly.bench, name="bench"),
    path("assembly/<str:code>/", assembly.work, name="work-order"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/<str:code>/", transfers.transfer, name="transfer"),
    path("refills/", refills.refills, name="refills"),
    path("refills/<int:face>/<int:row>/", refills.refill, name="refill"),
    path("counts/", counting.counts, name="counts"),
    path("counts/<str:code>/", counting.count, name="count"),
    path("hand-in/", handing_in.hand_in, name="hand-in"),
    path("hand-in/<str:bundle>/", handing_in.hand_in, name="hand-in-list"),
    path("ship/", shipping.ship, name="ship"),
    path("manifests/", manifests.begin, name="manifest-begin"),
    path("manifests/<str:code>/", manifests.manifest, name="manifest"),
    path("manifests/<str:code>/list.pdf", manifests.paper, name="manifest-list"),
    path("parcels/<str:code>/photos/", evidence.photo, name="parcel-photo"),
    path("parcels/<str:code>/slip.pdf", evidence.slip, name="parcel-slip"),
    path("parcels/<str:code>/papers.pdf", evidence.papers_abroad, name="parcel-papers"),
    path("receive/", dock.receive, name="receive"),
    path("receive/<str:code>/", receiving.delivery, name="receive-delivery"),
    path("put-away/", putaway.dock, name="put-away"),
    path("put-away/<int:stock_id>/", putaway.goods, name="put-away-goods"),
]
