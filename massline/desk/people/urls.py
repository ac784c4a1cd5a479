from django.urls import path

from massline.desk.people import views

app_name = "people"
urlpatterns = [
    path("<slug:org>/people/", views.people, name="people"),
]
