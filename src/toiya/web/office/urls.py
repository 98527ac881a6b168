"""The addresses of the office."""

from __future__ import annotations

from django.urls import path

from toiya.web.office.views import orders, sellers, services, stock, system, today, waves

app_name = "office"

urlpatterns = [
    path("", today.today, name="today"),
    path("waves/", waves.waves, name="waves"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:code>/", orders.order, name="order"),
    path("orders/<str:code>/cancellation/", orders.cancellation, name="cancellation"),
    path("orders/<str:code>/holds/<slug:hold>/lifting/", orders.hold_lifting, name="hold-lifting"),
    path("sellers/", sellers.sellers, name="sellers"),
    path("sellers/<str:code>/services/", services.services, name="services"),
    path("stock/", stock.stock, name="stock"),
    path("system/", system.system, name="system"),
    path("system/jobs/<int:job_id>/again/", system.job_again, name="job-again"),
    path("system/wishes/<str:kind>/<int:wish_id>/again/", system.wish_again, name="wish-again"),
    path("system/labels/<str:parcel>/again/", system.label_again, name="label-again"),
]
