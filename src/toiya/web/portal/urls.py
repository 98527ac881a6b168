"""The addresses of the seller's face."""

from __future__ import annotations

from django.urls import path

from toiya.web.portal.views import (
    audit,
    connect,
    connections,
    home,
    keys,
    order,
    order_acts,
    order_files,
    orders,
    skus,
    switching,
    team,
    wallet,
)
from toiya.web.shared.oneself.urls import privacy_paths, security_paths

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:code>/", order.order, name="order"),
    path("orders/<str:code>/cancellation/", order_acts.cancellation, name="cancellation"),
    path("orders/<str:code>/allocation/", order_acts.allocation, name="allocation"),
    path("orders/<str:code>/allocation/return/", order_acts.allocation_return, name="allocation-return"),
    path("orders/<str:code>/holds/<str:hold>/lift/", order_acts.lift, name="lift"),
    path("orders/<str:code>/lines/<int:line_id>/sku/", order_acts.line_sku, name="line-sku"),
    path("orders/<str:code>/parcels/<str:parcel>/label.pdf", order.label, name="label"),
    path("imports/", order_files.order_files, name="imports"),
    path("skus/", skus.skus, name="skus"),
    path("skus/<str:code>/", skus.sku, name="sku"),
    path("wallet/", wallet.wallet, name="wallet"),
    path("wallet/top-ups/", wallet.top_up, name="top-up"),
    path("connections/", connections.connections, name="connections"),
    path("connections/new/", connect.choose, name="connect"),
    path("connections/new/access/", connect.access, name="connect-access"),
    path("connections/new/return/", connect.returned, name="connect-return"),
    path("connections/new/switches/", connect.switches, name="connect-switches"),
    path("connections/<str:code>/", connections.connection, name="connection"),
    path("connections/<str:code>/test/", connections.test, name="connection-test"),
    path("connections/<str:code>/pull/", connections.pull, name="connection-pull"),
    path("connections/<str:code>/wishes/<str:kind>/<int:wish_id>/", connections.tell_again, name="tell-again"),
    path("connections/<str:code>/key/", connect.renew, name="connection-key"),
    path("shop/", switching.switch, name="switch-shop"),
    path("settings/team/", team.team, name="team"),
    path("settings/team/roles/", team.roles, name="roles"),
    path("settings/team/<int:person>/", team.member, name="member"),
    path("settings/team/<int:person>/removal/", team.removal, name="member-removal"),
    path("settings/team/invitations/<str:code>/resending/", team.resending, name="invitation-resending"),
    path("settings/team/invitations/<str:code>/revocation/", team.revocation, name="invitation-revocation"),
    path("settings/keys/", keys.keys, name="keys"),
    path("settings/keys/<str:code>/revocation/", keys.revocation, name="key-revocation"),
    path("settings/audit/", audit.audit, name="audit"),
    *security_paths("settings/security/"),
    *privacy_paths("settings/privacy/"),
]
