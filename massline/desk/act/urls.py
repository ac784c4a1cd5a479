from django.urls import path

from massline.desk.act import views
from massline.desk.act.attendance import views as attendance_views
from massline.desk.act.check_in import views as check_in_views
from massline.desk.act.events import material_views
from massline.desk.act.events import views as event_views

app_name = "act"
urlpatterns = [
    path("<slug:org>/act/", views.events, name="events"),
    path("<slug:org>/act/plan/", event_views.plan_event, name="plan"),
    path("<slug:org>/act/<int:pk>/", views.event, name="event"),
    path("<slug:org>/act/<int:pk>/kit/", material_views.list_materials, name="kit"),
    path("<slug:org>/act/<int:pk>/kit/<slug:sheet>.pdf", material_views.material, name="material"),
    path("<slug:org>/act/<int:pk>/change/", event_views.change_event, name="change"),
    path("<slug:org>/act/<int:pk>/link/", event_views.change_join_link, name="link"),
    path("<slug:org>/act/<int:pk>/cancel/", event_views.cancel_event, name="cancel"),
    path("<slug:org>/act/<int:pk>/collect/", attendance_views.open_sign_ups, name="collect"),
    path("<slug:org>/act/<int:pk>/headcount/", event_views.record_headcount, name="headcount"),
    path("<slug:org>/act/<int:pk>/end-series/", event_views.end_series, name="end_series"),
    path("<slug:org>/act/<int:pk>/slots/", views.set_slots, name="slots"),
    path("<slug:org>/act/<int:pk>/check-in/", check_in_views.check_in, name="check_in"),
    path("<slug:org>/act/<int:pk>/check-in/send/", check_in_views.check_in_batch, name="check_in_send"),
    path(
        "<slug:org>/act/<int:pk>/check-in/worker.js",
        check_in_views.service_worker_script,
        name="check_in_worker",
    ),
    path("<slug:org>/act/<int:pk>/sheet/", check_in_views.sheet, name="sheet"),
    path("<slug:org>/act/<int:pk>/door/", attendance_views.walk_in, name="walk_in"),
    path("<slug:org>/act/<int:pk>/door/find/", views.find_person, name="find"),
    path("<slug:org>/act/<int:pk>/door/<int:attendance_pk>/", attendance_views.record_presence, name="mark"),
    path("<slug:org>/act/<int:pk>/next-steps/", attendance_views.next_steps, name="next_steps"),
    path("<slug:org>/act/share-out/", attendance_views.share_out, name="share_out"),
    path("<slug:org>/act/contacts/<int:pk>/next-step/", attendance_views.next_step, name="next_step"),
    path("<slug:org>/act/steps/<int:pk>/done/", attendance_views.finish_step, name="step_done"),
]
