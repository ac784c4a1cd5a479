from django.urls import path

from massline.square.calls import reach_views, views

app_name = "calls"
urlpatterns = [
    path("-<slug:code>", reach_views.short, name="short"),
    path("-<slug:code>/<slug:source>", reach_views.short, name="by_way"),
    path("<slug:org>/calls/<slug:slug>/", views.call, name="call"),
    path("<slug:org>/calls/<slug:slug>/share.png", reach_views.share_picture, name="picture"),
    path("<slug:org>/calls/<slug:slug>/frame/", reach_views.widget, name="widget"),
    path("<slug:org>/frame/", reach_views.widget_now, name="widget_now"),
    path("<slug:org>/events/<uuid:uuid>.jsonld", reach_views.linked_data, name="linked"),
    path("<slug:org>/events/<uuid:uuid>/", views.event, name="event"),
    path("<slug:org>/events/<uuid:uuid>.ics", views.event_calendar, name="calendar"),
    path("<slug:org>/events.ics", views.feed, name="feed"),
    path("<slug:org>/events.<slug:code>.ics", views.feed, name="feed_in"),
]
