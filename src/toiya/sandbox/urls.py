"""Addresses of the pretend sales site: QAPI, the control API, the seller console and the pages."""

from django.urls import include, path, re_path

from toiya.sandbox.site.qapi.gateway import answer_call

urlpatterns = [
    re_path(
        r"^GMKT\.INC\.Front\.QAPIService/(?:ebayjapan|Giosis)\.qapi(?:/(?P<path_method>[^/]+))?/?$",
        answer_call,
    ),
    path("_control/", include("toiya.sandbox.control.urls")),
    path("", include("toiya.sandbox.pages.urls")),
]
