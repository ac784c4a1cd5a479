"""The desk's addresses, in the order of the loop."""

from django.urls import include, path

from massline.desk.act.attendance.urls import urlpatterns as attendance_urls
from massline.desk.act.growth.urls import urlpatterns as growth_urls
from massline.desk.contacts.urls import urlpatterns as contact_urls

urlpatterns = [
    path("", include("massline.desk.api.urls")),
    path("", include("massline.desk.guard.urls")),
    path("", include((contact_urls + growth_urls + attendance_urls, "people"))),
    path("", include("massline.desk.listen.urls")),
    path("", include("massline.desk.sumup.urls")),
    path("", include("massline.desk.decide.urls")),
    path("", include("massline.desk.call.urls")),
    path("", include("massline.desk.act.urls")),
    path("", include("massline.desk.act.meetings.urls")),
    path("", include("massline.desk.act.mutual_aid.urls")),
    path("", include("massline.desk.act.phone_lists.urls")),
    path("", include("massline.desk.act.announcements.urls")),
    path("", include("massline.desk.act.push.urls")),
    path("", include("massline.desk.act.structure_tests.urls")),
    path("", include("massline.desk.act.tasks.urls")),
    path("", include("massline.desk.act.legal_support.urls")),
    path("", include("massline.desk.learn.urls")),
    path("", include("massline.desk.home.urls")),
]

handler400 = "massline.web.error_views.show_bad_request"
handler404 = "massline.web.error_views.show_not_found"
handler500 = "massline.web.error_views.show_error"
