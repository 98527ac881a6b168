"""Addresses of the control API, under ``/_control/``."""

from django.urls import path

from toiya.sandbox.control import handover, machine, orders, shops

urlpatterns = [
    path("health", machine.health),
    path("reset", machine.reset),
    path("clock", machine.site_clock),
    path("faults", machine.faults),
    path("calls", machine.calls),
    path("partner", handover.partner),
    path("demo", shops.demo),
    path("shops", shops.shops),
    path("shops/<str:login_id>", shops.one_shop),
    path("shops/<str:login_id>/keys", shops.keys),
    path("shops/<str:login_id>/keys/expiry", shops.key_expiry),
    path("shops/<str:login_id>/listings", shops.listings),
    path("shops/<str:login_id>/assertions", handover.assertions),
    path("shops/<str:login_id>/carts", shops.carts),
    path("shops/<str:login_id>/orders", shops.orders),
    path("orders/<int:order_no>", orders.one_order),
    path("orders/<int:order_no>/cancellation", orders.cancellation),
    path("orders/<int:order_no>/payment", orders.payment),
    path("orders/<int:order_no>/confirmation", orders.confirmation),
    path("orders/<int:order_no>/delivery", orders.delivery),
]
