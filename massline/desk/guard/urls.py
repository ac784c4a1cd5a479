from django.urls import path

from massline.desk.guard import views

app_name = "guard"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("come-in/<str:secret>/", views.come_in, name="come_in"),
    path("found/", views.found, name="found"),
    path("<slug:org>/guard/", views.guard, name="guard"),
    path("<slug:org>/guard/unlock/", views.unlock, name="unlock"),
    path("<slug:org>/guard/lock/", views.lock, name="lock"),
    path("<slug:org>/guard/invite/", views.invite, name="invite"),
]
