from django.urls import path

from massline.desk.act import people_views

app_name = "people"
urlpatterns = [
    path("<slug:org>/people/", people_views.people, name="people"),
    path("<slug:org>/people/sections/add/", people_views.add_section, name="add_section"),
    path("<slug:org>/people/sections/<int:pk>/", people_views.change_section, name="change_section"),
]
