from django.urls import path

from massline.desk.listen import door_views, views

app_name = "listen"
urlpatterns = [
    path("<slug:org>/listen/", views.rounds, name="rounds"),
    path("<slug:org>/listen/open/", views.open_round, name="open_round"),
    path("<slug:org>/listen/<int:pk>/", views.round, name="round"),
    path("<slug:org>/listen/<int:pk>/write/", door_views.field_report, name="field_report"),
    path("<slug:org>/listen/<int:pk>/write/send/", door_views.send, name="send"),
    path("<slug:org>/listen/<int:pk>/write/file/", door_views.take_file, name="take_file"),
    path("<slug:org>/listen/<int:pk>/write/worker.js", door_views.worker, name="worker"),
    path("<slug:org>/listen/<int:pk>/write/app.webmanifest", door_views.manifest, name="manifest"),
    path("<slug:org>/listen/<int:pk>/map/", views.take_snapshot, name="take_snapshot"),
    path("<slug:org>/listen/<int:pk>/statements/<int:number>/", views.moderate, name="moderate"),
]
