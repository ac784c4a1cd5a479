from django.urls import path

from massline.desk.listen import round_views
from massline.desk.listen.access_codes import views as access_code_views
from massline.desk.listen.conversations import moderation_queue_views, moderation_views
from massline.desk.listen.conversations import views as conversation_views
from massline.desk.listen.field_reports import offline_views
from massline.desk.listen.field_reports import views as field_report_views
from massline.desk.listen.import_export import views as import_export_views
from massline.desk.listen.paper import views as paper_views
from massline.desk.listen.record_corrections import views as correction_views
from massline.desk.listen.voices import views as voice_views
from massline.desk.listen.watches import views as watch_views

app_name = "listen"
urlpatterns = [
    path("<slug:org>/listen/", round_views.rounds, name="rounds"),
    path("<slug:org>/listen/open/", round_views.open_round, name="open_round"),
    path("<slug:org>/listen/<int:pk>/", round_views.round, name="round"),
    path("<slug:org>/listen/<int:pk>/write/", field_report_views.field_report, name="field_report"),
    path("<slug:org>/listen/<int:pk>/write/send/", offline_views.receive_batch, name="send"),
    path("<slug:org>/listen/<int:pk>/write/file/", offline_views.import_phone_file, name="take_file"),
    path(
        "<slug:org>/listen/<int:pk>/write/worker.js", offline_views.serve_service_worker_script, name="worker"
    ),
    path("<slug:org>/listen/<int:pk>/write/app.webmanifest", offline_views.manifest, name="manifest"),
    path("<slug:org>/listen/watches/", watch_views.watches, name="watches"),
    path("<slug:org>/listen/watches/<int:pk>/", watch_views.watch, name="watch"),
    path("<slug:org>/listen/watches/<int:pk>/feed/", watch_views.add_feed, name="add_feed"),
    path(
        "<slug:org>/listen/watches/<int:pk>/feed/<int:feed>/follow/",
        watch_views.follow_named_feed,
        name="follow_named_feed",
    ),
    path(
        "<slug:org>/listen/watches/<int:pk>/feed/<int:feed>/drop/",
        watch_views.stop_following_feed,
        name="drop_feed",
    ),
    path("<slug:org>/listen/watches/<int:pk>/note/", watch_views.record_event, name="note_event"),
    path("<slug:org>/listen/watches/<int:pk>/announce/", watch_views.record_announcement, name="announce"),
    path("<slug:org>/listen/watches/<int:pk>/table/", watch_views.import_table, name="take_table"),
    path(
        "<slug:org>/listen/watches/<int:pk>/events/<int:event>/", watch_views.correct_event, name="set_right"
    ),
    path("<slug:org>/listen/needs/", voice_views.list_needs_and_offers, name="needs"),
    path("<slug:org>/listen/sheet/", paper_views.find_sheet, name="find_sheet"),
    path("<slug:org>/listen/sheet/<str:code>/", paper_views.sheet, name="sheet"),
    path("<slug:org>/listen/<int:pk>/sheets/", paper_views.sheets, name="sheets"),
    path("<slug:org>/listen/<int:pk>/bring/", import_export_views.import_file, name="bring"),
    path("<slug:org>/listen/<int:pk>/bring/<int:parcel>/", import_export_views.review_import, name="parcel"),
    path(
        "<slug:org>/listen/<int:pk>/bring/<int:parcel>/leave/",
        import_export_views.discard_import,
        name="leave_out",
    ),
    path("<slug:org>/listen/<int:pk>/take-out/", import_export_views.export_words, name="take_out"),
    path("<slug:org>/listen/<int:pk>/voices/", voice_views.search_voices, name="voices"),
    path("<slug:org>/listen/<int:pk>/voices/<int:voice>/", voice_views.show_voice, name="voice"),
    path(
        "<slug:org>/listen/<int:pk>/voices/<int:voice>/correct/",
        correction_views.correct_voice,
        name="correct_voice",
    ),
    path(
        "<slug:org>/listen/<int:pk>/reports/<int:report>/",
        correction_views.correct_report,
        name="correct_report",
    ),
    path("<slug:org>/listen/<int:pk>/map/", round_views.take_snapshot, name="take_snapshot"),
    path("<slug:org>/listen/<int:pk>/ways/", access_code_views.list_access_codes, name="ways"),
    path("<slug:org>/listen/<int:pk>/ways/door/", access_code_views.set_open_to_all, name="open_door"),
    path(
        "<slug:org>/listen/<int:pk>/ways/<int:way>/withdraw/",
        access_code_views.close_access_codes,
        name="withdraw_way",
    ),
    path(
        "<slug:org>/listen/<int:pk>/ways/<int:way>/aside/",
        access_code_views.exclude_answers_of_invitation,
        name="set_way_aside",
    ),
    path("<slug:org>/listen/<int:pk>/share/", conversation_views.share, name="share"),
    path("<slug:org>/listen/<int:pk>/day-aside/", round_views.set_day_aside, name="set_day_aside"),
    path("<slug:org>/listen/<int:pk>/conversation/", conversation_views.conversation, name="conversation"),
    path("<slug:org>/listen/<int:pk>/conversation/end/", conversation_views.close_now, name="end_now"),
    path("<slug:org>/listen/<int:pk>/statements/", moderation_views.statements, name="statements"),
    path("<slug:org>/listen/<int:pk>/reading/", moderation_queue_views.read_one, name="reading"),
    path("<slug:org>/listen/<int:pk>/reading/many/", moderation_queue_views.read_many, name="reading_many"),
    path(
        "<slug:org>/listen/<int:pk>/reading/back/", moderation_queue_views.undo_reading, name="reading_back"
    ),
    path(
        "<slug:org>/listen/<int:pk>/statements/add/", moderation_views.add_statements, name="add_statements"
    ),
    path(
        "<slug:org>/listen/<int:pk>/statements/<int:number>/",
        moderation_views.moderate_statement,
        name="moderate",
    ),
    path(
        "<slug:org>/listen/<int:pk>/statements/<int:number>/back/",
        moderation_views.undo_moderation,
        name="take_back",
    ),
]
