from django.urls import path

from massline.desk.act.push import views

app_name = "push"
urlpatterns = [
    path("<slug:org>/told/", views.devices, name="devices"),
    path("<slug:org>/told/<int:pk>/end/", views.end, name="end"),
    path("<slug:org>/told/worker.js", views.worker, name="worker"),
]
