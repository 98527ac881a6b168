"""The addresses of the office."""

from __future__ import annotations

from django.urls import path

from toiya.web.office.views import (
    applications,
    audit,
    certificates,
    conversations,
    labels,
    orders,
    seller_ways,
    sellers,
    staff,
    stock,
    system,
    today,
    waves,
)
from toiya.web.shared.oneself.urls import privacy_paths, security_paths

app_name = "office"

urlpatterns = [
    path("", today.today, name="today"),
    path("waves/", waves.waves, name="waves"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:code>/", orders.order, name="order"),
    path("orders/<str:code>/cancellation/", orders.cancellation, name="cancellation"),
    path("orders/<str:code>/holds/<slug:hold>/lifting/", orders.hold_lifting, name="hold-lifting"),
    path("sellers/", sellers.sellers, name="sellers"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<str:code>/", applications.application, name="application"),
    path("applications/<str:code>/approval/", applications.approval, name="application-approval"),
    path("applications/<str:code>/question/", applications.question, name="application-question"),
    path("applications/<str:code>/rejection/", applications.rejection, name="application-rejection"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/new/", conversations.new, name="conversation-new"),
    path("conversations/<str:code>/", conversations.conversation, name="conversation"),
    path("conversations/<str:code>/entries/", conversations.entry, name="conversation-entry"),
    path("conversations/<str:code>/handover/", conversations.handover, name="conversation-handover"),
    path("conversations/<str:code>/settling/", conversations.settling, name="conversation-settling"),
    path("conversations/<str:code>/closing/", conversations.closing, name="conversation-closing"),
    path("sellers/<str:code>/services/", seller_ways.services, name="services"),
    path("stock/", stock.stock, name="stock"),
    path("labels/", labels.labels, name="labels"),
    path("inbound/<str:code>/labels/", labels.carton_labels, name="carton-labels"),
    path("system/", system.system, name="system"),
    path("system/jobs/<int:job_id>/again/", system.job_again, name="job-again"),
    path("system/wishes/<str:kind>/<int:wish_id>/again/", system.wish_again, name="wish-again"),
    path("system/labels/<str:parcel>/again/", system.label_again, name="label-again"),
    path("staff/", staff.people, name="staff"),
    path("staff/roles/", staff.roles, name="roles"),
    path("staff/<int:person>/", staff.person, name="person"),
    path("staff/<int:person>/pin/", staff.pin, name="person-pin"),
    path("staff/<int:person>/switching/", staff.switching, name="person-switching"),
    path("staff/<int:person>/badge.pdf", staff.badge, name="badge"),
    path("staff/invitations/<str:code>/resending/", staff.resending, name="invitation-resending"),
    path("staff/invitations/<str:code>/revocation/", staff.revocation, name="invitation-revocation"),
    path("audit/", audit.audit, name="audit"),
    *security_paths("me/"),
    *privacy_paths("me/privacy/"),
]
