from django.urls import path

from massline.desk.act import views
from massline.desk.act.attendance import views as attendance_views
from massline.desk.act.check_in import views as door

app_name = "act"
urlpatterns = [
    path("<slug:org>/act/", views.events, name="events"),
    path("<slug:org>/act/plan/", views.plan, name="plan"),
    path("<slug:org>/act/<int:pk>/", views.event, name="event"),
    path("<slug:org>/act/<int:pk>/change/", views.change, name="change"),
    path("<slug:org>/act/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<slug:org>/act/<int:pk>/collect/", views.collect, name="collect"),
    path("<slug:org>/act/<int:pk>/headcount/", views.headcount, name="headcount"),
    path("<slug:org>/act/<int:pk>/end-series/", views.end_series, name="end_series"),
    path("<slug:org>/act/<int:pk>/slots/", views.slots, name="slots"),
    path("<slug:org>/act/<int:pk>/check-in/", door.check_in, name="check_in"),
    path("<slug:org>/act/<int:pk>/check-in/send/", door.send, name="check_in_send"),
    path("<slug:org>/act/<int:pk>/check-in/worker.js", door.worker, name="check_in_worker"),
    path("<slug:org>/act/<int:pk>/sheet/", door.sheet, name="sheet"),
    path("<slug:org>/act/<int:pk>/door/", attendance_views.walk_in, name="walk_in"),
    path("<slug:org>/act/<int:pk>/door/<int:attendance_pk>/", attendance_views.mark, name="mark"),
    path("<slug:org>/act/<int:pk>/next-steps/", attendance_views.next_steps, name="next_steps"),
    path("<slug:org>/act/contacts/<int:pk>/next-step/", attendance_views.next_step, name="next_step"),
    path("<slug:org>/act/steps/<int:pk>/done/", attendance_views.step_done, name="step_done"),
]
