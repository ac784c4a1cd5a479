from django.urls import path

from massline.desk.listen import views

app_name = "listen"
urlpatterns = [
    path("<slug:org>/listen/", views.rounds, name="rounds"),
    path("<slug:org>/listen/open/", views.open_round, name="open_round"),
    path("<slug:org>/listen/<int:pk>/", views.round, name="round"),
    path("<slug:org>/listen/<int:pk>/write/", views.field_report, name="field_report"),
    path("<slug:org>/listen/<int:pk>/map/", views.take_snapshot, name="take_snapshot"),
    path("<slug:org>/listen/<int:pk>/statements/<int:number>/", views.moderate, name="moderate"),
]
