from django.urls import path

from massline.desk.act.meetings import agenda_and_minutes_pdf, views

app_name = "meeting"
urlpatterns = [
    path("<slug:org>/act/<int:pk>/meeting/", views.show_agenda, name="kit"),
    path("<slug:org>/act/<int:pk>/meeting/wall/", views.show_screen, name="wall"),
    path("<slug:org>/act/<int:pk>/meeting/decided/", views.outcome, name="decided"),
    path("<slug:org>/act/<int:pk>/meeting/close/", views.close_meeting, name="close"),
    path("<slug:org>/act/<int:pk>/meeting/agenda.pdf", agenda_and_minutes_pdf.agenda_pdf, name="agenda"),
    path("<slug:org>/act/<int:pk>/meeting/minute.pdf", agenda_and_minutes_pdf.minute_pdf, name="minute"),
    path("<slug:org>/act/<int:pk>/meeting/items/<int:item_pk>/", views.item, name="item"),
    path("<slug:org>/act/<int:pk>/meeting/items/<int:item_pk>/move/", views.move_item, name="move"),
    path("<slug:org>/act/<int:pk>/meeting/items/<int:item_pk>/motion/", views.link_motion, name="link"),
    path("<slug:org>/act/<int:pk>/meeting/items/<int:item_pk>/speak/", views.add_to_queue, name="speak"),
    path("<slug:org>/act/<int:pk>/meeting/waiting/<int:waiting_pk>/", views.remove_from_queue, name="spoke"),
]
