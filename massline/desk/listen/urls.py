from django.urls import path

from massline.desk.listen import door_views, paper_views, views, voice_views, watch_views, way_views

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
    path("<slug:org>/listen/watches/", watch_views.watches, name="watches"),
    path("<slug:org>/listen/watches/<int:pk>/", watch_views.watch, name="watch"),
    path("<slug:org>/listen/watches/<int:pk>/feed/", watch_views.add_feed, name="add_feed"),
    path("<slug:org>/listen/watches/<int:pk>/note/", watch_views.note, name="note_event"),
    path("<slug:org>/listen/watches/<int:pk>/announce/", watch_views.announce, name="announce"),
    path("<slug:org>/listen/watches/<int:pk>/table/", watch_views.table, name="take_table"),
    path("<slug:org>/listen/watches/<int:pk>/events/<int:event>/", watch_views.set_right, name="set_right"),
    path("<slug:org>/listen/needs/", voice_views.needs, name="needs"),
    path("<slug:org>/listen/sheet/", paper_views.find_sheet, name="find_sheet"),
    path("<slug:org>/listen/sheet/<str:code>/", paper_views.sheet, name="sheet"),
    path("<slug:org>/listen/<int:pk>/sheets/", paper_views.sheets, name="sheets"),
    path("<slug:org>/listen/<int:pk>/voices/", voice_views.voices, name="voices"),
    path("<slug:org>/listen/<int:pk>/voices/<int:voice>/", voice_views.voice, name="voice"),
    path("<slug:org>/listen/<int:pk>/map/", views.take_snapshot, name="take_snapshot"),
    path("<slug:org>/listen/<int:pk>/ways/", way_views.ways_in, name="ways"),
    path("<slug:org>/listen/<int:pk>/ways/door/", way_views.open_door, name="open_door"),
    path("<slug:org>/listen/<int:pk>/ways/<int:way>/withdraw/", way_views.withdraw_way, name="withdraw_way"),
    path("<slug:org>/listen/<int:pk>/ways/<int:way>/aside/", way_views.set_way_aside, name="set_way_aside"),
    path("<slug:org>/listen/<int:pk>/statements/<int:number>/", views.moderate, name="moderate"),
]
