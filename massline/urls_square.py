"""The square's addresses. Every one of them works without an account and without JavaScript."""

from django.urls import include, path

urlpatterns = [
    path("", include("massline.square.calls.own_sign_up_urls")),
    path("", include("massline.square.calls.urls")),
    path("", include("massline.square.conversations.urls")),
    path("", include("massline.square.elections.urls")),
    path("", include("massline.square.reports.urls")),
    path("", include("massline.square.street_reports.urls")),
    path("", include("massline.square.organisations.audit_head_urls")),
    path("", include("massline.square.home.urls")),
]

handler400 = "massline.web.error_views.show_bad_request"
handler404 = "massline.web.error_views.show_not_found"
handler500 = "massline.web.error_views.show_error"
