from django.urls import path

from massline.square.calls import views

app_name = "calls"
urlpatterns = [
    path("-<slug:code>", views.short, name="short"),
    path("<slug:org>/calls/<slug:slug>/", views.call, name="call"),
    path("<slug:org>/events/<uuid:uuid>/", views.event, name="event"),
    path("<slug:org>/events/<uuid:uuid>.ics", views.event_calendar, name="calendar"),
    path("<slug:org>/events.ics", views.feed, name="feed"),
]
