from django.urls import path

from massline.desk.learn import views

app_name = "learn"
urlpatterns = [
    path("<slug:org>/learn/", views.reviews, name="reviews"),
]
