from django.urls import path

from massline.square.street_reports import views

app_name = "street"
urlpatterns = [path("<slug:org>/seen/", views.show_street_reports, name="seen")]
