from django.urls import path

from massline.desk.act.structure_tests import views

app_name = "structure"
urlpatterns = [
    path("<slug:org>/act/structure/", views.tests, name="tests"),
    path("<slug:org>/act/structure/<int:pk>/", views.test, name="test"),
]
