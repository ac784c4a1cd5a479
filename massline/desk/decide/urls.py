from django.urls import path

from massline.desk.decide import views

app_name = "decide"
urlpatterns = [
    path("<slug:org>/decide/", views.decide, name="decide"),
]
