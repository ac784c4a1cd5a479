from django.urls import path

from massline.desk.act.announcements import views

app_name = "announcements"
urlpatterns = [
    path("<slug:org>/act/tell/event/<int:event>/", views.announce, name="announce"),
    path("<slug:org>/act/tell/event/<int:event>/words/", views.own_words, name="own_words"),
    path("<slug:org>/act/tell/<int:pk>/", views.announcement, name="announcement"),
]
