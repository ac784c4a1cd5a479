from django.urls import path

from massline.desk.act.structure_tests import views

app_name = "structure"
urlpatterns = [
    path("<slug:org>/act/structure/", views.list_structure_tests, name="tests"),
    path("<slug:org>/act/structure/<int:pk>/", views.show_structure_test, name="test"),
]
