from django.urls import path

from massline.desk.call import views

app_name = "call"
urlpatterns = [
    path("<slug:org>/call/", views.calls, name="calls"),
]
