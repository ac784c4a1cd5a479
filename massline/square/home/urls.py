from django.urls import path

from massline.square.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("<slug:org>/", views.organisation, name="organisation"),
]
