from django.urls import path

from massline.desk.decide import views

app_name = "decide"
urlpatterns = [
    path("<slug:org>/decide/", views.decide, name="decide"),
    path("<slug:org>/decide/principles/", views.add_principle, name="add_principle"),
    path("<slug:org>/decide/demands/", views.make_demand, name="make_demand"),
    path("<slug:org>/decide/demands/<int:pk>/", views.demand, name="demand"),
    path("<slug:org>/decide/record/", views.record, name="record"),
    path("<slug:org>/decide/decisions/<int:pk>/", views.decision, name="decision"),
]
