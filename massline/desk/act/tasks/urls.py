from django.urls import path

from massline.desk.act.tasks import views

app_name = "tasks"
urlpatterns = [
    path("<slug:org>/act/tasks/call/<int:call>/", views.tasks, name="tasks"),
    path("<slug:org>/act/tasks/<int:pk>/done/", views.done, name="done"),
    path("<slug:org>/act/tasks/<int:pk>/hand-on/", views.hand_on, name="hand_on"),
    path("<slug:org>/act/tasks/<int:pk>/remove/", views.remove, name="remove"),
]
