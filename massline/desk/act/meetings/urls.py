from django.urls import path

from massline.desk.act.meetings import pdf, views

app_name = "meeting"
urlpatterns = [
    path("<slug:org>/act/<int:pk>/meeting/", views.kit, name="kit"),
    path("<slug:org>/act/<int:pk>/meeting/wall/", views.wall, name="wall"),
    path("<slug:org>/act/<int:pk>/meeting/decided/", views.decided, name="decided"),
    path("<slug:org>/act/<int:pk>/meeting/close/", views.close, name="close"),
    path("<slug:org>/act/<int:pk>/meeting/agenda.pdf", pdf.agenda, name="agenda"),
    path("<slug:org>/act/<int:pk>/meeting/minute.pdf", pdf.minute, name="minute"),
    path("<slug:org>/act/<int:pk>/meeting/items/<int:item>/", views.item, name="item"),
    path("<slug:org>/act/<int:pk>/meeting/items/<int:item>/move/", views.move, name="move"),
    path("<slug:org>/act/<int:pk>/meeting/items/<int:item>/motion/", views.link, name="link"),
    path("<slug:org>/act/<int:pk>/meeting/items/<int:item>/speak/", views.speak, name="speak"),
    path("<slug:org>/act/<int:pk>/meeting/waiting/<int:waiting>/", views.spoke, name="spoke"),
]
