from django.urls import path

from massline.desk.call import views

app_name = "call"
urlpatterns = [
    path("<slug:org>/call/", views.calls, name="calls"),
    path("<slug:org>/call/from/<int:decision_pk>/", views.compose, name="compose"),
    path("<slug:org>/call/<int:pk>/", views.call, name="call"),
    path("<slug:org>/call/<int:pk>/change/", views.change, name="change"),
    path("<slug:org>/call/<int:pk>/publish/", views.publish, name="publish"),
    path("<slug:org>/call/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<slug:org>/call/<int:pk>/<slug:sheet>.pdf", views.material, name="material"),
    path("<slug:org>/call/<int:pk>/calendar.ics", views.calendar_file, name="calendar"),
]
