from django.urls import path

from massline.square.calls import envelope_views

app_name = "envelopes"
urlpatterns = [
    path("manage/<slug:secret>/", envelope_views.manage, name="manage"),
    path("manage/<slug:secret>/thanks/", envelope_views.thanks, name="thanks"),
    path("manage/<slug:secret>/cancel/", envelope_views.cancel, name="cancel"),
    path("manage/<slug:secret>/confirm/", envelope_views.confirm, name="confirm"),
    path("manage/<slug:secret>/stop/", envelope_views.stop, name="stop"),
]
