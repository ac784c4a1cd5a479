from django.urls import path

from massline.desk.call import beside_views, views
from massline.desk.call.materials import views as material_views

app_name = "call"
urlpatterns = [
    path("<slug:org>/call/", views.calls, name="calls"),
    path("<slug:org>/call/how/", views.how, name="how"),
    path("<slug:org>/call/with/", beside_views.stand_with, name="stand_with"),
    path("<slug:org>/call/with/back/", beside_views.step_back, name="step_back"),
    path("<slug:org>/call/from/<int:decision_pk>/", views.compose, name="compose"),
    path("<slug:org>/call/<int:pk>/", views.call, name="call"),
    path("<slug:org>/call/<int:pk>/change/", views.change, name="change"),
    path("<slug:org>/call/<int:pk>/look/", views.look_over, name="look_over"),
    path("<slug:org>/call/<int:pk>/publish/", views.publish, name="publish"),
    path("<slug:org>/call/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<slug:org>/call/<int:pk>/in/", beside_views.add_language, name="add_language"),
    path("<slug:org>/call/<int:pk>/in/<slug:code>/", beside_views.version, name="version"),
    path("<slug:org>/call/<int:pk>/in/<slug:code>/off/", beside_views.remove_version, name="remove_version"),
    path("<slug:org>/call/<int:pk>/with/", beside_views.with_us, name="with_us"),
    path("<slug:org>/call/<int:pk>/with/<int:sponsor>/off/", beside_views.drop_sponsor, name="drop_sponsor"),
    path("<slug:org>/call/<int:pk>/kit/", material_views.kit, name="kit"),
    path("<slug:org>/call/<int:pk>/<slug:sheet>.pdf", material_views.material, name="material"),
    path("<slug:org>/call/<int:pk>/calendar.ics", material_views.calendar_file, name="calendar"),
]
