from django.urls import path

from massline.desk.act import views

app_name = "act"
urlpatterns = [
    path("<slug:org>/act/", views.events, name="events"),
]
