from django.urls import path

from massline.desk.sumup import views

app_name = "sumup"
urlpatterns = [
    path("<slug:org>/sum-up/", views.sum_ups, name="sum_ups"),
]
