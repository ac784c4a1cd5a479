from django.urls import path

from massline.desk.act.structure import views

app_name = "structure"
urlpatterns = [
    path("<slug:org>/act/structure/", views.tests, name="tests"),
    path("<slug:org>/act/structure/<int:pk>/", views.test, name="test"),
]
