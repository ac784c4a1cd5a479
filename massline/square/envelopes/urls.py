from django.urls import path

from massline.square.envelopes import views

app_name = "envelopes"
urlpatterns = [
    path("manage/<slug:secret>/", views.manage, name="manage"),
    path("manage/<slug:secret>/thanks/", views.thanks, name="thanks"),
    path("manage/<slug:secret>/cancel/", views.cancel, name="cancel"),
    path("manage/<slug:secret>/confirm/", views.confirm, name="confirm"),
    path("manage/<slug:secret>/stop/", views.stop, name="stop"),
]
