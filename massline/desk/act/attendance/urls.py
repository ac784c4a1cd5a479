from django.urls import path

from massline.desk.act.attendance import person_erasure_views

urlpatterns = [
    path("<slug:org>/people/<int:pk>/delete/", person_erasure_views.erase, name="erase"),
]
