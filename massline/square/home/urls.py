from django.urls import path

from massline.square.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("-/language/<str:code>/", views.language, name="language"),
    path("<slug:org>/", views.show_organisation, name="organisation"),
    path("<slug:org>/news.atom", views.news, name="news"),
    path("<slug:org>/news.<slug:code>.atom", views.news, name="news_in"),
    path("<slug:org>/next/", views.whats_next, name="next"),
]
