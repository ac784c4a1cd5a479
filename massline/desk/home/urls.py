from django.urls import path

from massline.desk.home import parts_views, views

app_name = "home"
urlpatterns = [
    path("", views.choose_organisation, name="doors"),
    path("<slug:org>/", views.show_today, name="today"),
    path("<slug:org>/first/sections/", views.add_first_sections, name="first_sections"),
    path("<slug:org>/later/", views.put_off_item, name="later"),
    path("<slug:org>/later/back/", views.show_put_off, name="later_back"),
    path("<slug:org>/parts/", parts_views.show_parts, name="parts"),
    path("<slug:org>/turn/<int:pk>/", views.show_loop, name="turn"),
]
