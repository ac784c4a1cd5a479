from django.urls import path

from massline.square.calls import own_sign_up_views

app_name = "envelopes"
urlpatterns = [
    path("manage/<slug:secret>/", own_sign_up_views.manage, name="manage"),
    path("manage/<slug:secret>/thanks/", own_sign_up_views.thanks, name="thanks"),
    path("manage/<slug:secret>/event.ics", own_sign_up_views.calendar, name="calendar"),
    path("manage/<slug:secret>/cancel/", own_sign_up_views.cancel, name="cancel"),
    path("manage/<slug:secret>/confirm/", own_sign_up_views.confirm, name="confirm"),
    path("manage/<slug:secret>/stop/", own_sign_up_views.stop, name="stop"),
]
