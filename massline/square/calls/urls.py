from django.urls import path

from massline.square.calls import views
from massline.square.calls.sharing import views as sharing_views

app_name = "calls"
urlpatterns = [
    path("-<slug:code>", sharing_views.short, name="short"),
    path("-<slug:code>/<slug:source>", sharing_views.short, name="by_way"),
    path("<slug:org>/calls/<slug:slug>/", views.call, name="call"),
    path("<slug:org>/calls/<slug:slug>/share.png", sharing_views.share_picture, name="picture"),
    path("<slug:org>/share/<slug:kind>/<slug:key>/<str:file>", sharing_views.share_file, name="share_file"),
    path("<slug:org>/calls/<slug:slug>/frame/", sharing_views.widget, name="widget"),
    path("<slug:org>/frame/", sharing_views.widget_now, name="widget_now"),
    path("<slug:org>/events/<uuid:uuid>.jsonld", sharing_views.linked_data, name="linked"),
    path("<slug:org>/events/<uuid:uuid>/", views.event, name="event"),
    path("<slug:org>/events/<uuid:uuid>.ics", views.event_calendar, name="calendar"),
    path("<slug:org>/events.ics", views.feed, name="feed"),
    path("<slug:org>/events.<slug:code>.ics", views.feed, name="feed_in"),
]
