from django.urls import path

from massline.desk.home import views

app_name = "home"
urlpatterns = [
    path("", views.doors, name="doors"),
    path("<slug:org>/", views.today, name="today"),
    path("<slug:org>/turn/<int:pk>/", views.turn, name="turn"),
]
